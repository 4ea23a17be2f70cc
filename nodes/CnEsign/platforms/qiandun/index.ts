import type { PlatformDefinition } from '../definition';
import { trigger } from './callbacks';
import { client, NAME, PLATFORM } from './client';
import { credential } from './credential';
import { api } from './resources/api';
import { contract } from './resources/contract';
import { identity } from './resources/identity';
import { ocr } from './resources/ocr';
import { seal } from './resources/seal';
import { user } from './resources/user';
import type { QiandunCredential } from './signing';

/** 签盾开放平台-电子签约服务, edition A (docs/api/qiandun.md). */
export const qiandun: PlatformDefinition<QiandunCredential> = {
	value: PLATFORM,
	name: NAME,
	localName: '签盾',
	description: '签盾, the open platform for e-signing',
	credential,
	actions: {
		resources: [api, contract, identity, ocr, seal, user],
		options: [],
		client,
		idFields: ['contractId', 'flowNo', 'serviceId'],
	},
	trigger,
};
