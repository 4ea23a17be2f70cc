import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { signText } from '../../sandbox/kaifangqian/keys.mjs';
import { clientOf, person, lisi, pdfOf, type Client } from '../../sandbox/kaifangqian/testing.mjs';

let sandbox: KaifangqianSandbox;
let api: Client;
beforeAll(async () => {
	sandbox = await startKaifangqian();
	api = clientOf(sandbox);
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const signRes = (more: Record<string, unknown> = {}) =>
	api.get('/signRes', { contact: sandbox.operator.contact, ...more });

describe('gate', () => {
	it('answers with the envelope and milliseconds', async () => {
		const { status, json } = await signRes();
		expect(status).toBe(200);
		expect(json).toMatchObject({ code: 10000, message: '成功' });
		expect(Object.keys(json)).toEqual(['code', 'message', 'result', 'timestamp']);
		expect(Math.abs(json.timestamp - Date.now())).toBeLessThan(5000);
		expect(json.result).toContainEqual({ signReId: sandbox.lines.free, signReName: '服务合同' });
		expect(JSON.stringify(json.result)).not.toContain(sandbox.lines.disabled);
	});

	it('tells tokens apart before it looks at parameters', async () => {
		const codes = [];
		for (const appAuthToken of [undefined, '', 'NOPENOPE', sandbox.disabledToken]) {
			codes.push((await api.get('/signRes', { appAuthToken })).json.code);
		}
		expect(codes).toEqual([40000, 40000, 41000, 42000]);
		expect((await api.get('/signRes')).json).toMatchObject({
			code: 21000,
			message: 'contact 参数缺失',
		});
		expect((await api.get('/signRes', { contact: ' ' })).json.code).toBe(22000);
		expect((await api.get('/signRes', { contact: '13999999999' })).json.code).toBe(31000);
	});

	it('does not take the token of endpoints 1–15 from a header', async () => {
		const headers = { appAuthToken: sandbox.token, uniqueCode: randomUUID() };
		expect((await api.raw('/signRes?contact=1', { headers })).json.code).toBe(40000);
		const answer = await api.post(
			'/contract/finish',
			{ appAuthToken: undefined, contractId: '1' },
			headers,
		);
		expect(answer.json.code).toBe(40000);
	});

	it('takes the token of endpoint 16 from the header only', async () => {
		const path = '/auth/corp/ident/link';
		expect((await api.post(path)).json.code).toBe(40000);
		const headers = { appAuthToken: sandbox.token, uniqueCode: randomUUID() };
		const { json } = await api.post(
			path,
			{ appAuthToken: undefined, uniqueCode: undefined },
			headers,
		);
		expect(json.result).toEqual({
			orderNo: expect.any(String),
			authUrl: expect.stringContaining('/ident/'),
		});
		expect((await fetch(json.result.authUrl)).status).toBe(200);
		sandbox.switches.endpoint16TokenInBody = true;
		expect((await api.post(path, {}, { uniqueCode: randomUUID() })).json.code).toBe(10000);
	});

	it('wants a JSON object in the body, even before a token', async () => {
		const bodies = ['', 'a=1', '[]', '"text"', '{"a":', Buffer.from([0x7b, 0xff, 0x7d])];
		for (const body of bodies) {
			const headers = { 'content-type': 'application/json' };
			expect((await api.raw('/contract/finish', { method: 'POST', headers, body })).json.code).toBe(
				25000,
			);
		}
		const headers = { 'content-type': 'text/plain' };
		const body = JSON.stringify({ appAuthToken: sandbox.token });
		expect((await api.raw('/contract/finish', { method: 'POST', headers, body })).json.code).toBe(
			25000,
		);
	});

	it('answers form 2 to unknown paths, wrong methods and disabled endpoints', async () => {
		const answers = [
			await api.get('/nope'),
			await api.post('/signRes'),
			await api.get('/contract/draft'),
			await api.get('/contract/viewUrl'),
			await api.raw('/contract', { method: 'DELETE' }),
			await api.raw('/signRes/'),
			await api.raw('/%zz'),
			await api.raw('/contract/draft', { method: 'PUT', body: '{' }),
		];
		for (const { json } of answers) {
			expect(json).toMatchObject({ success: false, message: expect.stringMatching(/^操作失败，/) });
		}
		const outside = await fetch(`${sandbox.origin}/some/page`);
		expect(outside.headers.get('content-type')).toContain('text/html');
	});

	it('does the work and then breaks when uniqueCode is missing', async () => {
		const docId = await api.upload(await pdfOf('one'));
		const { json } = await api.post('/contract/draft', {
			uniqueCode: undefined,
			operator: sandbox.operator,
			signReId: sandbox.lines.free,
			send: '1',
			signDocumentList: [{ docId }],
			signerList: [person(lisi, '1')],
		});
		expect(json.success).toBe(false);
		expect(sandbox.control.contracts()).toHaveLength(1);
	});

	it('repeats the work for a repeated uniqueCode', async () => {
		const uniqueCode = randomUUID();
		const docId = await api.upload(await pdfOf('one'));
		const params = { uniqueCode, signDocumentList: [{ docId }], signerList: [person(lisi, '1')] };
		expect(await api.draft(params)).not.toBe(await api.draft(params));
	});

	it('verifies the signature under the strict switch', async () => {
		sandbox.switches.strictSign = true;
		expect((await signRes()).json.code).toBe(26000);
		const query = {
			appAuthToken: sandbox.token,
			contact: sandbox.operator.contact,
			uniqueCode: 'ü 1',
		};
		const text = Object.entries(query)
			.map(([name, value]) => `${name}=${value}`)
			.join('&');
		const path = `/signRes?${new URLSearchParams({ ...query, blank: '' })}`;
		const sign = signText(text, sandbox.developerPrivateKey);
		expect((await api.raw(path, { headers: { sign } })).json.code).toBe(10000);
		const body = JSON.stringify({ appAuthToken: sandbox.token, uniqueCode: 'x', contractId: '中' });
		const post = (signed: string) =>
			api.raw('/contract/finish', {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					sign: signText(signed, sandbox.developerPrivateKey),
				},
				body,
			});
		expect((await post(body)).json.code).toBe(31000);
		expect((await post(`${body} `)).json.code).toBe(26000);
	});

	it('records calls, names fields no document knows, and counts what runs at once', async () => {
		sandbox.switches.latencyMs = 30;
		await Promise.all([signRes({ extra: '1' }), signRes(), signRes()]);
		expect(sandbox.maxInFlight).toBe(3);
		expect(sandbox.requests).toHaveLength(3);
		expect(sandbox.requests[0]).toMatchObject({ method: 'GET', path: '/signRes', statusCode: 200 });
		expect(sandbox.requests.flatMap(({ unknownFields }) => unknownFields)).toEqual(['extra']);
		const big = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1024 * 1024)]);
		await api.upload(big);
		expect(sandbox.requests[3].rawBody).toEqual({
			bytes: expect.any(Number),
			sha256: expect.any(String),
		});
	});

	it('changes code and result by switch', async () => {
		sandbox.switches.codeAsString = true;
		sandbox.switches.nullResult = true;
		const { json } = await api.post('/personCreateAndAuth', { account: lisi });
		expect(json).toMatchObject({ code: '10000', result: null });
		sandbox.reset();
		const plain = await api.post('/companyCreateAndAuth', { account: lisi });
		expect(Object.keys(plain.json)).toEqual(['code', 'message', 'timestamp']);
	});
});

