import type { Platform } from '../../runtime/types';
import { connectQiandun, PLATFORM, type QiandunClient } from './client';
import { api } from './resources/api';
import { contract } from './resources/contract';
import { identity } from './resources/identity';
import { ocr } from './resources/ocr';
import { seal } from './resources/seal';
import { user } from './resources/user';

/** 签盾开放平台-电子签约服务, edition A (api/qiandun.md). */
export const qiandun: Platform<QiandunClient> = {
	value: PLATFORM,
	name: 'Qiandun',
	description: '签盾, the open platform for e-signing',
	resources: [api, contract, identity, ocr, seal, user],
	options: [],
	connect: connectQiandun,
};
