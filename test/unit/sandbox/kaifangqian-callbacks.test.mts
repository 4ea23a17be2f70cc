import { createVerify } from 'node:crypto';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import {
	autoSeal,
	clientOf,
	company,
	lisi,
	pdfOf,
	person,
	type Client,
} from '../../sandbox/kaifangqian/testing.mjs';
import { startReceiver, type Heard } from '../../sandbox/shared/receiver.mjs';

let sandbox: KaifangqianSandbox;
let api: Client;
let docId: string;
const closing: Array<() => Promise<unknown>> = [];
beforeAll(async () => {
	sandbox = await startKaifangqian({
		switches: { throttle: false },
		callbackConnectTimeoutMs: 200,
		callbackReadTimeoutMs: 80,
	});
	api = clientOf(sandbox);
});
afterEach(async () => {
	sandbox.reset();
	await Promise.all(closing.splice(0).map((close) => close()));
});
afterAll(() => sandbox.close());

async function receiver(answer?: Parameters<typeof startReceiver>[0]) {
	const started = await startReceiver(answer);
	closing.push(started.close);
	sandbox.control.setCallbackUrl(started.url);
	return started;
}
async function contract(more: Record<string, unknown> = {}) {
	docId = await api.upload(await pdfOf('one'));
	const signerList = [company('SENDER', '1', autoSeal()), person(lisi, '2')];
	return api.draft({ signDocumentList: [{ docId }], signerList, ...more });
}
const verifies = ({ headers, body }: Heard) =>
	createVerify('RSA-SHA256')
		.update(body)
		.verify(sandbox.platformPublicKey, String(headers.sign), 'base64');

describe('callbacks', () => {
	it('posts compact JSON in order, signed over its bytes', async () => {
		const { heard, types } = await receiver();
		const contractId = await contract();
		sandbox.control.sign(contractId, lisi.contact);
		await sandbox.callbacks.idle();
		expect(types()).toEqual(['SUBMIT_SIGN', 'SEND_SIGNING', 'SUBMIT_SIGN', 'COMPLETE']);
		for (const one of heard) {
			expect(verifies(one)).toBe(true);
			expect(one.headers['content-type']).toBe('application/json');
			expect(one.body.toString()).toBe(JSON.stringify(JSON.parse(one.body.toString())));
			expect(one.body.toString()).not.toContain('null');
		}
		const [seal, , signature] = heard.map(({ body }) => JSON.parse(body.toString()));
		expect(seal).toEqual({
			contractId,
			contractStatus: 'SIGNING',
			callbackType: 'SUBMIT_SIGN',
			taskId: expect.any(String),
			signerType: 'ENTERPRISE',
			signerName: '某某科技有限公司',
			nodeType: 'ENTERPRISE_SEAL',
		});
		expect(signature).toMatchObject({ signerType: 'PERSONAL', signer: lisi });
		expect(signature).not.toHaveProperty('signerName');
	});

	it('names e-mail users by a phone', async () => {
		const { heard } = await receiver();
		const receiverUser = { name: '王五', contactType: 'EMAIL', contact: 'wangwu@example.com' };
		await api.post('/personCreateAndAuth', { account: receiverUser, mobile: '13700137000' });
		const contractId = await contract({ signerList: [person(receiverUser, '1')] });
		sandbox.control.sign(contractId);
		await sandbox.callbacks.idle();
		const { signer } = JSON.parse(heard[1].body.toString());
		expect(signer).toEqual({ name: '王五', contact: '13700137000', contactType: 'MOBILE' });
	});

	it('sends nothing without an address or to one too long', async () => {
		await contract();
		sandbox.control.setCallbackUrl(`http://127.0.0.1:9/${'x'.repeat(128)}`);
		await contract();
		await sandbox.callbacks.idle();
		expect(sandbox.callbacks.deliveries).toEqual([]);
		expect(new Set(sandbox.callbacks.dropped.map(({ reason }) => reason)).size).toBe(2);
	});

	it('looks at the body of the answer only', async () => {
		const answers = [
			{ status: 500, body: 'SUCC\r\nESS\n' },
			{ body: '{"ok":true}' },
			{ body: ' success' },
			{ body: 'success' },
		];
		const { heard } = await receiver(() => answers[heard.length - 1] ?? {});
		await contract();
		await sandbox.callbacks.idle();
		expect(sandbox.callbacks.deliveries.map(({ ok, attempt }) => [ok, attempt])).toEqual([
			[true, 1],
			[false, 1],
			[false, 2],
			[true, 3],
		]);
	});

	it('tries three times, then once per scheduled job, six times at most', async () => {
		const { heard } = await receiver(() => ({ body: 'no' }));
		await contract({ signerList: [person(lisi, '1')] });
		await sandbox.callbacks.idle();
		const counts = [heard.length];
		for (let job = 0; job < 5; job += 1) {
			await sandbox.callbacks.runScheduledJob();
			counts.push(heard.length);
		}
		expect(counts).toEqual([3, 4, 5, 6, 6, 6]);
		expect(new Set(heard.map(({ body }) => body.toString())).size).toBe(1);
	});

	it('gives up on a slow reader and keeps the order', async () => {
		let slow = true;
		const { types } = await receiver(() => ({ delayMs: slow ? 150 : 0 }));
		await contract();
		await new Promise((resolve) => setTimeout(resolve, 120));
		slow = false;
		await sandbox.callbacks.idle();
		expect(sandbox.callbacks.deliveries[0].error).toBe('read timed out');
		expect(types().filter((type, index, all) => type !== all[index - 1])).toEqual([
			'SUBMIT_SIGN',
			'SEND_SIGNING',
		]);
	});

	it('signs wrongly or not at all by switch', async () => {
		const { heard } = await receiver();
		for (const mode of ['wrong', 'otherKey', 'garbage', 'none'] as const) {
			sandbox.switches.callbackSignature = mode;
			sandbox.callbacks.publish('{"callbackType":"X"}');
		}
		await sandbox.callbacks.idle();
		expect(heard.map((one) => one.headers.sign !== undefined && verifies(one))).toEqual(
			Array(4).fill(false),
		);
		expect(heard[3].headers).not.toHaveProperty('sign');
	});

	it('doubles, reorders and renames by switch', async () => {
		const { types } = await receiver();
		sandbox.switches.duplicateCallbacks = true;
		await contract();
		await sandbox.callbacks.idle();
		expect(types()).toEqual(['SUBMIT_SIGN', 'SUBMIT_SIGN', 'SEND_SIGNING', 'SEND_SIGNING']);
		Object.assign(sandbox.switches, { duplicateCallbacks: false, reorderCallbacks: true });
		await contract();
		await sandbox.callbacks.idle();
		expect(types().slice(4)).toEqual(['SEND_SIGNING', 'SUBMIT_SIGN']);
		Object.assign(sandbox.switches, {
			reorderCallbacks: false,
			unknownCallbackType: 'CONTRACT_ARCHIVED',
		});
		await contract();
		await sandbox.callbacks.idle();
		expect(types().slice(6)).toEqual(['CONTRACT_ARCHIVED', 'CONTRACT_ARCHIVED']);
	});
});