describe('throttle', () => {
	const download = () => api.get('/contract/document/download', { contact: 'x', contractId: 'x' });

	it('lets five calls a second through, per path', async () => {
		const codes = await Promise.all(
			Array.from({ length: 6 }, async () => (await download()).json.code),
		);
		expect(codes.sort()).toEqual([31000, 31000, 31000, 31000, 31000, 999999]);
		expect((await api.post('/annex/file')).json.code).toBe(21000);
		const free = await Promise.all(
			Array.from({ length: 8 }, async () => (await signRes()).json.code),
		);
		expect(new Set(free)).toEqual(new Set([10000]));
	});

	it('opens again when the window has passed, and can be switched off', async () => {
		sandbox.switches.throttleWindowMs = 60;
		for (let call = 0; call < 5; call += 1) void download();
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect((await download()).json.code).toBe(999999);
		await new Promise((resolve) => setTimeout(resolve, 80));
		expect((await download()).json.code).toBe(31000);
		sandbox.switches.throttle = false;
		const all = await Promise.all(
			Array.from({ length: 9 }, async () => (await download()).json.code),
		);
		expect(new Set(all)).toEqual(new Set([31000]));
	});

	it('carries 999999 in each form', async () => {
		sandbox.switches.throttleCalls = 0;
		sandbox.switches.throttleForm = 2;
		expect((await download()).json).toMatchObject({ success: false, code: 999999 });
		sandbox.switches.throttleForm = 3;
		const page = await download();
		expect(page.status).toBe(500);
		expect(page.bytes.toString()).toContain('请勿频繁操作');
	});
});

describe('faults', () => {
	it('answers as planned, as often as planned, on the path planned', async () => {
		sandbox.failNext('/signRes', 'form2', 2);
		sandbox.failNext('*', 'form3');
		sandbox.failNext('/contract/tasks', {
			status: 418,
			body: 'tea',
			headers: { 'x-tea': '1', 'Content-Type': 'text/plain' },
		});
		expect((await signRes()).json.success).toBe(false);
		expect((await signRes()).json.success).toBe(false);
		expect((await signRes()).status).toBe(500);
		expect((await signRes()).json.code).toBe(10000);
		const tea = await api.get('/contract/tasks');
		expect([tea.status, tea.headers.get('x-tea'), tea.bytes.toString()]).toEqual([418, '1', 'tea']);
	});

	it('gives pages, cut JSON, throttles and late answers', async () => {
		sandbox.failNext('*', 'html200');
		expect((await signRes()).headers.get('content-type')).toContain('text/html');
		sandbox.failNext('*', 'hugeHtml');
		expect((await signRes()).bytes.length).toBeGreaterThan(10 * 1024 * 1024);
		sandbox.failNext('*', 'truncatedJson');
		await expect(signRes()).rejects.toThrow(/JSON/);
		sandbox.failNext('*', 'throttled1');
		expect((await signRes()).json.code).toBe(999999);
		sandbox.failNext('*', { delayMs: 60 });
		const before = performance.now();
		expect((await signRes()).json.code).toBe(10000);
		expect(performance.now() - before).toBeGreaterThan(50);
	});

	it('drops the connection before or after the work', async () => {
		const docId = await api.upload(await pdfOf('one'));
		const params = { signDocumentList: [{ docId }], signerList: [person(lisi, '1')] };
		sandbox.failNext('/contract/draft', 'dropBefore');
		await expect(api.draft(params)).rejects.toThrow();
		expect(sandbox.control.contracts()).toHaveLength(0);
		sandbox.failNext('/contract/draft', 'dropAfter');
		await expect(api.draft(params)).rejects.toThrow();
		expect(sandbox.control.contracts()).toHaveLength(1);
		expect(sandbox.requests.slice(-1)[0].statusCode).toBe(0);
	});
});
