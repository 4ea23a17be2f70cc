import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { lisi, pdfOf, person } from '../../../sandbox/kaifangqian/testing.mjs';
import { startReceiver } from '../../../sandbox/shared/receiver.mjs';
import { useStage } from './support.mjs';

let now = Date.now();
const stage = useStage({ now: () => now });
let contractId: string;
beforeEach(async () => {
	now = Date.now();
	const docId = await stage.api.upload(await pdfOf('one'), '<img src=x>');
	contractId = await stage.contract({
		subject: '<script>alert(1)</script>',
		signDocumentList: [{ docId }],
	});
});

const linkFor = async (id: string, contact: string, noLogin = 'true') => {
	const { json } = await stage.api.get('/contract/pageUrl', { contact, contractId: id, noLogin });
	// A browser's script opens the page behind the # of the console.
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
const pageOf = (url: string) => `${stage.sandbox.origin}/contract/page/${url.split('code=').pop()}`;
const openTask = (id = contractId) => stage.sandbox.control.contract(id).openTasks[0];

describe('signing pages', () => {
	it('show the document and sign, everything escaped', async () => {
		const url = await linkFor(contractId, lisi.contact);
		const text = await (await fetch(url)).text();
		expect(text).toContain('签署 Sign');
		expect(text).toContain('&lt;script&gt;alert(1)');
		expect(text).not.toMatch(/<script>alert|<img/);
		const [, source] = /data="([^"]+)"/.exec(text) ?? [];
		const document = await fetch(stage.sandbox.origin + source);
		expect(document.headers.get('content-type')).toBe('application/pdf');
		const posted = await fetch(pageOf(url), form({ action: 'do', taskId: openTask() }));
		expect(posted.status).toBe(303);
		const after = await fetch(stage.sandbox.origin + posted.headers.get('location'));
		expect(await after.text()).toContain('已提交');
		expect(stage.status(contractId)).toBe('COMPLETE');
		const again = await fetch(pageOf(url), form({ action: 'do', taskId: 'nope' }));
		expect(again.status).toBe(409);
	});

	it('refuse with a reason', async () => {
		const url = await linkFor(contractId, lisi.contact);
		const values = { action: 'refuse', taskId: openTask(), reason: '条款不同意' };
		await fetch(pageOf(url), form(values));
		expect(stage.sandbox.control.contract(contractId)).toMatchObject({
			status: 'REFUSAL_SIGN',
			reason: '条款不同意',
		});
	});

	it('fill in, and say what is missing', async () => {
		const id = await stage.contract({
			signReId: stage.sandbox.lines.presetTemplate,
			signDocumentList: undefined,
			signerList: [person(lisi, '2'), person(lisi, '3')],
			signTemplateParamList: [
				{
					templateParamList: [
						{ paramKey: 'amount', paramValue: '1' },
						{ paramKey: 'when', paramValue: '2030-06-29' },
					],
				},
			],
		});
		const url = await linkFor(id, lisi.contact);
		expect(await (await fetch(url)).text()).toContain('name="fill.address"');
		const taskId = openTask(id);
		const empty = await fetch(pageOf(url), form({ action: 'do', taskId }));
		expect([empty.status, await empty.text()]).toEqual([409, expect.stringContaining('请完善')]);
		await fetch(pageOf(url), form({ action: 'do', taskId, 'fill.address': '某路1号' }));
		expect(stage.sandbox.control.contract(id).values).toMatchObject({ address: '某路1号' });
	});

	it('ask for a login without noLogin', async () => {
		const url = await linkFor(contractId, lisi.contact, 'false');
		expect(await (await fetch(url)).text()).toContain('登录 Log in');
		const values = { action: 'do', taskId: openTask() };
		expect((await fetch(pageOf(url), form(values))).status).toBe(403);
		const login = await fetch(pageOf(url), form({ action: 'login' }));
		const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0];
		expect((await fetch(pageOf(url), form(values, { cookie }))).status).toBe(303);
		expect(stage.status(contractId)).toBe('COMPLETE');
	});

	it('of a task lead back to web addresses only', async () => {
		const pages = ['https://shop.example.com/?a=1&b=2', 'javascript:alert(1)'];
		const opened = [];
		for (const callbackPage of pages) {
			const params = { contractId, taskId: openTask(), callbackPage };
			const { json } = await stage.api.get('/contract/taskUrl', params);
			const { url } = await fetch(String(json.result.pageUrl).replace('/#', ''));
			const login = await fetch(pageOf(url), form({ action: 'login' }));
			const headers = { cookie: (login.headers.get('set-cookie') ?? '').split(';')[0] };
			opened.push({ url, headers });
		}
		stage.sandbox.control.sign(contractId);
		const [web, script] = await Promise.all(
			opened.map(async ({ url, headers }) => await (await fetch(url, { headers })).text()),
		);
		expect(web).toContain('href="https://shop.example.com/?a=1&amp;b=2"');
		expect(script).not.toContain('javascript:');
	});

	it('expire', async () => {
		const url = await linkFor(contractId, lisi.contact);
		now += 72 * 3_600_000 + 1;
		expect((await fetch(url)).status).toBe(404);
	});
});

