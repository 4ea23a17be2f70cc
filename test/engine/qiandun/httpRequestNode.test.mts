import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileItem, runWorkflow } from '../engine.mjs';
import { installHttpRequestNode } from '../httpRequestNode.mjs';
import { chain, startNode } from '../node.mjs';
import { credentialFor } from '../qiandun.mjs';
import { bodyText, stage } from './support.mjs';

const { sandbox } = await stage({
	switches: { strictSignedHeaders: true, gateRefusal: 'empty4xx' },
});
const type = installHttpRequestNode();
const echo = `${sandbox.baseUrl}/sandbox-only/echo`;

const call = async (
	parameters: IDataObject,
	credential: IDataObject = {},
	input?: INodeExecutionData[],
) => {
	const node = {
		id: 'http',
		name: 'HTTP Request',
		type,
		typeVersion: 4.2,
		position: [0, 0] as [number, number],
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'cnEsignApi',
			...parameters,
		} as never,
		credentials: { cnEsignApi: { id: '1', name: 'E-Sign' } },
	};
	const secrets = credentialFor(sandbox, credential);
	const run = await runWorkflow(chain(startNode, node), { secrets, input });
	const data = run.data.resultData.runData['HTTP Request']?.[0];
	const json = data?.data?.main[0]?.[0]?.json as
		{ code?: string; result?: IDataObject } | undefined;
	return { json, error: data?.error };
};

const asPairs = (values: Array<[string, string]>) => ({
	parameters: values.map(([name, value]) => ({ name, value })),
});

const outcomes = () => sandbox.requests.map(({ outcome }) => outcome);

describe("n8n's own HTTP Request node with this credential", () => {
	beforeEach(() => sandbox.reset());

	it('signs a GET whose query holds Chinese, spaces and signs', async () => {
		const value = '张三 & 李四+=%/13800138000😀';
		const { json, error } = await call({
			url: echo,
			sendQuery: true,
			queryParameters: asPairs([
				['psnName', value],
				['empty', ''],
				['姓名', '王五'],
			]),
		});
		expect(error).toBeUndefined();
		expect(outcomes()).toEqual(['ok']);
		expect(json?.result?.query).toEqual({ psnName: value, 姓名: '王五' });
	});

	it('signs a GET whose query stands in the address', async () => {
		const { json } = await call({ url: `${echo}?b=2&a=%E5%BC%A0+%E4%B8%89&b=1&empty=` });
		expect(json?.result?.queryPairs).toEqual([
			['a', '张 三'],
			['b', '2'],
			['b', '1'],
		]);
	});

	it('gets what a published call answers', async () => {
		const { json } = await call({
			url: `${sandbox.baseUrl}/open/psnGet`,
			sendQuery: true,
			queryParameters: asPairs([['accountId', '1120']]),
		});
		expect(json).toMatchObject({ code: '200', result: { psnName: '张三' } });
	});

	it.each([
		['as text', { specifyBody: 'json', jsonBody: '{ "psnName": "张三 😀", "n": 1 }' }],
		[
			'as fields',
			{
				specifyBody: 'keypair',
				bodyParameters: asPairs([
					['psnName', '张三 😀'],
					['n', '={{ 1 }}'],
				]),
			},
		],
	])('signs a POST with JSON given %s, over the bytes that are sent', async (_how, body) => {
		const { error } = await call({
			method: 'POST',
			url: echo,
			sendBody: true,
			contentType: 'json',
			...body,
		});
		expect(error).toBeUndefined();
		expect(outcomes()).toEqual(['ok']);
		expect(bodyText(sandbox.requests[0])).toBe('{"psnName":"张三 😀","n":1}');
		expect(sandbox.requests[0].headers['content-type']).toBe('application/json');
	});

	it('signs raw text of any type, untouched', async () => {
		const { json, error } = await call({
			method: 'POST',
			url: echo,
			sendBody: true,
			contentType: 'raw',
			rawContentType: 'text/plain',
			body: 'a = 1;\n张三',
		});
		expect(error).toBeUndefined();
		expect(json?.result).toMatchObject({ contentType: 'text/plain', text: 'a = 1;\n张三' });
	});

	it('signs a file as raw body', async () => {
		const bytes = Buffer.from('%PDF-1.7 not really');
		const { json, error } = await call(
			{
				method: 'POST',
				url: echo,
				sendBody: true,
				contentType: 'binaryData',
				inputDataFieldName: 'data',
			},
			{},
			[await fileItem(bytes, 'a.pdf', 'application/pdf')],
		);
		expect(error).toBeUndefined();
		expect(json?.result).toMatchObject({ size: bytes.length, contentType: 'application/pdf' });
	});

	it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('signs a %s without a body', async (method) => {
		const { error } = await call({ method, url: echo });
		expect(error).toBeUndefined();
		expect(outcomes()).toEqual(['ok']);
		expect(sandbox.requests[0].method).toBe(method);
	});

	it('signs in spite of headers that the user has set', async () => {
		const { error } = await call({
			url: echo,
			sendHeaders: true,
			headerParameters: asPairs([
				['accept', 'text/html'],
				['Date', 'Tue, 01 Jan 2030 00:00:00 GMT'],
				['x-ca-nonce', 'mine'],
				['X-CA-SIGNATURE', 'mine'],
				['X-Own', 'kept'],
			]),
		});
		expect(error).toBeUndefined();
		expect(outcomes()).toEqual(['ok']);
		expect(sandbox.requests[0].headers).toMatchObject({
			accept: 'application/json',
			'x-own': 'kept',
		});
	});

	it('is sent once when it is refused with HTTP 401', async () => {
		sandbox.failNext('/sandbox-only/echo', { status: 401, body: '' }, 2);
		const { error } = await call({ method: 'POST', url: echo });
		expect(error).toBeDefined();
		expect(outcomes()).toEqual(['fault:status401']);
	});

	it.each(['form-urlencoded', 'multipart-form-data'])(
		'refuses a form (%s) with a message',
		async (contentType) => {
			const { error } = await call({
				method: 'POST',
				url: echo,
				sendBody: true,
				contentType,
				bodyParameters: {
					parameters: [{ parameterType: 'formData', name: 'a', value: '1' }],
				},
			});
			expect(error?.message).toBe('Qiandun has not published how forms are signed');
			expect(sandbox.requests).toEqual([]);
		},
	);

	it('sends nothing to another host', async () => {
		const other = sandbox.baseUrl.replace('127.0.0.1', 'localhost');
		const { error } = await call({ url: `${other}/open/psnGet?accountId=1120` });
		expect(error?.message).toContain('This credential is only for');
		expect(sandbox.requests).toEqual([]);
	});

	it('is refused with another secret', async () => {
		const { error } = await call({ url: echo }, { secret: 'another-secret' });
		expect(error).toBeDefined();
		expect(new Set(outcomes())).toEqual(new Set(['gate:wrongSignature']));
	});
});
