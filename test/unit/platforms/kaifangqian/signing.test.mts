import { generateKeyPairSync } from 'node:crypto';
import { UserError, type IHttpRequestOptions } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNSIGNED } from '../../../../nodes/CnEsign/platforms/kaifangqian/signing.js';
import { anyText, chunked, thrownBy } from '../../support.mjs';
import {
	addressOf,
	BASE,
	bodySignatureIsValid,
	credential,
	headersOf,
	keys,
	sentBytes,
	sentJson,
	sentPairs,
	signed,
	source,
	TOKEN,
	unsigned,
	UUID,
} from './signingSupport.mjs';
import { runs } from '../../../seed.mjs';

const post = (body: unknown, more: object = {}) => ({
	method: 'POST',
	url: `${BASE}/contract/draft`,
	body,
	...more,
});

const refusal = async (options: object, by = credential) => {
	const thrown = (await thrownBy(async () => await signed(options, by))) as UserError;
	expect(thrown).toBeInstanceOf(UserError);
	return thrown;
};

describe('a POST', () => {
	it('is signed over the very bytes that are sent, whatever the body holds', async () => {
		const body = fc.dictionary(
			anyText.filter((key) => key !== '__proto__'),
			fc.jsonValue({ stringUnit: 'binary' }),
			{ maxKeys: 4 },
		);
		await fc.assert(
			fc.asyncProperty(body, async (given) => {
				const request = await signed(post(given));
				expect(await bodySignatureIsValid(request)).toBe(true);
				const { appAuthToken, uniqueCode, ...rest } = await sentJson(request);
				expect({ ...rest, operatorAccount: undefined }).toEqual({
					...(JSON.parse(JSON.stringify(given)) as object),
					operatorAccount: undefined,
				});
				expect([appAuthToken, uniqueCode]).toEqual([TOKEN, headersOf(request).uniqueCode]);
			}),
			{ numRuns: runs(50) },
		);
	});

	it('is one line of JSON, said to be JSON', async () => {
		const request = await signed(post('{\n\t"subject": "服务合同",\r\n\t"text": "a\\nb"\n}'));
		expect((await sentBytes(request)).toString()).not.toMatch(/[\r\n]/);
		expect(headersOf(request)['Content-Type']).toBe('application/json');
	});

	it('takes the body as object, as text and as bytes', async () => {
		const body = { subject: '服务合同 😀', send: '1' };
		const text = JSON.stringify(body);
		for (const form of [body, text, Buffer.from(text)]) {
			const request = await signed(post(form));
			expect(await sentJson(request)).toMatchObject(body);
			expect(await bodySignatureIsValid(request)).toBe(true);
		}
	});

	it('is signed with a file in it, which is read once more to be sent', async () => {
		const pieces = fc.array(fc.nat(300), { maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), pieces, async (array, cuts) => {
				const bytes = Buffer.from(array);
				const file = {
					size: bytes.length,
					async *open() {
						yield* chunked(bytes, cuts);
					},
				};
				const request = await signed(post({ file, fileName: '合同.pdf' }));
				expect(await bodySignatureIsValid(request)).toBe(true);
				expect(await sentJson(request)).toMatchObject({
					file: bytes.toString('base64'),
					fileName: '合同.pdf',
				});
				// A second attempt reads the file again.
				const again = await signed(request);
				expect(await bodySignatureIsValid(again)).toBe(true);
			}),
			{ numRuns: runs(20) },
		);
	});

	it('goes out with token and code even when there is no body', async () => {
		const request = await signed(post(undefined));
		expect(await sentJson(request)).toEqual({
			appAuthToken: TOKEN,
			uniqueCode: headersOf(request).uniqueCode,
			operatorAccount: 'n8n',
		});
	});

	it('replaces a token and a code that the body brings along', async () => {
		const request = await signed(post({ appAuthToken: 'SMUGGLED', uniqueCode: '1', a: 1 }));
		const text = (await sentBytes(request)).toString();
		expect(text).not.toContain('SMUGGLED');
		expect(text.match(/"appAuthToken"/g)).toHaveLength(1);
		expect(await sentJson(request)).toEqual({
			appAuthToken: TOKEN,
			uniqueCode: headersOf(request).uniqueCode,
			operatorAccount: 'n8n',
			a: 1,
		});
	});

	it.each([
		[{}, 'n8n'],
		[{ operatorAccount: '' }, 'n8n'],
		[{ operatorAccount: '  ' }, 'n8n'],
		[{ operatorAccount: null }, 'n8n'],
		[{ operatorAccount: 'mine-001' }, 'mine-001'],
		[{ operatorAccount: 42 }, '42'],
	])('always names an operator account: %j', async (body, expected) => {
		const request = await signed(post(body));
		expect((await sentJson(request)).operatorAccount).toBe(expected);
		expect(await bodySignatureIsValid(request)).toBe(true);
	});

	it('takes an operator account that the address brings along', async () => {
		const request = await signed({ ...post({ a: 1 }), qs: { operatorAccount: 'mine-001' } });
		expect((await sentJson(request)).operatorAccount).toBe('mine-001');
		expect(addressOf(request).search).toBe('');
	});

	it('names no operator account in the one call that the published server does not have', async () => {
		const url = `${BASE}/auth/corp/ident/link`;
		expect(await sentJson(await signed({ ...post({ a: 1 }), url }))).not.toHaveProperty(
			'operatorAccount',
		);
		const own = await signed({ ...post({ operatorAccount: 'mine' }), url });
		expect((await sentJson(own)).operatorAccount).toBe('mine');
	});

	it.each([
		['text', 'a=1'],
		['a list', '[1]'],
		['form fields', new URLSearchParams('a=1')],
		['a form with files', new FormData()],
	])('is refused when its body is %s', async (_, body) => {
		expect((await refusal(post(body))).message).toBe('Kaifangqian takes JSON bodies only');
	});
});

