import { lazily } from '../../../../runtime/lazily';
import type { KaifangqianOperation } from '../operation';

const sending = lazily(async () => await import('./send.js'));

/** Any path below the base URL, with the same signing, envelope check and messages. */
export const request: KaifangqianOperation = {
	value: 'request',
	name: 'Request',
	action: 'Make API request',
	description:
		'Call any function of the platform by its address. The token and the signature are added, and the answer is checked.',
	properties: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [
				{ name: 'GET', value: 'GET' },
				{ name: 'POST', value: 'POST' },
			],
			default: 'GET',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. /contract/tasks',
			description: 'Part of the address after the base URL',
		},
		{
			displayName: 'Query (JSON)',
			name: 'query',
			type: 'json',
			default: '{}',
			displayOptions: { show: { method: ['GET'] } },
		},
		{
			displayName: 'Body (JSON)',
			name: 'body',
			type: 'json',
			default: '{}',
			displayOptions: { show: { method: ['POST'] } },
		},
	],
	async run(call) {
		const { send } = await sending();
		return await send(call);
	},
};
