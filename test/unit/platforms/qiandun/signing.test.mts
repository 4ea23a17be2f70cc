import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { stringToSign } from '../../../../nodes/CnEsign/platforms/qiandun/signing.js';
import { thrownBy } from '../../support.mjs';
import { bytesOf, credential, expectedString, hmac, md5, sign } from './support.mjs';

const base = credential.baseUrl;
const seal = `${base}/open/seal/detail`;

describe('the vectors of docs/api/qiandun.md, 2.3', () => {
	const xCa = {
		'X-Ca-Key': 'demoKey',
		'X-Ca-Nonce': '11111111-2222-3333-4444-555555555555',
		'X-Ca-Timestamp': '1700000000000',
	};

	it('1: POST with a body', async () => {
		const signed = await sign({
			method: 'POST',
			url: `${base}/open/psnCert/faceResult`,
			body: { serviceId: 'S1', businessCode: null },
		});
		expect(signed.headers).toEqual({
			...xCa,
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'Content-MD5': 'kmTCsQaxHBzpDGIWfiB+yA==',
			'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Nonce,X-Ca-Timestamp',
			'X-Ca-Signature': '9dOAvY7SrkXQ5Gb5r4HA/DOjsyodRUey0wzQdFAVSI0=',
		});
		expect((await bytesOf(signed.body)).toString()).toBe('{"serviceId":"S1","businessCode":null}');
	});

	it('2: GET with a query', async () => {
		const signed = await sign({ method: 'GET', url: seal, qs: { sealId: 100000014 } });
		expect(signed.headers).toEqual({
			...xCa,
			Accept: 'application/json',
			'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Nonce,X-Ca-Timestamp',
			'X-Ca-Signature': '79cHKO78xqw1vvQVq3XMASpxjLwPEmeOvz4gFQG0pAI=',
		});
		expect(signed.url).toBe(`${seal}?sealId=100000014`);
		expect(signed.body).toBeUndefined();
	});

	const common = { accept: 'application/json', headers: xCa };

	it('1: the string to sign', () => {
		expect(
			stringToSign({
				...common,
				method: 'post',
				contentMd5: 'kmTCsQaxHBzpDGIWfiB+yA==',
				contentType: 'application/json',
				path: '/api/open/psnCert/faceResult',
				query: [],
			}),
		).toBe(`POST
application/json
kmTCsQaxHBzpDGIWfiB+yA==
application/json

X-Ca-Key:demoKey
X-Ca-Nonce:11111111-2222-3333-4444-555555555555
X-Ca-Timestamp:1700000000000
/api/open/psnCert/faceResult`);
	});

	it('2: the string to sign', () => {
		expect(
			stringToSign({
				...common,
				method: 'GET',
				contentMd5: '',
				contentType: '',
				path: '/api/open/seal/detail',
				query: [['sealId', '100000014']],
			}),
		).toBe(`GET
application/json



X-Ca-Key:demoKey
X-Ca-Nonce:11111111-2222-3333-4444-555555555555
X-Ca-Timestamp:1700000000000
/api/open/seal/detail?sealId=100000014`);
	});
});

describe('a query', () => {
	it.each([
		['Chinese', { psnName: '张三' }, 'psnName=%E5%BC%A0%E4%B8%89', 'psnName=张三'],
		['spaces and +', { q: 'a b+c' }, 'q=a%20b%2Bc', 'q=a b+c'],
		['signs', { q: 'a&b=c%?#/' }, 'q=a%26b%3Dc%25%3F%23%2F', 'q=a&b=c%?#/'],
		['a repeated key', { b: ['2', '1'], a: 'x' }, 'a=x&b=2&b=1', 'a=x&b=2&b=1'],
		['keys in another order', { z: 1, A: 2, a: 3, _: 4 }, 'A=2&_=4&a=3&z=1', 'A=2&_=4&a=3&z=1'],
		['empty parameters', { a: '', b: null, c: undefined, d: [], e: [''], f: 0 }, 'f=0', 'f=0'],
		['an object', { o: { k: '值' } }, 'o=%7B%22k%22%3A%22%E5%80%BC%22%7D', 'o={"k":"值"}'],
		['nothing', {}, '', ''],
	])('with %s is signed decoded and sent encoded', async (_what, qs, sent, signedText) => {
		const signed = await sign({ url: `${base}/open/psnGet`, qs });
		const mark = sent === '' ? '' : '?';
		expect(signed.url).toBe(`${base}/open/psnGet${mark}${sent}`);
		const lines = expectedString(signed).split('\n');
		expect(lines.at(-1)).toBe(`/api/open/psnGet${mark}${signedText}`);
		expect(signed.headers['X-Ca-Signature']).toBe(hmac('demoSecret', lines.join('\n')));
	});

	it('with half an emoji, as a cut text may end with, is signed as it is sent', async () => {
		const signed = await sign({ url: seal, qs: { 'k\ud83d': '张\ud83d' } });
		expect(signed.url).toBe(`${seal}?k%EF%BF%BD=%E5%BC%A0%EF%BF%BD`);
		expect(signed.headers['X-Ca-Signature']).toBe(hmac('demoSecret', expectedString(signed)));
	});

	it('in the address and in the options become one', async () => {
		const signed = await sign({ url: `${seal}?b=%E5%BC%A0+x&a=&c=1#top`, qs: { a: '1', d: '' } });
		expect(signed.url).toBe(`${seal}?a=1&b=%E5%BC%A0%20x&c=1`);
		expect(expectedString(signed)).toContain('/api/open/seal/detail?a=1&b=张 x&c=1');
	});
});

