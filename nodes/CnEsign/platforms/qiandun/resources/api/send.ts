import { randomUUID } from 'crypto';
import type { IDataObject, IHttpRequestMethods, INodeExecutionData } from 'n8n-workflow';
import { inputFile, outputFile } from '../../../../runtime/binary';
import { forbiddenKey, jsonObject } from '../../../../runtime/json';
import { MultipartBody } from '../../../../runtime/multipartBody';
import type { Parameters } from '../../../../runtime/parameters';
import { pathBelowBase } from '../../../../runtime/path';
import type { ItemCall } from '../../../../runtime/types';
import { resultItems } from '../../../../runtime/results';
import type { QiandunCall, QiandunClient, QiandunFile } from '../../client';
import { endpointOf, OTHER, pageOf } from '../../endpoints';

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

/** Makes the call that the parameters describe. */
export const send = async (call: ItemCall<QiandunClient>): Promise<INodeExecutionData[]> => {
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
};
