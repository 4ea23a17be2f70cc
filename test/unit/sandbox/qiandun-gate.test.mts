import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaller, type Call } from '../../sandbox/qiandun/caller.mjs';
import {
	createGate,
	md5,
	signature,
	stringToSign,
	WINDOW_MS,
} from '../../sandbox/qiandun/gate.mjs';
import { startQiandun, type QiandunSandbox } from '../../sandbox/qiandun/index.mjs';
import { parseQuery, queryObject, signedQuery } from '../../sandbox/qiandun/query.mjs';
import { defaultSwitches } from '../../sandbox/qiandun/switches.mjs';
import { runs } from '../../seed.mjs';

const ECHO = '/sandbox-only/echo';

describe('vectors of docs/api/qiandun.md 2.3', () => {
	const common = {
		accept: 'application/json',
		'x-ca-key': 'demoKey',
		'x-ca-nonce': '11111111-2222-3333-4444-555555555555',
		'x-ca-timestamp': '1700000000000',
		'x-ca-signature-headers': 'X-Ca-Key,X-Ca-Nonce,X-Ca-Timestamp',
	};
	const body = Buffer.from('{"serviceId":"S1","businessCode":null}');
	const post = {
		method: 'POST',
		url: '/api/open/psnCert/faceResult',
		headers: {
			...common,
			'content-type': 'application/json',
			'content-md5': 'kmTCsQaxHBzpDGIWfiB+yA==',
		},
		body,
	};
	const get = {
		method: 'GET',
		url: '/api/open/seal/detail?sealId=100000014',
		headers: common,
		body: Buffer.alloc(0),
	};
	const signatures = {
		post: '9dOAvY7SrkXQ5Gb5r4HA/DOjsyodRUey0wzQdFAVSI0=',
		get: '79cHKO78xqw1vvQVq3XMASpxjLwPEmeOvz4gFQG0pAI=',
	};

	it('computes MD5, string and signature', () => {
		expect(md5(body)).toBe('kmTCsQaxHBzpDGIWfiB+yA==');
		expect(signature('demoSecret', stringToSign(post, []))).toBe(signatures.post);
		const pairs = parseQuery('sealId=100000014', 'space') ?? [];
		expect(signature('demoSecret', stringToSign(get, pairs))).toBe(signatures.get);
	});

	it('lets both in with a clock set to that time, once', () => {
		const gate = createGate({
			secretOf: (key) => (key === 'demoKey' ? 'demoSecret' : undefined),
			switches: defaultSwitches(),
			now: () => 1_700_000_000_000,
		});
		const signed = (request: typeof get, value: string) => ({
			...request,
			headers: { ...request.headers, 'x-ca-signature': value },
		});
		expect(gate.check(signed(post, signatures.post)).refused).toBeNull();
		gate.reset(); // both vectors carry the same nonce
		expect(gate.check(signed(get, signatures.get)).refused).toBeNull();
		expect(gate.check(signed(get, signatures.get)).refused).toBe('repeatedNonce');
	});

	it('answers them over HTTP', async () => {
		const sandbox = await startQiandun({
			appKey: 'demoKey',
			appSecret: 'demoSecret',
			now: () => 1_700_000_000_000,
		});
		const answer = await fetch(`${sandbox.origin}${get.url}`, {
			headers: { ...common, 'x-ca-signature': signatures.get },
		});
		expect(await answer.json()).toMatchObject({
			code: '200',
			ts: '1700000000000',
			result: { sealId: 100000014 },
		});
		await sandbox.close();
	});
});

describe('query', () => {
	it('sorts by key, keeps the order of repeated keys, signs decoded values', () => {
		const pairs = parseQuery('b=%E5%BC%A0%E4%B8%89&a=2&a=1&c=x+y&d=x%2By', 'space') ?? [];
		expect(signedQuery(pairs)).toBe('a=2&a=1&b=张三&c=x y&d=x+y');
		expect(queryObject(pairs)).toEqual({ a: ['2', '1'], b: '张三', c: 'x y', d: 'x+y' });
		expect(parseQuery('c=x+y', 'literal')).toEqual([{ key: 'c', value: 'x+y' }]);
		expect(parseQuery('a=%E5%BC', 'space')).toBeNull();
	});

	it('reads back whatever was encoded', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: 'grapheme' }))), (entries) => {
				const raw = entries.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
				const pairs = parseQuery(raw, 'space') ?? [];
				expect(pairs.map(({ key, value }) => [key, value])).toEqual(entries);
			}),
			{ numRuns: runs(50) },
		);
	});
});

