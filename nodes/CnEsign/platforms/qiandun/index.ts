import { lazily } from '../../runtime/lazily';
import type { Platform } from '../../runtime/types';
import type { QiandunClient } from './client';
import { NAME, PLATFORM } from './names';
import { api } from './resources/api';
import { contract } from './resources/contract';
import { identity } from './resources/identity';
import { ocr } from './resources/ocr';
import { seal } from './resources/seal';
import { user } from './resources/user';

const client = lazily(async () => await import('./client.js'));

/** 签盾开放平台-电子签约服务, edition A (api/qiandun.md). */
export const qiandun: Platform<QiandunClient> = {
	value: PLATFORM,
	name: NAME,
	description: '签盾, the open platform for e-signing',
	resources: [api, contract, identity, ocr, seal, user],
	options: [],
	connect: async (exec, settings) => await (await client()).connectQiandun(exec, settings),
};
