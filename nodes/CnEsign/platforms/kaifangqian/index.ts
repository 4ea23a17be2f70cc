import type { INodeProperties } from 'n8n-workflow';
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

/** For the operations that start a contract or move it along. */
const checkStartedOption: INodeProperties = {
	displayName: 'Check Started Contracts',
	name: 'checkStarted',
	type: 'boolean',
	default: true,
	displayOptions: {
		show: {
			'/operation': ['addSigners', 'approve', 'create', 'sendFiles', 'signOnBehalf'],
		},
	},
	description:
		'Whether to look at the contract afterwards: the platform can mix up contracts. One that asks nobody to sign is recalled and sent again, which makes additional events.',
};

/** 开放签, openAPI V2 (docs/api/kaifangqian.md). */
export const kaifangqian: Platform<KaifangqianClient> = {
	value: PLATFORM,
	name: NAME,
	description: '开放签, hosted or on your own server',
	resources: [account, api, attachment, businessLine, contract, document, verification],
	options: [paceOption, checkStartedOption],
	connect: async (exec, settings) => await (await client()).connectKaifangqian(exec, settings),
};