describe('a body', () => {
	const post = async (body: unknown, headers = {}) =>
		await sign({ method: 'POST', url: `${base}/x`, body, headers });

	it.each([
		['an object with emoji', { name: '张三 😀', n: 1 }, '{"name":"张三 😀","n":1}'],
		['a list', [1, '二'], '[1,"二"]'],
		['an empty object', {}, '{}'],
		['text', '{ "spaces" : "stay" }\n', '{ "spaces" : "stay" }\n'],
		['bytes', Buffer.from([0xff, 0, 1]), Buffer.from([0xff, 0, 1])],
		['plain bytes', new Uint8Array([1, 2, 3]), Buffer.from([1, 2, 3])],
		['a stream', Readable.from([Buffer.from('张'), '三']), '张三'],
		['a Blob', new Blob(['张三']), '张三'],
	])('that is %s: what is signed is what is sent', async (_what, body, expected) => {
		const signed = await post(body);
		const sent = await bytesOf(signed.body);
		expect(sent).toEqual(Buffer.from(expected as string));
		expect(signed.headers['Content-MD5']).toBe(md5(sent));
		expect(signed.headers['Content-Type']).toBe('application/json');
		expect(signed.headers['X-Ca-Signature']).toBe(hmac('demoSecret', expectedString(signed)));
	});

	it('keeps its own type where it is text or bytes', async () => {
		const signed = await post('<a/>', { 'content-TYPE': 'text/xml; charset=utf-8' });
		expect(signed.headers).toMatchObject({ 'Content-Type': 'text/xml; charset=utf-8' });
		expect(signed.headers).not.toHaveProperty('content-TYPE');
		expect(signed.headers['X-Ca-Signature']).toBe(hmac('demoSecret', expectedString(signed)));
	});

	it.each([undefined, null, ''])(
		'that is missing (%j) has no MD5, but a type, since n8n would add another',
		async (body) => {
			const signed = await post(body);
			expect(signed.body).toBeUndefined();
			expect(signed.headers).not.toHaveProperty('Content-MD5');
			expect(signed.headers['Content-Type']).toBe('application/json');
		},
	);

	it.each(['GET', 'get', 'HEAD', undefined])('is not sent with %s', async (method) => {
		const signed = await sign({ method, url: seal, body: { a: 1 } });
		expect(signed.body).toBeUndefined();
		expect(signed.headers).not.toHaveProperty('Content-MD5');
		expect(signed.headers).not.toHaveProperty('Content-Type');
	});

	const withBoundary = { getBoundary: () => 'x' };

	it.each([
		['form', { form: { a: 1 } }],
		['formData', { formData: { a: 1 } }],
		['URLSearchParams', { body: new URLSearchParams('a=1') }],
		['FormData', { body: new FormData() }],
		['a form of the old kind', { body: withBoundary }],
		[
			'text called a form',
			{ body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
		],
		[
			'bytes called a form',
			{ body: Buffer.from('x'), headers: { 'Content-Type': 'Multipart/form-data; boundary=x' } },
		],
	])('that is a form (%s) is refused with a message', async (_what, more) => {
		const refused = await thrownBy(
			async () => await sign({ method: 'POST', url: `${base}/x`, ...more }),
		);
		expect(refused.message).toBe('Qiandun has not published how forms are signed');
		expect((refused as Error & { description: string }).description).toContain('JSON');
	});
});

describe('headers', () => {
	it('of the same names are replaced, whatever their letters; others stay', async () => {
		const { headers } = await sign({
			method: 'POST',
			url: `${base}/x`,
			body: {},
			headers: {
				ACCEPT: '*/*',
				'content-type': 'text/plain',
				'x-ca-key': 'other',
				'X-CA-NONCE': 'used',
				'x-ca-timestamp': '1',
				'X-ca-signature-headers': 'X-Ca-Key',
				'x-ca-signature': 'old',
				'content-md5': 'old',
				dAtE: 'Tue, 01 Jan 2030 00:00:00 GMT',
				'X-Own': 'kept',
			},
		});
		expect(Object.keys(headers).sort()).toEqual([
			'Accept',
			'Content-MD5',
			'Content-Type',
			'X-Ca-Key',
			'X-Ca-Nonce',
			'X-Ca-Signature',
			'X-Ca-Signature-Headers',
			'X-Ca-Timestamp',
			'X-Own',
		]);
		expect(headers).toMatchObject({ Accept: 'application/json', 'X-Ca-Key': 'demoKey' });
	});
});