it('what happened to an identity order is passed on, once', async () => {
	stage.sandbox.switches.hostedSite = true;
	const receiver = await startReceiver();
	const headers = { appAuthToken: stage.sandbox.token, uniqueCode: randomUUID() };
	const { json } = await stage.api.post(
		'/auth/corp/ident/link',
		{ authCallbackUrl: receiver.url, clientRequestId: 'r1' },
		headers,
	);
	for (let time = 0; time < 2; time += 1)
		await fetch(json.result.authUrl, form({ action: 'pass' }));
	await stage.sandbox.callbacks.idle();
	expect(receiver.heard.map(({ body }) => JSON.parse(body.toString()))).toEqual([
		{ orderNo: json.result.orderNo, clientRequestId: 'r1' },
	]);
	await receiver.close();
});

describe('control over HTTP', () => {
	const control = async (path: string, body?: unknown) => {
		const headers = { 'content-type': 'application/json' };
		const init =
			body === undefined ? undefined : { method: 'POST', headers, body: JSON.stringify(body) };
		const response = await fetch(`${stage.sandbox.origin}/__control${path}`, init);
		return { status: response.status, json: await response.json() };
	};

	it('does what the library does', async () => {
		const { sandbox } = stage;
		expect((await control('/info')).json).toMatchObject({
			baseUrl: sandbox.baseUrl,
			token: sandbox.token,
			lines: sandbox.lines,
		});
		const id = contractId;
		const steps: Array<[string, string]> = [
			['/recall', 'RECALLED'],
			['/remove', 'DELETED'],
			['/restore', 'DRAFT'],
			['/start', 'SIGNING'],
			['/sign-all', 'COMPLETE'],
		];
		for (const [path, status] of steps)
			expect((await control(path, { contractId: id, reason: '改' })).json).toMatchObject({
				status,
			});
		expect((await control('/sign', { contractId: id })).status).toBe(400);
		expect((await control('/contracts')).json).toHaveLength(1);
		expect((await control(`/placed/${id}`)).json).toEqual([]);
		expect((await control('/deliveries')).json).toEqual([]);
	});

	it('sets what people set', async () => {
		const { sandbox } = stage;
		await control('/line', { name: 'free', state: 'disabled' });
		expect(await stage.answer()).toMatchObject({ code: 31000 });
		expect((await control('/line', { name: 'free', state: 'odd' })).status).toBe(400);
		await control('/token', { enabled: false });
		expect((await stage.api.get('/signRes')).json.code).toBe(42000);
		await control('/token', { enabled: true });
		await control('/callback-url', { url: 'http://127.0.0.1:9/cb' });
		expect((await control('/switches', { latencyMs: 1, nope: 1 })).status).toBe(400);
		await control('/switches', { codeAsString: true, downloadBytes: null, spoilNext: ['refused'] });
		expect(sandbox.switches).toMatchObject({ codeAsString: true, spoilNext: ['refused'] });
		await control('/fail-next', { path: '/signRes', fault: 'html500' });
		expect((await stage.api.get('/signRes')).status).toBe(500);
		const summary = JSON.stringify((await control('/requests/summary')).json);
		expect(summary).toContain('/contract/draft');
		expect(summary).not.toContain(sandbox.token);
		await control('/expiry-job', {});
		await control('/reset', {});
		expect(sandbox.control.contracts()).toEqual([]);
		expect((await control('/line', { name: 'free', state: 'usual' })).json).toEqual({ ok: true });
	});
});