describe('headers', () => {
	it('are token, code, nonce, time and signature', async () => {
		for (const options of [post({ a: 1 }), { url: `${BASE}/signRes`, qs: { contact: 'x' } }]) {
			const headers = headersOf(
				await signed({ ...options, headers: { SIGN: 'old', Accept: 'x' } }),
			);
			expect(headers).toMatchObject({
				appAuthToken: TOKEN,
				timestamp: '1775010802000',
				Accept: 'x',
			});
			expect(headers.uniqueCode).toMatch(UUID);
			expect(headers.nonce).toMatch(UUID);
			expect(headers.nonce).not.toBe(headers.uniqueCode);
			expect(Object.keys(headers).filter((name) => name.toLowerCase() === 'sign')).toEqual([
				'sign',
			]);
		}
	});

	it('hold the constant of the vendor without a key', async () => {
		for (const secret of ['', '  \n', undefined]) {
			const by = { ...unsigned, secret };
			expect(headersOf(await signed(post({}), by)).sign).toBe('123456');
			expect(headersOf(await signed({ url: `${BASE}/signRes` }, by)).sign).toBe(UNSIGNED);
		}
	});

	it('are fresh for every request', async () => {
		const seen = new Set<string>();
		for (let count = 0; count < 20; count++) {
			const { uniqueCode, nonce } = headersOf(await signed(post({}), unsigned));
			seen.add(uniqueCode).add(nonce);
		}
		expect(seen.size).toBe(40);
	});
});

describe('the request that was given', () => {
	it('is left as it was', async () => {
		const options = post({ a: { b: 1 } }, { qs: { c: 1 }, headers: { Accept: 'x' } });
		const before = structuredClone(options);
		await signed(options);
		expect(options).toEqual(before);
	});

	it('keeps what signing does not touch', async () => {
		const request = await signed(post({}, { timeout: 5, encoding: 'text', json: true }));
		expect(request).toMatchObject({ method: 'POST', timeout: 5, encoding: 'text', json: true });
		expect(request).toMatchObject({ disableFollowRedirect: true, maxRedirects: 0 });
	});
});

