import { callsPerSecondOption } from '../../../../runtime/items/settings';
import { optionsCollection } from '../../../../runtime/properties/properties';
import type { IDataObject } from 'n8n-workflow';
import { jsonObject } from '../../../../runtime/items/jsonParameter';
import { pathBelowBase } from '../../../../runtime/http/signableRequest';
import { resultItems } from '../../../../runtime/items/results';
import type { Operation } from '../../../../runtime/items/operation';

/** Any path below the base URL, with the same signing, envelope check and messages. */
export const request: Operation = {
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
		optionsCollection([callsPerSecondOption]),
	],
	async run({ parameters, client }) {
		const path = pathBelowBase(
			parameters.text('path', { required: true }),
			parameters.label('path'),
			parameters.fail,
		);
		if (parameters.text('method') === 'POST') {
			const body =
				jsonObject(parameters.value('body'), parameters.label('body'), parameters.fail) ?? {};
			return resultItems(await client.post(path, body));
		}
		const query =
			jsonObject(parameters.value('query'), parameters.label('query'), parameters.fail) ?? {};
		return resultItems(await client.get(path, query as IDataObject));
	},
};
