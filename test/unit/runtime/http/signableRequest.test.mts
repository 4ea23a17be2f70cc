import fc from 'fast-check';
import { UserError } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { JsonFileBody } from '../../../../nodes/CnEsign/runtime/http/bodies.js';
import {
	cleanBaseUrl,
	fixAddress,
	headerOf,
	isSameOrigin,
	jsonBodyOf,
	queryOf,
	serialise,
	setHeaders,
	targetOf,
	pathBelowBase,
	type SignableRequest,
} from '../../../../nodes/CnEsign/runtime/http/signableRequest.js';
import { runs } from '../../../seed.mjs';
import { anyText, fail, refusalOf } from '../../support.mjs';

const requestWith = (options: Record<string, unknown>) => options as unknown as SignableRequest;

describe('cleanBaseUrl', () => {
	it.each([
		['https://sign.example/openAPI/V2', 'https://sign.example/openAPI/V2'],
		['https://sign.example/openAPI/V2/', 'https://sign.example/openAPI/V2'],
		['  https://sign.example//  ', 'https://sign.example'],
		['http://127.0.0.1:8899/x', 'http://127.0.0.1:8899/x'],
	])('takes %j', (text, base) => {
		expect(cleanBaseUrl(text)).toBe(base);
	});

	it.each([
		['', 'is empty'],
		[undefined, 'is empty'],
		['///', 'is empty'],
		['sign.example/openAPI/V2', 'is not a web address'],
		['sign.example:8899/openAPI/V2', 'must start with https:// or http://'],
		['ftp://sign.example', 'must start with https:// or http://'],
		['https://sign.example/V2?token=1', 'must not hold a ? or #'],
		['https://sign.example/V2#top', 'must not hold a ? or #'],
		['https://sign.example/V2?', 'must not hold a ? or #'],
		['https://sign.example/V2#', 'must not hold a ? or #'],
		['https://me:made-up@sign.example', 'must not hold a user name or password'],
	])('refuses %j and names the field', (text, reason) => {
		expect(() => cleanBaseUrl(text)).toThrow(UserError);
		expect(() => cleanBaseUrl(text)).toThrow(`'Base URL' in the credential ${reason}`);
	});
});

describe('targetOf', () => {
	it.each([
		[{ url: 'https://a.example/x' }, 'https://a.example/x'],
		[{ uri: 'https://a.example/x' }, 'https://a.example/x'],
		[{ baseURL: 'https://a.example/V2', url: '/x' }, 'https://a.example/V2/x'],
		[{ baseURL: 'https://a.example/V2//', url: 'x' }, 'https://a.example/V2/x'],
		[{ baseURL: ' https://a.example/V2/ ', url: '/x' }, 'https://a.example/V2/x'],
		[
			{ baseURL: 'https://a.example/V2', url: '//evil.example/x' },
			'https://a.example/V2/evil.example/x',
		],
		[{ baseURL: 'https://a.example', url: 'HTTPS://b.example' }, 'https://b.example/'],
	])('%j', (options, address) => {
		expect(targetOf(requestWith(options)).href).toBe(address);
	});

	it('says so when there is no address', () => {
		expect(() => targetOf(requestWith({ url: '/x' }))).toThrow(UserError);
	});
});

describe('isSameOrigin', () => {
	it.each([
		'https://evil.example/V2',
		'http://sign.example/V2',
		'https://sign.example:444/V2',
		'https://sign.example.evil.example/V2',
		'https://user@sign.example.evil.example/V2',
	])('is another one: %s', (address) => {
		expect(isSameOrigin(new URL(address), 'https://sign.example/V2')).toBe(false);
	});

	it('takes every path of the host', () => {
		const url = new URL('https://sign.example:443/other');
		expect(isSameOrigin(url, 'https://sign.example/V2')).toBe(true);
	});
});