describe('a credential', () => {
	it('without a token is refused, and says where the token is', async () => {
		for (const appAuthToken of ['', '  ', undefined as unknown as string]) {
			const { message, description } = await refusal(post({}), { ...credential, appAuthToken });
			expect(message).toBe("'App Auth Token' in the credential is empty");
			expect(description).toContain('接口授权');
		}
	});

	it('has its blanks removed', async () => {
		const by = { ...unsigned, appAuthToken: ` ${TOKEN}\n` };
		expect(headersOf(await signed(post({}), by)).appAuthToken).toBe(TOKEN);
	});

	it.each([
		['a key in one line', keys.pkcs8.replaceAll('\n', '')],
		['bare Base64', keys.bare],
		['PKCS#1', keys.pkcs1],
	])('signs with %s', async (_, secret) => {
		expect(await bodySignatureIsValid(await signed(post({}), { ...credential, secret }))).toBe(
			true,
		);
	});

	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

	it.each([
		['a malformed key', `-----BEGIN PRIVATE KEY-----${keys.bare.slice(0, 200)}`],
		['an EC key', ec.export({ type: 'pkcs8', format: 'pem' }) as string],
		['something else', 'my-password'],
	])('with %s is refused before anything is sent', async (_, secret) => {
		const { message, description } = await refusal(post({}), { ...credential, secret });
		expect(message).toContain("'RSA Private Key'");
		expect(description).toMatch(/PKCS#8.*PEM.*Base64/);
		expect(`${message}${description}`).not.toContain(secret.slice(30, 60) || secret);
	});
});

describe('signing again, as n8n does after a 401', () => {
	it('gives one token, one signature, a fresh code, and is valid', async () => {
		const first = await signed(post({ contractId: '1' }));
		const second = await signed(first);
		const { uniqueCode } = headersOf(second);
		expect(uniqueCode).not.toBe(headersOf(first).uniqueCode);
		expect(await sentJson(second)).toEqual({
			appAuthToken: TOKEN,
			uniqueCode,
			operatorAccount: 'n8n',
			contractId: '1',
		});
		expect((await sentBytes(second)).toString().match(/uniqueCode/g)).toHaveLength(1);
		expect(await bodySignatureIsValid(second)).toBe(true);
		expect(Object.keys(headersOf(second)).sort()).toEqual(Object.keys(headersOf(first)).sort());
	});

	it('is the same as signing once, by the same clock and the same codes', async () => {
		const fixed = () => {
			let count = 0;
			return { now: source.now, uuid: () => `uuid-${count++}` };
		};
		for (const options of [
			post({ a: [1, '张'] }),
			{ url: `${BASE}/signRes?b=1&a=%20`, qs: { c: '+' } },
		]) {
			const once = await signed(options, unsigned, fixed());
			const twice = await signed(once, unsigned, fixed());
			expect(twice).toEqual(once);
			expect(sentPairs(twice)).toEqual(sentPairs(once));
		}
	});
});

describe('the older option names of the HTTP Request node', () => {
	const legacy = (options: object) => options as IHttpRequestOptions;

	it('are signed and fixed as well', async () => {
		const options = legacy({
			method: 'POST',
			uri: `${BASE}/contract/finish`,
			body: { contractId: '1' },
			qs: { debug: '是' },
			followRedirect: true,
			followAllRedirects: true,
			json: true,
		});
		const request = await signed(options);
		expect(request).toMatchObject({
			uri: `${BASE}/contract/finish?debug=%E6%98%AF`,
			followRedirect: false,
			followAllRedirects: false,
		});
		expect(request).not.toHaveProperty('url');
		expect(request).not.toHaveProperty('qs');
		expect(await bodySignatureIsValid(request)).toBe(true);
	});

	it('are refused for forms', async () => {
		for (const form of [{ form: { a: 1 } }, { formData: { a: 1 } }]) {
			const { message } = await refusal({ method: 'POST', uri: `${BASE}/x`, ...form });
			expect(message).toBe('Kaifangqian takes JSON bodies only');
		}
	});
});
