import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaller, type Call } from '../../sandbox/qiandun/caller.mjs';
import {
	defaultSwitches,
	startQiandun,
	type QiandunSandbox,
} from '../../sandbox/qiandun/index.mjs';
import { switchesSchema } from '../../sandbox/qiandun/switches.mjs';

let sandbox: QiandunSandbox;
let call: Call;
beforeAll(async () => {
	sandbox = await startQiandun();
	call = createCaller(sandbox);
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const person = () => call('GET', '/open/psnGet', { query: [['accountId', '1120']] });
const page = () => call('POST', '/open/psnCert/getUrl', { body: {} });

describe('faults', () => {
	it('answers what was ordered, as often as ordered, on that path', async () => {
		sandbox.failNext('/open/psnGet', 'code500', 2);
		expect((await page()).json?.code).toBe('200');
		expect((await person()).json).toMatchObject({
			code: '500',
			msg: '服务繁忙,请重试.',
			result: null,
		});
		expect((await person()).json?.code).toBe('500');
		expect((await person()).json?.code).toBe('200');
		sandbox.failNext('/api/open/psnGet', 'nonJson');
		expect(await person()).toMatchObject({ status: 200, json: undefined });
		sandbox.failNext('*', 'html200');
		expect((await person()).text).toContain('<html>');
		sandbox.failNext('*', { status: 503, body: { message: 'x' }, headers: { 'Retry-After': '1' } });
		const busy = await person();
		expect([busy.status, busy.text, busy.headers.get('retry-after')]).toEqual([
			503,
			'{"message":"x"}',
			'1',
		]);
	});

	it('cuts and drops before and after the work is done', async () => {
		const pages = () => sandbox.state.personPages.length;
		sandbox.failNext('*', 'truncatedJson');
		expect(await page()).toMatchObject({ status: 200, json: undefined });
		expect(pages()).toBe(1);
		sandbox.failNext('*', 'dropBefore');
		await expect(page()).rejects.toThrow();
		expect(pages()).toBe(1);
		sandbox.failNext('*', 'dropAfter');
		await expect(page()).rejects.toThrow();
		expect(pages()).toBe(2);
		expect(sandbox.requests.map(({ outcome, status }) => [outcome, status])).toEqual([
			['fault:truncatedJson', 200],
			['fault:dropBefore', null],
			['fault:dropAfter', null],
		]);
	});

	it('keeps the gate before the fault', async () => {
		sandbox.failNext('*', 'code500');
		await call('GET', '/open/psnGet', { secret: 'wrong' });
		expect(sandbox.requests.at(-1)?.outcome).toBe('gate:wrongSignature');
	});

	it('delays, and counts what is in flight', async () => {
		sandbox.failNext('*', { delayMs: 60 });
		const start = Date.now();
		await person();
		expect(Date.now() - start).toBeGreaterThanOrEqual(55);
		sandbox.switches.latencyMs = 30;
		await Promise.all([person(), person(), person()]);
		expect(sandbox.maxInFlight).toBe(3);
	});
});

describe('reset', () => {
	it('forgets everything but the address', async () => {
		await person();
		sandbox.switches.numericCode = true;
		sandbox.failNext('*', 'code500');
		sandbox.control.passPerson({ accountId: 'NEW' });
		sandbox.reset();
		expect(sandbox.requests).toEqual([]);
		expect(sandbox.switches).toEqual(defaultSwitches());
		expect(sandbox.control.person('NEW')).toBeUndefined();
		expect((await person()).json?.code).toBe('200');
	});
});

describe('/__control', () => {
	const control = async (method: string, path: string, body?: unknown) => {
		const response = await fetch(`${sandbox.origin}/__control${path}`, {
			method,
			...(body === undefined
				? {}
				: { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
		});
		return { status: response.status, json: (await response.json()) as any };
	};

	it('knows every switch', () => {
		expect(Object.keys(switchesSchema.properties).sort()).toEqual(
			Object.keys(defaultSwitches()).sort(),
		);
	});

	it('mirrors the library', async () => {
		const info = await control('GET', '/info');
		expect(info.json).toMatchObject({
			baseUrl: sandbox.baseUrl,
			appKey: sandbox.appKey,
			paths: sandbox.paths,
		});
		expect(info.json.seeds).toEqual(sandbox.seeds);

		expect((await control('PATCH', '/switches', { gateRefusal: 'json4xx' })).json.gateRefusal).toBe(
			'json4xx',
		);
		expect(sandbox.switches.gateRefusal).toBe('json4xx');
		expect((await control('PATCH', '/switches', { gateRefusals: 'json4xx' })).status).toBe(400);

		await control('POST', '/fail-next', { path: '*', fault: 'code500' });
		expect((await person()).json?.code).toBe('500');
		expect((await control('POST', '/fail-next', { path: '*', fault: 'whatever' })).status).toBe(
			400,
		);
		expect((await control('GET', '/requests')).json).toMatchObject([
			{ outcome: 'fault:code500', rawBodyBase64: '' },
		]);

		const callTo = (name: string, ...args: unknown[]) => control('POST', `/call/${name}`, { args });
		await callTo('setCallbackUrl', `${sandbox.origin}/nowhere`);
		const { json } = await callTo('authorise', sandbox.seeds.sealIds.company);
		await control('POST', '/idle');
		const seen = (await control('GET', '/deliveries')).json;
		expect(seen).toMatchObject({
			pending: [json.result],
			deliveries: [{ status: 404, received: false }],
		});
		await control('POST', '/redeliver');
		expect(sandbox.callbacks.deliveries).toHaveLength(2);
		expect((await callTo('person', '1120')).json.result.psnName).toBe('张三');
		expect((await callTo('authorise', 1)).json).toEqual({ message: 'The stand-in has no seal 1' });
		expect((await callTo('toString')).status).toBe(404);

		await control('POST', '/reset');
		expect(sandbox.switches.gateRefusal).toBe('envelope200');
	});

	it('can be left out', async () => {
		const closed = await startQiandun({ controlApi: false });
		expect((await fetch(`${closed.origin}/__control/info`)).status).toBe(404);
		await closed.close();
	});
});