describe('query', () => {
	const names = fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
		.filter((name) => !/^\d/.test(name));

	it('comes through address and options unchanged, repeated keys in order', () => {
		const pairs = fc.array(fc.tuple(names, anyText), { maxLength: 6 });
		const qs = fc.dictionary(
			names,
			fc.oneof(anyText, fc.array(anyText, { maxLength: 3 }), fc.integer()),
		);
		fc.assert(
			fc.property(pairs, qs, (inAddress, inOptions) => {
				const query = new URLSearchParams(inAddress).toString();
				const request = requestWith({ url: `https://a.example/x?${query}`, qs: inOptions });
				const target = targetOf(request);
				const found = queryOf(request, target);
				fixAddress(request, target, found);
				expect([...new URL(request.url).searchParams.entries()]).toEqual(found);
				const expected = Object.entries(inOptions).flatMap(([key, value]) =>
					[value].flat().map((entry) => [key, String(entry)]),
				);
				expect(found).toEqual([...inAddress, ...expected]);
			}),
		);
	});

	it('leaves out what was not given and the names that the signer sets', () => {
		const request = requestWith({
			url: 'https://a.example/x?token=smuggled&a=1',
			qs: { token: 'again', b: undefined, c: null, d: { e: 1 }, f: '' },
		});
		expect(queryOf(request, targetOf(request), ['token'])).toEqual([
			['a', '1'],
			['d', '{"e":1}'],
			['f', ''],
		]);
	});

	it('sends characters that no text has as what stands for them, instead of breaking off', () => {
		const request = requestWith({ url: 'https://a.example/x', qs: { name: 'a\ud800b' } });
		const target = targetOf(request);
		const found = queryOf(request, target);
		expect(found).toEqual([['name', 'a\ufffdb']]);
		fixAddress(request, target, found);
		expect(request.url).toBe('https://a.example/x?name=a%EF%BF%BDb');
	});

	it('writes spaces and plus signs so that every server reads them alike', () => {
		const request = requestWith({ url: 'https://a.example/x' });
		fixAddress(request, targetOf(request), [['expires', '2030-06-29 18:00:00+08']]);
		expect(request.url).toBe('https://a.example/x?expires=2030-06-29%2018%3A00%3A00%2B08');
	});

	it('turns redirects off in both generations of option names', () => {
		const request = requestWith({ uri: 'https://a.example/x', qs: { a: 1 }, followRedirect: true });
		fixAddress(request, targetOf(request), []);
		expect(request).toEqual({
			uri: 'https://a.example/x',
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		});
	});
});

describe('headers', () => {
	it('replace a header of the same name in other letters', () => {
		const request = requestWith({ headers: { SIGN: 'old', Accept: 'x' } });
		setHeaders(request, { sign: 'new', nothing: undefined });
		expect(request.headers).toEqual({ Accept: 'x', sign: 'new' });
		expect(headerOf(request, 'accept')).toBe('x');
		expect(headerOf(request, 'none')).toBeUndefined();
	});
});

describe('jsonBodyOf', () => {
	it('reads objects, text and bytes alike', () => {
		const value = fc.dictionary(
			fc.string().filter((key) => key !== '__proto__'),
			fc.jsonValue({ maxDepth: 2 }).map((inner) => JSON.parse(JSON.stringify(inner)) as unknown),
		);
		fc.assert(
			fc.property(value, (body) => {
				const text = JSON.stringify(body);
				const expected = JSON.parse(text) as unknown;
				fc.pre(!/\d{16}/.test(text));
				for (const form of [body, text, Buffer.from(text)])
					expect(jsonBodyOf(requestWith({ body: form }))).toEqual(expected);
			}),
		);
	});

	it('keeps the digits of long ids in a text', () => {
		expect(jsonBodyOf(requestWith({ body: '{"contractId":1234567890123456789}' }))).toEqual({
			contractId: '1234567890123456789',
		});
	});

	it('reads a body with a file in it, to sign it again', () => {
		const fields = { file: { size: 0, open: async function* () {} }, fileName: 'a.pdf' };
		expect(jsonBodyOf(requestWith({ body: new JsonFileBody(fields) }))).toBe(fields);
	});

	it('takes no body as an empty object', () => {
		for (const body of [undefined, null, '']) expect(jsonBodyOf(requestWith({ body }))).toEqual({});
	});

	it.each([
		['text that is no JSON', { body: 'a=1' }],
		['a JSON list', { body: '[1]' }],
		['a JSON text', { body: '"a"' }],
		['null as text', { body: 'null' }],
		['form fields', { body: new URLSearchParams('a=1') }],
		['a form', { body: new FormData() }],
		['a form in the older options', { form: { a: 1 } }],
		['a multipart form in the older options', { formData: { a: 1 } }],
		['a list', { body: [1] }],
	])('does not take %s', (_, options) => {
		expect(jsonBodyOf(requestWith(options))).toBeUndefined();
	});
});

