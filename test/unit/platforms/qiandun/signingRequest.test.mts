import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFileBody, MultipartBody } from '../../../../nodes/CnEsign/runtime/http/bodies.js';
import { anyText, chunked, thrownBy } from '../../support.mjs';
import { bytesOf, credential, expectedString, hmac, md5, sign, type Sent } from './support.mjs';
import { runs } from '../../../seed.mjs';

const base = credential.baseUrl;

const fresh = () => {
	let count = 0;
	return { now: () => 1_800_000_000_000 + ++count, uuid: () => `nonce-${++count}` };
};

const expectRight = async (signed: Sent) => {
	const sent = await bytesOf(signed.body);
	const form = /^multipart/.test(signed.headers['Content-Type'] ?? '');
	expect(signed.headers['Content-MD5']).toBe(sent.length > 0 && !form ? md5(sent) : undefined);
	expect(signed.headers['X-Ca-Signature-Headers']).toBe('X-Ca-Key,X-Ca-Nonce,X-Ca-Timestamp');
	expect(signed.headers['X-Ca-Signature']).toBe(hmac('demoSecret', expectedString(signed)));
};

/** Half an emoji arrives as the usual mark; that is another test's matter. */
const wellFormed = (text: string) => Buffer.from(text).toString() === text;

describe('any request', () => {
	const segment = anyText.filter((text) => !['', '.', '..'].includes(text) && wellFormed(text));
	const text = anyText.filter(wellFormed);
	const query = fc.dictionary(
		text.filter((key) => key !== '__proto__'),
		fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 3 })),
		{ maxKeys: 5 },
	);
	const body = fc.oneof(
		fc.constant(undefined),
		fc.dictionary(
			text.filter((key) => key !== '__proto__'),
			fc.jsonValue(),
			{ maxKeys: 4 },
		),
		text,
		fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
	);
	const request = fc.record({
		method: fc.constantFrom('GET', 'post', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
		path: fc.array(segment, { minLength: 1, maxLength: 3 }),
		inAddress: fc.array(fc.tuple(text, text), { maxLength: 3 }),
		qs: query,
		body,
		old: fc.boolean(),
	});

	it('is signed so that a verifier written from the document accepts it', async () => {
		await fc.assert(
			fc.asyncProperty(request, async ({ method, path, inAddress, qs, body: given, old }) => {
				const search = new URLSearchParams(inAddress).toString();
				const address = `${base}/${path.map(encodeURIComponent).join('/')}?${search}`;
				const options = { method, qs, body: given, ...(old ? { uri: address } : { url: address }) };
				const signed = await sign(options, {}, fresh());
				await expectRight(signed);

				// What was given arrives: each pair with a value, nothing empty, nothing invented.
				const wanted = [
					...inAddress,
					...Object.entries(qs).flatMap(([key, value]) =>
						(Array.isArray(value) ? value : [value ?? '']).map((one) => [key, String(one)]),
					),
				].filter(([, value]) => value !== '');
				const arrived = (signed.url.split('?')[1] ?? '')
					.split('&')
					.filter(Boolean)
					.map((pair) => pair.split('=').map(decodeURIComponent));
				const sorted = (pairs: string[][]) => pairs.map((pair) => JSON.stringify(pair)).sort();
				expect(sorted(arrived)).toEqual(sorted(wanted));
			}),
			{ numRuns: runs(400) },
		);
	});

	it('is signed again with a fresh nonce and time, and is otherwise the same', async () => {
		await fc.assert(
			fc.asyncProperty(request, async ({ method, path, qs, body: given }) => {
				const url = `${base}/${path.map(encodeURIComponent).join('/')}`;
				const source = fresh();
				const first = await sign({ method, url, qs, body: given }, {}, source);
				const second = await sign({ ...first, qs: undefined }, {}, source);
				await expectRight(second);
				expect(second.url).toBe(first.url);
				expect(await bytesOf(second.body)).toEqual(await bytesOf(first.body));
				expect(second.headers['X-Ca-Nonce']).not.toBe(first.headers['X-Ca-Nonce']);
				expect(second.headers['X-Ca-Timestamp']).not.toBe(first.headers['X-Ca-Timestamp']);
				expect(Object.keys(second.headers).sort()).toEqual(Object.keys(first.headers).sort());
			}),
			{ numRuns: runs(200) },
		);
	});

	it('does not change the options that it was given', async () => {
		const options = Object.freeze({
			method: 'POST',
			url: `${base}/x`,
			qs: Object.freeze({ a: '1' }),
			headers: Object.freeze({ accept: 'text/html' }),
			body: Object.freeze({ b: 2 }),
		});
		await expectRight(await sign(options));
	});
});

