import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { binaryBytes, fileItem } from '../engine.mjs';
import { bodyOf, bodyText, echoRequest, stage } from './support.mjs';
import { runs } from '../../seed.mjs';

const { sandbox, act, once } = await stage({ switches: { strictSignedHeaders: true } });

describe('api: request, what it carries', () => {
	it('sends a query with Chinese, spaces, signs and repeated keys as it is signed', async () => {
		const query = {
			'姓 名': '张三 & 李四+=%?#/\\"\'!*()~😀',
			b: ['2', '1'],
			empty: '',
			nothing: null,
			'a+b': '1',
		};
		const { json } = await once('api', 'request', {
			...echoRequest({ method: 'GET' }),
			query: JSON.stringify(query),
		});
		expect(json.queryPairs).toEqual([
			['a+b', '1'],
			['b', '2'],
			['b', '1'],
			['姓 名', query['姓 名']],
		]);
		expect(sandbox.requests[0].rawQuery).not.toContain('+');
	});

	it.each(['space', 'literal'] as const)(
		'is signed rightly whichever way + is read (%s)',
		async (plusInQuery) => {
			sandbox.switches.plusInQuery = plusInQuery;
			const { json } = await once('api', 'request', {
				...echoRequest({ method: 'GET' }),
				query: '{"q":"a+b c"}',
			});
			expect(json.query).toEqual({ q: 'a+b c' });
		},
	);

	it('passes the check of the signature with any query and body', async () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 12 });
		const values = fc.dictionary(
			// Keys that are refused have their own test.
			text.filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
			text,
			{ maxKeys: 5 },
		);
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom('GET', 'POST'),
				values,
				values,
				async (method, query, body) => {
					sandbox.reset();
					const input = [{ json: { query, body } as IDataObject }];
					const { error } = await act(
						'api',
						'request',
						echoRequest({ method, query: '={{ $json.query }}', body: '={{ $json.body }}' }),
						{ input },
					);
					expect(error).toBeUndefined();
					expect(sandbox.requests.map(({ outcome }) => outcome)).toEqual(['ok']);
					expect(bodyText(sandbox.requests[0])).toBe(method === 'GET' ? '' : JSON.stringify(body));
				},
			),
			{ numRuns: runs(60) },
		);
	});

	it('sends an empty object where no body is given with POST', async () => {
		const { request } = await once('api', 'request', echoRequest({ method: 'POST' }));
		expect(bodyText(request)).toBe('{}');
		expect(request.headers['content-type']).toBe('application/json');
	});

	const file = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256));
	const input = async () => [await fileItem(file, '合同 "1".pdf', 'application/pdf', {}, 'upload')];
	const withFile = (sendFile: string) =>
		echoRequest({
			method: 'POST',
			sendFile,
			binaryPropertyName: 'upload',
			fileField: 'file',
			body: '{"folder":"合同","page":1,"tags":["a"]}',
		});

	it('sends a file as Base64 in the JSON', async () => {
		const { request } = await once('api', 'request', withFile('base64'), { input: await input() });
		expect(bodyOf(request)).toEqual({
			folder: '合同',
			page: 1,
			tags: ['a'],
			file: file.toString('base64'),
		});
		const md5 = createHash('md5').update(request.rawBody).digest('base64');
		expect(request.headers['content-md5']).toBe(md5);
	});

	it('sends a file as a form, with its name and the other fields', async () => {
		const { json, request } = await once('api', 'request', withFile('multipart'), {
			input: await input(),
		});
		expect(json).toMatchObject({
			fields: [
				{ name: 'folder', value: '合同' },
				{ name: 'page', value: '1' },
				{ name: 'tags', value: '["a"]' },
			],
			files: [
				{
					name: 'file',
					fileName: '合同 "1".pdf',
					contentType: 'application/pdf',
					size: file.length,
					sha256: createHash('sha256').update(file).digest('hex'),
				},
			],
		});
		expect(request.headers['content-length']).toBe(String(request.rawBody.length));
		expect(request.headers).not.toHaveProperty('content-md5');
	});

	it.each([
		[
			'no name for the file',
			{ ...withFile('base64'), fileField: '={{ "" }}' },
			"'Name of the File Field' is empty",
		],
		[
			'a name that objects keep for themselves',
			{ ...withFile('base64'), fileField: '__proto__' },
			"'Name of the File Field' cannot be '__proto__'",
		],
		[
			'a field without a file',
			{ ...withFile('multipart'), binaryPropertyName: 'other' },
			/binary|'other'/,
		],
	])('refuses %s before anything is sent', async (_what, parameters, message) => {
		const { error } = await act('api', 'request', parameters, { input: await input() });
		expect(error?.message).toMatch(message);
		expect(sandbox.requests).toEqual([]);
	});

	it('refuses an empty file', async () => {
		const empty = [await fileItem(Buffer.alloc(0), 'a.pdf', 'application/pdf', {}, 'upload')];
		const { error } = await act('api', 'request', withFile('multipart'), { input: empty });
		expect(error?.message).toBe("The file in 'Input Data Field Name' is empty");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('api: request, what comes back', () => {
	it('a file becomes a binary field, with its name', async () => {
		sandbox.failNext('/sandbox-only/echo', {
			status: 200,
			body: '%PDF-1.7 signed',
			headers: {
				'content-type': 'application/pdf',
				'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('合同/1.pdf')}`,
			},
		});
		const { items, error } = await act(
			'api',
			'request',
			echoRequest({ method: 'GET', outputBinaryPropertyName: 'pdf' }),
		);
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({ fileName: '合同_1.pdf', mimeType: 'application/pdf' });
		expect(items[0].binary?.pdf).toMatchObject({
			fileName: '合同_1.pdf',
			mimeType: 'application/pdf',
		});
		expect((await binaryBytes(items[0], 'pdf')).toString()).toBe('%PDF-1.7 signed');
	});

	it.each([
		[
			'a list',
			[{ contractId: '1' }, { contractId: '2' }],
			[{ contractId: '1' }, { contractId: '2' }],
		],
		['an empty list', [], []],
		['a text', 'done', [{ value: 'done' }]],
		['nothing', null, [{ success: true }]],
	])('%s as result', async (_what, result, expected) => {
		sandbox.failNext('/sandbox-only/echo', {
			status: 200,
			body: { result, code: '200', msg: '成功', success: true } as Record<string, unknown>,
		});
		const { items } = await act('api', 'request', echoRequest());
		expect(items.map(({ json }) => json)).toEqual(expected);
	});
});
