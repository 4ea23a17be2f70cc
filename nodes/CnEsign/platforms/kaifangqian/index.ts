import { lazily } from '../../runtime/lazily';
import { paceOption } from '../../runtime/settings';
import type { Platform } from '../../runtime/types';
import type { KaifangqianClient } from './client';
import { NAME, PLATFORM } from './names';
import { account } from './resources/account';
import { api } from './resources/api';
import { attachment } from './resources/attachment';
import { businessLine } from './resources/businessLine';
import { contract } from './resources/contract';
import { document } from './resources/document';
import { verification } from './resources/verification';

const client = lazily(async () => await import('./client.js'));

/** 开放签, openAPI V2 (api/kaifangqian.md). */
export const kaifangqian: Platform<KaifangqianClient> = {
	value: PLATFORM,
	name: NAME,
	description: '开放签, hosted or on your own server',
	resources: [account, api, attachment, businessLine, contract, document, verification],
	options: [paceOption],
	connect: async (exec, settings) => await (await client()).connectKaifangqian(exec, settings),
};
