import type { PlatformDefinition } from '../definition';
import { searchBusinessLines } from './businessLines';
import { trigger } from './callbacks';
import { client, NAME, PLATFORM } from './client';
import { credential } from './credential';
import { account } from './resources/account';
import { api } from './resources/api';
import { attachment } from './resources/attachment';
import { businessLine } from './resources/businessLine';
import { contract } from './resources/contract';
import { document } from './resources/document';
import { verification } from './resources/verification';
import type { KaifangqianCredential } from './signing';

/** 开放签, openAPI V2 (docs/api/kaifangqian.md). */
export const kaifangqian: PlatformDefinition<KaifangqianCredential> = {
	value: PLATFORM,
	name: NAME,
	localName: '开放签',
	description: '开放签, hosted or on your own server',
	credential,
	actions: {
		resources: [account, api, attachment, businessLine, contract, document, verification],
		options: [],
		client,
		listSearch: { searchBusinessLines },
		idFields: ['contractId', 'docId', 'fileId', 'orderNo'],
	},
	trigger,
};