describe('gate over HTTP', () => {
	let sandbox: QiandunSandbox;
	let call: Call;
	let clock = Date.now;
	beforeAll(async () => {
		sandbox = await startQiandun({ now: () => clock() });
		call = createCaller(sandbox);
	});
	afterAll(() => sandbox.close());
	afterEach(() => {
		clock = Date.now;
		sandbox.reset();
	});
	const outcome = () => sandbox.requests.at(-1)?.outcome;

	it.each<[string, Parameters<Call>[2]]>([
		['missingKey', { spoil: { 'X-Ca-Key': null } }],
		['missingSignature', { spoil: { 'X-Ca-Signature': null } }],
		[
			'missingKey',
			{ spoil: { 'X-Ca-Key': null, 'X-Ca-Signature': null, Authorization: 'Bearer x' } },
		],
		['unknownKey', { spoil: { 'X-Ca-Key': 'someoneElse' } }],
		['wrongSignature', { secret: 'wrong' }],
		['wrongSignature', { spoil: { Accept: '*/*' } }],
		['wrongSignature', { spoil: { 'Content-Type': 'application/json; charset=utf-8' } }],
		['wrongSignature', { spoil: { Date: 'Tue, 14 Nov 2023 22:13:20 GMT' } }],
		['wrongSignature', { spoil: { 'X-Ca-Timestamp': String(Date.now() + 5) } }],
		['wrongSignature', { spoil: { 'X-Ca-Nonce': 'another' } }],
		['badTimestamp', { timestamp: 'now' }],
		['staleTimestamp', { timestamp: String(Math.floor(Date.now() / 1000)) }],
		['wrongMd5', { md5: md5('other') }],
		['wrongMd5', { spoil: { 'Content-MD5': md5('other') } }],
		['missingMd5', { md5: null }],
		['emptyQueryValue', { query: [['a', '']] }],
	])('refuses: %s %#', async (reason, options) => {
		const answer = await call('POST', ECHO, { body: { a: 1 }, ...options });
		expect(outcome()).toBe(`gate:${reason}`);
		expect(answer.status).toBe(200);
		expect(answer.json).toMatchObject({
			code: '400',
			msg: '参数错误.',
			result: null,
			success: false,
		});
	});

	it('refuses in the three forms of §9.6', async () => {
		sandbox.switches.gateRefusal = 'json4xx';
		const json = await call('GET', ECHO, { secret: 'wrong' });
		expect(json.status).toBe(403);
		expect(json.headers.get('x-ca-error-code')).toBe('wrongSignature');
		expect(json.headers.get('x-ca-error-message')).toMatch(
			/, Server StringToSign:GET#application\/json####X-Ca-Key:.+#\/api\/sandbox-only\/echo$/,
		);
		expect(json.json?.code).toBe('400');
		const named = await call('GET', ECHO, { secret: 'wrong', query: [['name', '张三']] });
		expect(named.headers.get('x-ca-error-message')).toMatch(/\?name=%E5%BC%A0%E4%B8%89$/);

		sandbox.switches.gateRefusal = 'empty4xx';
		sandbox.switches.gateStatus = 401;
		const empty = await call('GET', ECHO, { secret: 'wrong' });
		expect(empty.status).toBe(401);
		expect(empty.headers.get('x-ca-error-message')).toBeTruthy();
		expect(empty.text).toBe('');
		expect(sandbox.requests.map(({ status }) => status)).toContain(401);
	});

	it('takes the timestamp within 15 minutes, both ways, and its own skewed clock', async () => {
		const at = Date.now();
		clock = () => at;
		const codeAt = async (shift: number) =>
			(await call('GET', ECHO, { timestamp: String(at + shift) })).json?.code;
		expect(await codeAt(-WINDOW_MS)).toBe('200');
		expect(await codeAt(WINDOW_MS)).toBe('200');
		expect(await codeAt(-WINDOW_MS - 1)).toBe('400');
		expect(await codeAt(WINDOW_MS + 1)).toBe('400');
		sandbox.switches.clockSkewMs = WINDOW_MS + 60_000;
		expect(await codeAt(0)).toBe('400');
		expect(outcome()).toBe('gate:staleTimestamp');
	});

	it('refuses a nonce for 15 minutes, then takes it again', async () => {
		const start = Date.now();
		clock = () => start;
		const use = async () =>
			(await call('GET', ECHO, { nonce: 'once', timestamp: String(clock()) })).json?.code;
		expect(await use()).toBe('200');
		expect(await use()).toBe('400');
		expect(outcome()).toBe('gate:repeatedNonce');
		clock = () => start + WINDOW_MS;
		expect(await use()).toBe('400');
		clock = () => start + WINDOW_MS + 1;
		expect(await use()).toBe('200');
	});

	it('signs only the key when no list is sent, unless strict', async () => {
		const options = { signedHeaders: null };
		const backwards = { signedHeaders: ['X-Ca-Timestamp', 'X-Ca-Nonce', 'X-Ca-Key'] };
		expect((await call('GET', ECHO, backwards)).json?.code).toBe('400');
		expect(outcome()).toBe('gate:unsignedHeaders');
		expect((await call('GET', ECHO, options)).json?.code).toBe('200');
		sandbox.switches.strictSignedHeaders = true;
		expect((await call('GET', ECHO, options)).json?.code).toBe('400');
		expect(outcome()).toBe('gate:unsignedHeaders');
		expect((await call('GET', ECHO)).json?.code).toBe('200');
		const unordered = { signedHeaders: ['X-Ca-Timestamp', 'X-Ca-Key', 'X-Ca-Nonce'] };
		expect((await call('GET', ECHO, unordered)).json?.code).toBe('400');
	});

	it('takes no credentials from the query', async () => {
		const { baseUrl, appKey, appSecret } = sandbox;
		const query = new URLSearchParams({ 'X-Ca-Key': appKey, appKey, appSecret });
		const answer = await fetch(`${baseUrl}${ECHO}?${query.toString()}`);
		expect(await answer.json()).toMatchObject({ code: '400' });
		expect(outcome()).toBe('gate:missingKey');
	});

	it('takes a body without MD5 when not strict', async () => {
		sandbox.switches.strictMd5 = false;
		expect((await call('POST', ECHO, { body: {}, md5: null })).json?.code).toBe('200');
	});

	it('verifies Chinese, spaced, plus-signed and repeated query values, however ordered', async () => {
		const query: Array<[string, string]> = [
			['psnName', '张三 & 李四'],
			['b', '1+1=2'],
			['a', 'z'],
			['a', 'y'],
			['emoji', '✍️'],
		];
		const { json } = await call('GET', ECHO, { query });
		expect(json?.result.query).toEqual({
			psnName: '张三 & 李四',
			b: '1+1=2',
			a: ['z', 'y'],
			emoji: '✍️',
		});
		expect(json?.result.queryPairs).toEqual(query);
		expect(sandbox.requests.at(-1)?.stringToSign).toMatch(
			/\?a=z&a=y&b=1\+1=2&emoji=✍️&psnName=张三 & 李四$/,
		);

		// The same over the wire with `+` for a space, as form encoding writes it.
		const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
		expect((await call('GET', ECHO, { query, encode })).json?.code).toBe('200');
		sandbox.switches.plusInQuery = 'literal';
		expect((await call('GET', ECHO, { query, encode })).json?.code).toBe('400');
	});

	it('lets empty values in only when switched', async () => {
		sandbox.switches.refuseEmptyQuery = false;
		const { json } = await call('GET', ECHO, {
			query: [
				['a', ''],
				['b', '1'],
			],
		});
		expect(json?.result.query).toEqual({ a: '', b: '1' });
	});

	it('takes multipart without MD5, and refuses a wrong one', async () => {
		const form = new FormData();
		form.set('note', '合同');
		form.set(
			'file',
			new Blob([Buffer.from([0, 1, 2, 255])], { type: 'application/pdf' }),
			'合同.pdf',
		);
		const encoded = new Response(form);
		const contentType = encoded.headers.get('content-type');
		const body = new Uint8Array(await encoded.arrayBuffer());
		const { json } = await call('POST', ECHO, { body, contentType, md5: null });
		expect(json?.result).toMatchObject({
			fields: [{ name: 'note', value: '合同' }],
			files: [{ name: 'file', fileName: '合同.pdf', contentType: 'application/pdf', size: 4 }],
		});
		expect((await call('POST', ECHO, { body, contentType, md5: md5('x') })).json?.code).toBe('400');
		expect(outcome()).toBe('gate:wrongMd5');

		const form2 = {
			body: 'a=1&b=%E4%B8%AD',
			contentType: 'application/x-www-form-urlencoded',
			md5: null,
		};
		expect((await call('PUT', ECHO, form2)).json?.result.fields).toEqual([
			{ name: 'a', value: '1' },
			{ name: 'b', value: '中' },
		]);
	});

	it('echoes JSON with emoji, and any method', async () => {
		const body = { text: '签署✍️', list: [1, null] };
		const { json } = await call('PATCH', ECHO, { body });
		expect(json?.result).toMatchObject({
			method: 'PATCH',
			path: `/api${ECHO}`,
			contentType: 'application/json',
			body,
		});
		expect((await call('DELETE', ECHO)).json?.result.method).toBe('DELETE');
	});

	it('stands before unknown paths too', async () => {
		await call('GET', '/open/nothing', { secret: 'wrong' });
		expect(outcome()).toBe('gate:wrongSignature');
		expect((await call('GET', '/open/nothing')).json).toMatchObject({ code: '400' });
		expect(outcome()).toBe('unknownPath');
		sandbox.switches.unknownPathAnswer = 'http404';
		expect(await call('POST', '/open/seal/detail', { body: {} })).toMatchObject({
			status: 404,
			text: '',
		});
	});

	it('records the request as received and no secret', async () => {
		await call('POST', ECHO, { body: '{"a":1}', query: [['k', 'v']] });
		const record = sandbox.requests.at(-1);
		expect(record).toMatchObject({
			method: 'POST',
			path: `/api${ECHO}`,
			query: { k: 'v' },
			rawQuery: 'k=v',
			outcome: 'ok',
		});
		expect(record?.rawBody.toString()).toBe('{"a":1}');
		expect(record?.nonce).toMatch(/^[\da-f-]{36}$/);
		expect(JSON.stringify(sandbox.requests)).not.toContain(sandbox.appSecret);
	});
});
