import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { callWebhook, TRIGGER, triggerWorkflow } from '../webhook.mjs';
import { itemsOf, kaifangqianStage, PLATFORM_WAITS, post, warnings } from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;

const MALFORMED = { status: 400, text: '{"message":"Malformed"}' };
const LONGEST = 64 * 1024;

const sentOf = (contractId: string, more: object = {}) =>
	JSON.stringify({ contractId, contractStatus: 'SIGNING', callbackType: 'SEND_SIGNING', ...more });

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('the connection test (GET)', () => {
	it('is answered at once, starts nothing and asks nobody', async () => {
		const host = await stage.host();
		const reply = await post(host.productionUrl, undefined, {}, 'GET');
		expect(reply).toMatchObject({ status: 200, text: 'success' });
		expect(reply.ms).toBeLessThan(PLATFORM_WAITS);
		await host.idle();
		expect(host.executions).toEqual([]);
		expect(host.logs).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});

	it('is answered even with a credential that is of no use', async () => {
		const host = await stage.host({ credential: { platform: 'qiandun', baseUrl: '' } });
		expect((await post(host.productionUrl, undefined, {}, 'GET')).text).toBe('success');
	});

	it('is put off, like any callback, while the node is set to no platform that there is', async () => {
		for (const webhook of ['setup', 'default'] as const) {
			const workflow = triggerWorkflow({ platform: 'other' });
			const answer = await callWebhook(workflow, TRIGGER, { webhook, rawBody: sentOf('1') });
			expect(answer).toMatchObject({ by: 'node', status: 503, items: [] });
			expect(answer.logs.map(({ message }) => message)).toEqual([
				"CN E-Sign Trigger did not accept a callback: 'Platform' has the unknown value 'other'",
			]);
		}
	});

	it('other methods and other paths are not there: 404', async () => {
		const host = await stage.host();
		for (const method of ['PUT', 'DELETE', 'PATCH'])
			expect((await post(host.productionUrl, '{}', {}, method)).status).toBe(404);
		for (const url of [`${host.productionUrl}x`, `${host.origin}/webhook/esign`, host.testUrl])
			expect((await post(url, '{}')).status).toBe(404);
		expect(host.executions).toEqual([]);
		expect(host.logs).toEqual([]);
	});
});

describe('the answer', () => {
	it('is exactly "success", in time, and the platform takes the event for delivered', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries).toHaveLength(2);
		for (const { answer, ok, attempt } of sandbox.callbacks.deliveries)
			expect({ answer, ok, attempt }).toEqual({
				answer: { status: 200, body: 'success' },
				ok: true,
				attempt: 1,
			});
		for (const { ms } of host.answers) expect(ms).toBeLessThan(PLATFORM_WAITS);
		const before = sandbox.callbacks.deliveries.length;
		await sandbox.callbacks.runScheduledJob();
		expect(sandbox.callbacks.deliveries).toHaveLength(before);
	});

	it('is the same "success" for an event that was not chosen, and nothing starts', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ parameters: { events: ['contract.completed'] } });
		sandbox.control.refuseSign(contractId);
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries).toMatchObject([
			{ ok: true, answer: { status: 200, body: 'success' } },
		]);
		expect(host.executions).toEqual([]);
	});

	it('does not come before the execution exists: none, no "success", and nothing is remembered', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		host.failCreating(true);
		sandbox.control.refuseSign(contractId);
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries.map(({ answer, ok }) => [answer?.status, ok])).toEqual([
			[500, false],
			[500, false],
			[500, false],
		]);
		expect(host.staticData()).toEqual({});
		host.failCreating(false);
		await sandbox.callbacks.runScheduledJob();
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([{ event: 'contract.signRefused', contractId }]);
	});

	it('comes from the test address too, once per listening, without touching production memory', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		sandbox.control.setCallbackUrl(host.testUrl);
		host.listenForTestEvent();
		expect((await post(host.testUrl, undefined, {}, 'GET')).text).toBe('success');
		sandbox.control.refuseSign(contractId);
		await stage.settled(host);
		expect(host.executions).toMatchObject([
			{ mode: 'manual', items: [{ event: 'contract.signRefused' }] },
		]);
		expect(host.staticData()).toEqual({});
		expect((await post(host.testUrl, '{}')).status).toBe(404);
	});
});

describe('the test address', () => {
	it('shows the same event as often as somebody listens for it', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		sandbox.control.setCallbackUrl(undefined);
		sandbox.control.refuseSign(contractId);
		const body = JSON.stringify({
			contractId,
			contractStatus: 'REFUSAL_SIGN',
			callbackType: 'REFUSAL_SIGN',
		});
		for (let times = 1; times <= 3; times += 1) {
			host.listenForTestEvent();
			expect((await post(host.testUrl, body)).text).toBe('success');
			await host.idle();
			expect(host.executions).toHaveLength(times);
		}
		expect(new Set(itemsOf(host).map(({ eventId }) => eventId)).size).toBe(1);
		// The production address has its own memory, and starts for it once.
		for (let times = 0; times < 2; times += 1) await post(host.productionUrl, body);
		await host.idle();
		expect(host.executions).toHaveLength(4);
	});
});

