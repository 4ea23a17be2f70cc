import { randomUUID } from 'crypto';
import type {
	IDataObject,
	IHttpRequestMethods,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { binaryFieldOf, inputFile } from '../../../../runtime/files/inputFile';
import { dispositionName } from '../../../../runtime/files/fileName';
import { outputFile } from '../../../../runtime/files/outputFile';
import { forbiddenKey, jsonObject } from '../../../../runtime/items/jsonParameter';
import { MultipartBody } from '../../../../runtime/http/bodies';
import type { Parameters } from '../../../../runtime/items/parameters';
import { pathBelowBase } from '../../../../runtime/http/signableRequest';
import type { ItemContext, Operation } from '../../../../runtime/items/operation';
import { resultItems } from '../../../../runtime/items/results';
import type { ClientRequest, ReceivedFile } from '../../../../runtime/http/createClient';
import { endpointOf, endpoints, OTHER, pageOf } from '../../endpoints';
import { byName, fileInputField } from '../../../../runtime/properties/properties';

const withPath = endpoints.filter(({ path }) => path).map(({ value }) => value);
const readingOnly = endpoints.filter(({ method }) => method === 'GET').map(({ value }) => value);
const withoutMethod = [
	OTHER,
	...endpoints.filter(({ method }) => !method).map(({ value }) => value),
];

const endpointOptions = endpoints
	.map((entry) => ({
		name: `${entry.english} (${entry.chinese})`,
		value: entry.value,
		...(entry.path ? { description: `${entry.method} ${entry.path}` } : {}),
	}))
	.sort(byName);

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
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. /open/…',
		description: 'Part of the address after the base URL',
		hint: "Shown only to the vendor's customers: copy it from the page of open-api.qiandun365.com that has the endpoint's Chinese name",
		displayOptions: { hide: { endpoint: withPath } },
	},
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
	fileInputField({ what: 'file', show: { sendFile: ['base64', 'multipart'] } }),
	{
		displayName: 'Name of the File Field',
		name: 'fileField',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. file',
		description:
			"Name under which the platform expects the file, as it stands on the vendor's page",
		displayOptions: { show: { sendFile: ['base64', 'multipart'] } },
	},
	{
		displayName: 'Output Data Field Name',
		name: 'outputBinaryPropertyName',
		type: 'string',
		default: 'data',
		description: 'Name of the binary field for the file, if the platform answers with one',
	},
];

/** Method and path, from the menu where they are published and from the user otherwise. */
const target = (parameters: Parameters): { method: IHttpRequestMethods; path: string } => {
	const value = parameters.text('endpoint');
	const entry = endpointOf(value);
	if (!entry && value !== OTHER)
		parameters.fail(
			`${parameters.label('endpoint')} has an unknown value`,
			'Choose from the list.',
		);
	const method =
		entry?.method ??
		(parameters.text('method', {
			required: true,
			pattern: /^(?:GET|POST)$/,
			expected: 'is neither GET nor POST',
		}) as IHttpRequestMethods);
	if (entry?.path) return { method, path: entry.path };
	const emptyHint = entry
		? `Qiandun has not published the path of ${entry.chinese}. Copy it from the page ${pageOf(entry)} of its documentation.`
		: 'Enter the part after the base URL.';
	const path = parameters.text('path', { required: true, emptyHint });
	return { method, path: pathBelowBase(path, parameters.label('path'), parameters.fail) };
};

const bodyOf = async ({ exec, index, parameters }: ItemContext): Promise<unknown> => {
	const fields =
		jsonObject(parameters.value('body'), parameters.label('body'), parameters.fail) ?? {};
	const manner = parameters.text('sendFile');
	if (manner !== 'base64' && manner !== 'multipart') return fields;
	const name = parameters.text('fileField', { required: true });
	if (forbiddenKey({ [name]: '' }) !== undefined)
		parameters.fail(
			`${parameters.label('fileField')} cannot be '${name}'`,
			"Copy the name from the vendor's page.",
		);
	const file = await inputFile(exec, index, binaryFieldOf(parameters, 'binaryPropertyName'));
	if (file.size === 0)
		parameters.fail(
			`The file in ${parameters.label('binaryPropertyName')} is empty`,
			'Check the node that delivers the file.',
		);
	if (manner === 'base64') return { ...fields, [name]: file };
	const form = Object.fromEntries(
		Object.entries(fields).map(([key, value]) => [
			key,
			typeof value === 'string' ? value : JSON.stringify(value),
		]),
	);
	const part = { name, fileName: file.fileName ?? 'file', mimeType: file.mimeType, file };
	return new MultipartBody(form, part, `----cnEsign${randomUUID().replaceAll('-', '')}`);
};

const fileItem = async (
	{ exec, index, parameters }: ItemContext,
	received: ReceivedFile,
): Promise<INodeExecutionData> => {
	const { headers } = received;
	const field = parameters.text('outputBinaryPropertyName') || 'data';
	const name = dispositionName(headers['content-disposition']) || 'file';
	const mimeType = (headers['content-type'] ?? '').split(';')[0] || 'application/octet-stream';
	return await outputFile(exec, index, field, received, name, mimeType, {});
};

/** Any endpoint of the platform, with the same signing, envelope check and messages (docs/api/qiandun.md, 4). */
export const request: Operation = {
	value: 'request',
	name: 'Request',
	action: 'Make API request',
	description:
		'Call any function of the platform by its address. The signature is added, and the answer is checked.',
	properties,
	async run(call) {
		const { parameters, client } = call;
		const { method, path } = target(parameters);
		const query = (jsonObject(
			parameters.value('query'),
			parameters.label('query'),
			parameters.fail,
		) ?? {}) as IDataObject;
		const body = method === 'GET' ? undefined : await bodyOf(call);
		const request: ClientRequest = { method, path, query, body, readsOnly: method === 'GET' };
		const answer = await client.download(request);
		return 'file' in answer ? [await fileItem(call, answer.file)] : resultItems(answer.result);
	},
};
