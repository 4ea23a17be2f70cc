import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { clientOf, lisi, pdfOf, person, type Client } from '../../sandbox/kaifangqian/testing.mjs';
import { startReceiver } from '../../sandbox/shared/receiver.mjs';

let sandbox: KaifangqianSandbox;
let api: Client;
let contractId: string;
let now: number;
beforeAll(async () => {
	sandbox = await startKaifangqian({ switches: { throttle: false }, now: () => now });
	api = clientOf(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	now = Date.now();
	const docId = await api.upload(await pdfOf('one'), '<img src=x>.pdf');
	contractId = await api.draft({
		subject: '<script>alert(1)</script>',
		signDocumentList: [{ docId }],
		signerList: [person(lisi, '1')],
	});
});
afterAll(() => sandbox.close());

const noLoginPage = async () => {
	const { json } = await api.get('/contract/pageUrl', {
		contact: lisi.contact,
		contractId,
		noLogin: 'true',
	});
	return String(json.result.pageUrl).replace('/#', '');
};
const form = (
	values: Record<string, string>,
	headers: Record<string, string> = {},
): RequestInit => ({
	method: 'POST',
	redirect: 'manual',
	headers,
	body: new URLSearchParams(values),
});
const pageOf = (url: string) =>
	`${sandbox.origin}/contract/page/${url.split('=').pop()!.split('/').pop()}`;
const openTask = () => sandbox.control.contract(contractId).openTasks[0];

describe('signing pages', () => {
	it('show the document and sign, everything escaped', async () => {
		const url = await noLoginPage();
		const text = await (await fetch(url)).text();
		expect(text).toContain('签署 Sign');
		expect(text).toContain('&lt;script&gt;alert(1)');
		expect(text).not.toMatch(/<script>alert|<img/);
		const [, source] = /data="([^"]+)"/.exec(text)!;
		const document = await fetch(sandbox.origin + source);
		expect(document.headers.get('content-type')).toBe('application/pdf');
		const posted = await fetch(pageOf(url), form({ action: 'do', taskId: openTask() }));
		expect(posted.status).toBe(303);
		expect(await (await fetch(sandbox.origin + posted.headers.get('location'))).text()).toContain(
			'已提交',
		);
		expect(sandbox.control.contract(contractId).status).toBe('COMPLETE');
	});

	it('refuse with a reason', async () => {
		await fetch(
			pageOf(await noLoginPage()),
			form({ action: 'refuse', taskId: openTask(), reason: '条款不同意' }),
		);
		expect(sandbox.control.contract(contractId)).toMatchObject({
			status: 'REFUSAL_SIGN',
			reason: '条款不同意',
		});
	});

	it('ask for a login without noLogin, and lead back to web addresses only', async () => {
		const links = [];
		for (const callbackPage of ['https://shop.example.com/?a=1&b=2', 'javascript:alert(1)']) {
			const { json } = await api.get('/contract/taskUrl', {
				contractId,
				taskId: openTask(),
				callbackPage,
			});
			links.push(json.result.pageUrl as string);
		}
		expect(await (await fetch(links[0])).text()).toContain('登录 Log in');
		expect((await fetch(pageOf(links[0]), form({ action: 'do', taskId: openTask() }))).status).toBe(
			403,
		);
		const login = await fetch(pageOf(links[0]), form({ action: 'login' }));
		const cookie = login.headers.get('set-cookie')!.split(';')[0];
		const done = await fetch(
			pageOf(links[0]),
			form({ action: 'do', taskId: openTask() }, { cookie }),
		);
		const read = async (path: string) =>
			(await fetch(sandbox.origin + path, { headers: { cookie } })).text();
		expect(await read(done.headers.get('location')!)).toContain(
			'href="https://shop.example.com/?a=1&amp;b=2"',
		);
		expect(await read(`/task/${links[1].split('/').pop()}`)).not.toContain('javascript:');
	});

	it('expire', async () => {
		const url = await noLoginPage();
		now += 72 * 3_600_000 + 1;
		expect((await fetch(url)).status).toBe(404);
	});

	it('pass on what happened to an identity order, once', async () => {
		const receiver = await startReceiver();
		const headers = { appAuthToken: sandbox.token, uniqueCode: randomUUID() };
		const { json } = await api.post(
			'/auth/corp/ident/link',
			{ authCallbackUrl: receiver.url, clientRequestId: 'r1' },
			headers,
		);
		for (let time = 0; time < 2; time += 1)
			await fetch(json.result.authUrl, form({ action: 'pass' }));
		await sandbox.callbacks.idle();
		expect(receiver.heard.map(({ body }) => JSON.parse(body.toString()))).toEqual([
			{ orderNo: json.result.orderNo, clientRequestId: 'r1' },
		]);
		await receiver.close();
	});
});

describe('control over HTTP', () => {
	const control = async (path: string, body?: unknown) => {
		const headers = { 'content-type': 'application/json' };
		const init =
			body === undefined ? undefined : { method: 'POST', headers, body: JSON.stringify(body) };
		const response = await fetch(`${sandbox.origin}/__control${path}`, init);
		return { status: response.status, json: await response.json() };
	};

	it('does what the library does', async () => {
		expect((await control('/info')).json).toMatchObject({
			baseUrl: sandbox.baseUrl,
			token: sandbox.token,
			lines: sandbox.lines,
		});
		expect((await control('/sign', { contractId, who: lisi.contact })).json).toMatchObject({
			status: 'COMPLETE',
		});
		expect((await control('/sign', { contractId })).status).toBe(400);
		expect((await control('/contracts')).json).toHaveLength(1);
		expect((await control('/switches', { latencyMs: 1, nope: 1 })).status).toBe(400);
		await control('/switches', { codeAsString: true, downloadBytes: null });
		expect(sandbox.switches.codeAsString).toBe(true);
		await control('/fail-next', { path: '/signRes', fault: 'form3' });
		expect((await api.get('/signRes')).status).toBe(500);
		const summary = JSON.stringify((await control('/requests/summary')).json);
		expect(summary).toContain('/contract/draft');
		expect(summary).not.toContain(sandbox.token);
		expect((await control('/deliveries')).json).toEqual([]);
		await control('/reset', {});
		expect(sandbox.control.contracts()).toEqual([]);
	});
});