describe('a body with a file in it', () => {
	const file = (bytes: Buffer, cuts: number[] = []) => ({
		size: bytes.length,
		async *open() {
			yield* chunked(bytes, cuts);
		},
	});

	it('is signed over the bytes that are sent, in whatever pieces the file comes', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uint8Array({ minLength: 1, maxLength: 300 }),
				fc.array(fc.nat()),
				async (data, cuts) => {
					const bytes = Buffer.from(data);
					const body = { image: file(bytes, cuts), side: '正' };
					const signed = await sign({ method: 'POST', url: `${base}/x`, body });
					expect(signed.body).toBeInstanceOf(JsonFileBody);
					await expectRight(signed);
					expect(JSON.parse((await bytesOf(signed.body)).toString())).toEqual({
						image: bytes.toString('base64'),
						side: '正',
					});
					await expectRight(await sign(signed, {}, fresh()));
				},
			),
		);
	});

	it('as multipart has its boundary in the signed type, and no MD5', async () => {
		const part = {
			name: 'file',
			fileName: 'a.pdf',
			mimeType: 'application/pdf',
			file: file(Buffer.from('%PDF')),
		};
		const body = new MultipartBody({ a: '1' }, part, '----boundary');
		const headers = { 'content-type': 'application/json', 'content-md5': 'old' };
		const signed = await sign({ method: 'POST', url: `${base}/x`, body, headers });
		expect(signed.headers['Content-Type']).toBe('multipart/form-data; boundary=----boundary');
		await expectRight(signed);
		await expectRight(await sign(signed, {}, fresh()));
	});
});

describe('option names of both generations', () => {
	it.each([
		['url', { url: `${base}/open/seal/detail`, qs: { sealId: 1 } }],
		['baseURL and url', { baseURL: `${base}//`, url: '/open/seal/detail?sealId=1' }],
		['uri', { uri: `${base}/open/seal/detail`, qs: { sealId: 1 }, json: true }],
		['uri and an empty body', { uri: `${base}/open/seal/detail?sealId=1`, body: {}, json: true }],
	])('%s', async (_what, options) => {
		const signed = await sign({ method: 'GET', ...options });
		expect(signed.url).toBe(`${base}/open/seal/detail?sealId=1`);
		await expectRight(signed);
	});

	it('json: true with an object: the bytes are fixed before they are signed', async () => {
		const signed = await sign({
			method: 'POST',
			uri: `${base}/x`,
			json: true,
			body: { 名: '张 三' },
		});
		expect((await bytesOf(signed.body)).toString()).toBe('{"名":"张 三"}');
		await expectRight(signed);
	});
});

describe('a request that cannot be signed', () => {
	it.each([
		['App Key', { appKey: '' }],
		['App Key', { appKey: undefined as unknown as string }],
		['App Secret', { secret: ' ' }],
	])('without %s', async (field, more) => {
		const refused = await thrownBy(async () => await sign({ url: `${base}/x` }, more));
		expect(refused.message).toBe(`'${field}' in the credential is empty`);
	});

	it('to no address at all', async () => {
		const refused = await thrownBy(async () => await sign({ url: '/open/x' }));
		expect(refused.message).toBe('The address of the request is not a web address');
	});

	it('and one that is signed follows no redirect', async () => {
		const { signQiandun } = await import('../../../../nodes/CnEsign/platforms/qiandun/signing.js');
		const signed = await signQiandun(credential, { url: `${base}/x` }, fresh());
		expect(signed).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			maxRedirects: 0,
		});
	});
});
