import { randomUUID } from 'crypto';
import type {
	IDataObject,
	IHttpRequestMethods,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { inputFile, outputFile } from '../../../../runtime/binary';
import { byName } from '../../../../runtime/description';
import { forbiddenKey, jsonObject } from '../../../../runtime/json';
import { MultipartBody } from '../../../../runtime/multipartBody';
import type { Parameters } from '../../../../runtime/parameters';
import { pathBelowBase } from '../../../../runtime/path';
import { fileInputField } from '../../../../runtime/properties';
import type { ItemCall } from '../../../../runtime/types';
import type { QiandunCall, QiandunClient, QiandunFile } from '../../client';
import { endpointOf, endpoints, pageOf } from '../../endpoints';
import { text } from '../../fields';
import { type QiandunOperation, resultItems } from '../operation';

const OTHER = 'other';
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
		description: 'HTTP method of the call',
	},
	// Not `required`: n8n's own message would not say on which page the path is found.
	text('path', 'Path', 'e.g. /open/…', "Part of the address after the credential's base URL", {
		hint: "Shown only to the vendor's customers: copy it from the page of open-api.qiandun365.com that has the endpoint's Chinese name",
		displayOptions: { hide: { endpoint: withPath } },
	}),
	{
		displayName: 'Query (JSON)',
		name: 'query',
		type: 'json',
		default: '{}',
		description: 'Parameters in the address as a JSON object. Empty ones are left out.',
	},
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		default: '{}',
		displayOptions: { hide: { endpoint: readingOnly, method: ['GET'] } },
		description:
			'Body of the call as a JSON object. With a file as multipart these are the other fields of the form.',
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
		description: 'Whether and how to send a file along',
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
		placeholder: 'e.g. data',
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
	const hint = entry
		? `Qiandun has not published the path of ${entry.chinese}. Copy it from the page ${pageOf(entry)} of its documentation.`
		: 'Give the part after the base URL.';
	const path = parameters.text('path', { required: true, hint });
	return { method, path: pathBelowBase(path, parameters.label('path'), parameters.fail) };
};

const bodyOf = async ({ exec, index, parameters }: ItemCall<QiandunClient>): Promise<unknown> => {
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
	const file = await inputFile(
		exec,
		index,
		parameters.text('binaryPropertyName', { required: true }),
	);
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

/** A file name from a header, where it is URL-encoded. */
const decoded = (name: string): string => {
	try {
		return /%[0-9a-f]{2}/i.test(name) ? decodeURIComponent(name.replace(/\+/g, ' ')) : name;
	} catch {
		return name;
	}
};

const fileItem = async (
	{ exec, index, parameters }: ItemCall<QiandunClient>,
	{ stream, headers }: QiandunFile,
): Promise<INodeExecutionData> => {
	const field = parameters.text('outputBinaryPropertyName') || 'data';
	const named =
		/filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1] ?? 'file';
	const mimeType = (headers['content-type'] ?? '').split(';')[0] || 'application/octet-stream';
	return await outputFile(exec, index, field, stream, decoded(named), mimeType, {});
};

/** Any endpoint of the platform, with the same signing, envelope check and messages (api/qiandun.md §4). */
export const request: QiandunOperation = {
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
		const request: QiandunCall = { method, path, query, body, readsOnly: method === 'GET' };
		const answer = await client.callForFile(request);
		return 'file' in answer ? [await fileItem(call, answer.file)] : resultItems(answer.result);
	},
};
