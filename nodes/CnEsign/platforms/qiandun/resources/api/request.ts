import type { INodeProperties } from 'n8n-workflow';
import { lazily } from '../../../../runtime/lazily';
import { byName } from '../../../../runtime/description';
import { fileInputField } from '../../../../runtime/properties';
import { endpoints, OTHER } from '../../endpoints';
import { text } from '../../fields';
import type { QiandunOperation } from '../operation';

const sending = lazily(async () => await import('./send.js'));

const withPath = endpoints.filter(({ path }) => path).map(({ value }) => value);
const readingOnly = endpoints.filter(({ method }) => method === 'GET').map(({ value }) => value);
const withoutMethod = [
	OTHER,
	...endpoints.filter(({ method }) => !method).map(({ value }) => value),
];

const endpointOptions = [
	...endpoints.map((entry) => ({
		name: `${entry.english} (${entry.chinese})`,
		value: entry.value,
		...(entry.path ? { description: `${entry.method} ${entry.path}` } : {}),
	})),
].sort(byName);

const properties: INodeProperties[] = [
	{
		displayName: 'Endpoint',
		name: 'endpoint',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Another Path',
				value: OTHER,
				description: 'Any path, such as one of the public-cloud edition (公有云版)',
			},
			...endpointOptions,
		],
		default: OTHER,
		description:
			'What to call, from the menu of the vendor’s documentation (签盾开放平台-电子签约服务). Type to search in English or Chinese.',
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{ name: 'GET', value: 'GET' },
			{ name: 'POST', value: 'POST' },
		],
		default: 'POST',
		displayOptions: { show: { endpoint: withoutMethod } },
	},
	// Not `required`: n8n's own message would not say on which page the path is found.
	text('path', 'Path', 'e.g. /open/…', 'Part of the address after the base URL', {
		hint: "Shown only to the vendor's customers: copy it from the page of open-api.qiandun365.com that has the endpoint's Chinese name",
		displayOptions: { hide: { endpoint: withPath } },
	}),
	{
		displayName: 'Query (JSON)',
		name: 'query',
		type: 'json',
		default: '{}',
		description: 'Parameters in the address; empty ones are left out',
	},
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		default: '{}',
		displayOptions: { hide: { endpoint: readingOnly, method: ['GET'] } },
		description: 'With a file as multipart: the other fields of the form',
	},
	{
		displayName: 'Send File',
		name: 'sendFile',
		type: 'options',
		options: [
			{ name: 'As Base64', value: 'base64', description: 'As a field of the JSON body' },
			{
				name: 'As Multipart',
				value: 'multipart',
				description: 'As a form. How Qiandun signs forms is not published: this may be refused.',
			},
			{ name: 'No', value: 'no' },
		],
		displayOptions: { hide: { endpoint: readingOnly, method: ['GET'] } },
		default: 'no',
	},
	fileInputField('file', { sendFile: ['base64', 'multipart'] }),
	text(
		'fileField',
		'Name of the File Field',
		'e.g. file',
		"Name under which the platform expects the file, as it stands on the vendor's page",
		{
			required: true,
			displayOptions: { show: { sendFile: ['base64', 'multipart'] } },
		},
	),
	{
		displayName: 'Output Data Field Name',
		name: 'outputBinaryPropertyName',
		type: 'string',
		default: 'data',
		description: 'Name of the binary field for the file, if the platform answers with one',
	},
];

/** Any endpoint of the platform, with the same signing, envelope check and messages (api/qiandun.md §4). */
export const request: QiandunOperation = {
	value: 'request',
	name: 'Request',
	action: 'Make API request',
	description:
		'Call any function of the platform by its address. The signature is added, and the answer is checked.',
	properties,
	async run(call) {
		const { send } = await sending();
		return await send(call);
	},
};