describe('bodies that are no callback', () => {
	it('not JSON: n8n answers 422 before the node is asked', async () => {
		const host = await stage.host();
		for (const body of ['{', 'success', '{"a":1,}', "{'a':1}", '\ufeff{}'])
			expect((await post(host.productionUrl, body)).status).toBe(422);
		expect(host.logs).toEqual([]);
	});

	it('empty, or not an object: 400', async () => {
		const host = await stage.host();
		for (const body of ['', '  '].slice(0, 1).concat(['null', '1', '"text"', 'true', '[]', '[{}]']))
			expect(await post(host.productionUrl, body)).toMatchObject(MALFORMED);
		expect(warnings(host.logs)).toHaveLength(7);
		expect(host.executions).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});

	it('an empty object: an event that names no contract, 401', async () => {
		const host = await stage.host();
		expect((await post(host.productionUrl, '{}')).status).toBe(401);
		expect(sandbox.requests).toEqual([]);
	});

	it('64 KiB is accepted, one byte more is 413', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const base = sentOf(contractId, { pad: '' });
		const exact = sentOf(contractId, { pad: 'x'.repeat(LONGEST - base.length) });
		expect(Buffer.byteLength(exact)).toBe(LONGEST);
		expect((await post(host.productionUrl, exact)).text).toBe('success');
		const longer = sentOf(contractId, { pad: 'x'.repeat(LONGEST - base.length + 1) });
		expect(await post(host.productionUrl, longer)).toMatchObject({
			status: 413,
			text: '{"message":"Too large"}',
		});
		expect(host.executions).toHaveLength(1);
	});

	it('1 MB, also packed small: 413 by the node; above the limit of n8n: 413 by n8n', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ payloadLimit: 2_000_000 });
		const megabyte = sentOf(contractId, { pad: 'x'.repeat(1_000_000) });
		expect(await post(host.productionUrl, megabyte)).toMatchObject({ status: 413 });
		const packed = gzipSync(megabyte);
		expect(packed.length).toBeLessThan(LONGEST);
		expect(await post(host.productionUrl, packed, { 'content-encoding': 'gzip' })).toMatchObject({
			status: 413,
		});
		expect(warnings(host.logs)).toHaveLength(2);
		const huge = sentOf(contractId, { pad: 'x'.repeat(3_000_000) });
		expect(await post(host.productionUrl, huge)).toMatchObject({ status: 413 });
		expect(warnings(host.logs)).toHaveLength(2);
		expect(host.executions).toEqual([]);
		expect(stage.asked()).toEqual([]);
	});

	it('a callback packed with gzip is read', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const packed = gzipSync(sentOf(contractId));
		expect((await post(host.productionUrl, packed, { 'content-encoding': 'gzip' })).text).toBe(
			'success',
		);
		expect(host.executions).toHaveLength(1);
	});

	it('nested twenty deep is read, deeper is 400, ten thousand deep too', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const deep = (depth: number) =>
			sentOf(contractId).replace('}', `,"deep":${nested(depth - 1)}}`);
		expect((await post(host.productionUrl, deep(20))).text).toBe('success');
		for (const depth of [21, 100, 10_000])
			expect(await post(host.productionUrl, deep(depth))).toMatchObject(MALFORMED);
		expect(
			await post(host.productionUrl, `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
		).toMatchObject(MALFORMED);
		expect(host.executions).toHaveLength(1);
	});

	it('wrong types everywhere: answered, and what is readable is emitted', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ parameters: { simplify: false } });
		const wrong = {
			contractStatus: 7,
			taskId: { a: 1 },
			signerType: [],
			signerName: null,
			signer: 'nobody',
			nodeType: true,
			reason: ['x'],
		};
		expect((await post(host.productionUrl, sentOf(contractId, wrong))).text).toBe('success');
		const [item] = itemsOf(host);
		expect(item).toMatchObject({
			event: 'contract.sent',
			contractId,
			contractStatus: 'SIGNING',
			raw: wrong,
		});
		for (const field of ['taskId', 'signerType', 'signerName', 'signer', 'nodeType', 'reason'])
			expect(item).not.toHaveProperty(field);
		for (const callbackType of [1, null, {}, [], true, ''])
			expect((await post(host.productionUrl, sentOf(contractId, { callbackType }))).text).toBe(
				'success',
			);
		expect(
			itemsOf(host)
				.slice(1)
				.map(({ event }) => event),
		).toEqual(Array(6).fill('unknown'));
	});
});

describe('content types', () => {
	for (const type of [
		'application/json;charset=UTF-8',
		'application/json; charset=utf-8',
		'text/plain',
		'text/html',
		'application/octet-stream',
		'application/vnd.example+json',
		'nonsense',
	]) {
		it(`${type}: the JSON is read`, async () => {
			const contractId = await stage.contract();
			const host = await stage.host();
			const reply = await post(host.productionUrl, sentOf(contractId), { 'content-type': type });
			expect(reply).toMatchObject({ status: 200, text: 'success' });
			expect(itemsOf(host)).toMatchObject([{ event: 'contract.sent', contractId }]);
		});
	}

	it('a form with the same names: 400', async () => {
		const host = await stage.host();
		const form = 'contractId=1&contractStatus=SIGNING&callbackType=SEND_SIGNING';
		const type = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(await post(host.productionUrl, form, type)).toMatchObject(MALFORMED);
	});

	it('multipart, whose bytes are gone before the node is asked: answered, nothing starts', async () => {
		const host = await stage.host();
		const type = { 'content-type': 'multipart/form-data; boundary=x' };
		const reply = await post(host.productionUrl, '--x--\r\n', type);
		expect([400, 503]).toContain(reply.status);
		expect(reply.text).not.toContain('success');
		expect(host.executions).toEqual([]);
	});
});