describe('serialise', () => {
	it('gives bytes, or a body that is read while it is sent', () => {
		expect(serialise({ a: '张' })).toEqual(Buffer.from('{"a":"张"}'));
		expect(serialise({ file: { size: 0, open: async function* () {} } })).toBeInstanceOf(
			JsonFileBody,
		);
	});
});

const checked = (path: string) => pathBelowBase(path, "'Path'", fail);

describe('pathBelowBase', () => {
	it('takes paths with and without the first slash', () => {
		expect(checked('/contract/tasks')).toBe('/contract/tasks');
		expect(checked('contract/tasks')).toBe('/contract/tasks');
		expect(checked('/a-b/%E5%90%88/v1.2/合同')).toBe('/a-b/%E5%90%88/v1.2/合同');
	});

	it.each([
		['https://evil.example/x', 'whole address'],
		['//evil.example/x', 'whole address'],
		['javascript:alert(1)', 'whole address'],
		['/%2Fevil.example', 'whole address'],
		['/a?b=1', 'holds a ? or #'],
		['/a%3Fb=1', 'holds a ? or #'],
		['/a#b', 'holds a ? or #'],
		['/a/../../b', 'leads out of the API'],
		['/a/%2e%2E/b', 'leads out of the API'],
		['/a%2f..%2fb', 'leads out of the API'],
		['/.', 'leads out of the API'],
		['/a\\..\\b', 'character that no path has'],
		['/a%5C..', 'character that no path has'],
		['/a b', 'character that no path has'],
		['/a\r\nHost: evil.example', 'character that no path has'],
		['/50%', '% that is not followed'],
	])('refuses %j', (path, reason) => {
		const refusal = refusalOf(() => checked(path));
		expect(refusal?.message).toContain(`'Path'`);
		expect(refusal?.message).toContain(reason);
		expect(refusal?.description).toBeTruthy();
	});

	it('never leaves the host or the base, whatever is given', () => {
		const nasty = fc.constantFrom(
			...['/', '.', '..', '//', '\\', '%2e', '%2f', '%5c', '%252e', '@', ':', ';', '?', '#', '\t'],
			...['evil.example', 'a', 'contract', '%', '%00', '．', '\u2028', 'http:', ' ', '\ud800'],
		);
		const paths = fc.oneof(
			fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join('')),
			fc.string({ unit: 'binary' }),
			fc.webPath(),
		);
		const bases = fc.constantFrom('https://sign.example/openAPI/V2', 'https://sign.example:8899');
		fc.assert(
			fc.property(paths, bases, (path, base) => {
				let accepted = '';
				const refusal = refusalOf(() => {
					accepted = checked(path);
				});
				if (refusal) return;
				const url = new URL(`${base}${accepted}`);
				expect(url.origin).toBe(new URL(base).origin);
				expect(url.username + url.search + url.hash).toBe('');
				expect(`${url.href}/`.startsWith(`${base}/`)).toBe(true);
			}),
			{ numRuns: runs(3000) },
		);
	});
});
