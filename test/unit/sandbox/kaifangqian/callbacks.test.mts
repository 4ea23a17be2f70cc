import { createVerify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { RECORDINGS } from '../../../replay/replay.mjs';
import {
	autoSeal,
	approvedBy,
	company,
	lisi,
	person,
	wangwu,
} from '../../../sandbox/kaifangqian/testing.mjs';
import { startReceiver, type Heard } from '../../../sandbox/shared/receiver.mjs';
import { position, useStage } from './support.mjs';

const stage = useStage({ callbackConnectTimeoutMs: 1000, callbackReadTimeoutMs: 600 });
const closing: Array<() => Promise<unknown>> = [];
afterEach(async () => {
	stage.sandbox.reset();
	await Promise.all(closing.splice(0).map(async (close) => await close()));
});

async function receiver(answer?: Parameters<typeof startReceiver>[0]) {
	const started = await startReceiver(answer);
	closing.push(started.close);
	stage.sandbox.control.setCallbackUrl(started.url);
	return started;
}
/** Our seal, then 李四. */
const contract = async (more: Record<string, unknown> = {}) => {
	const positionParamList = [position(stage.docId, { controlType: 'SEAL' })];
	const seal = autoSeal('1', { sealId: stage.sandbox.sealId, positionParamList });
	const signerList = [company('SENDER', '1', seal), person(lisi, '2')];
	return await stage.contract({ signerList, ...more });
};
const verifies = (body: Buffer | string, sign: string, key: string) =>
	createVerify('RSA-SHA256').update(body).verify(key, sign, 'base64');
const isOurs = ({ headers, body }: Heard) =>
	verifies(body, String(headers.sign), stage.sandbox.platformPublicKey);

interface Recorded {
	publicKey: string;
	callbacks: Array<{ body: string; sign: string; headers: Record<string, string> }>;
}
const recorded: Recorded = JSON.parse(
	readFileSync(`${RECORDINGS}/signatures/callbacks.json`, 'utf8'),
);

/** Compact, keys in alphabetical order at every level, nothing null. */
function expectForm(body: string): void {
	const inOrder = (value: unknown): unknown => {
		if (typeof value !== 'object' || value === null) return value;
		const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
		return Object.fromEntries(entries.map(([name, item]) => [name, inOrder(item)]));
	};
	expect(JSON.stringify(inOrder(JSON.parse(body)))).toBe(body);
	expect(body).not.toContain('null');
}

describe('callbacks as recorded', () => {
	it.each(recorded.callbacks)('$body: signed over these bytes', ({ body, sign }) => {
		expect(verifies(body, sign, recorded.publicKey)).toBe(true);
		expect(verifies(`${body} `, sign, recorded.publicKey)).toBe(false);
		expectForm(body);
	});
});

describe('the stand-in’s own', () => {
	it('have the same form and headers, signed over their very bytes', async () => {
		const { heard, types } = await receiver();
		const contractId = await contract();
		stage.sandbox.control.sign(contractId, lisi.contact);
		const refused = await contract();
		stage.sandbox.control.refuseSign(refused, undefined, '价格不对');
		const recalled = await contract();
		await stage.api.post('/contract/recall', { contractId: recalled });
		await stage.sandbox.callbacks.idle();
		expect(types().slice(0, 4)).toEqual(['SUBMIT_SIGN', 'SEND_SIGNING', 'SUBMIT_SIGN', 'COMPLETE']);
		const [{ headers: usual }] = recorded.callbacks;
		for (const one of heard) {
			expect(isOurs(one)).toBe(true);
			expect(one.headers).toMatchObject(usual);
			expectForm(one.body.toString());
		}
		const bodies = heard.map(({ body }) => body.toString());
		expect(bodies[0]).toMatch(
			/^\{"callbackType":"SUBMIT_SIGN","contractId":"\d{19}","contractStatus":"SIGNING","nodeType":"ENTERPRISE_SEAL","signerName":"某某科技有限公司","signerType":"ENTERPRISE","taskId":"\d{19}"\}$/,
		);
		expect(bodies[2]).toContain(
			'"signer":{"contact":"13900139000","contactType":"MOBILE","name":"13900139000"},"signerType":"PERSONAL"',
		);
		expect(bodies.at(-1)).toBe(
			`{"callbackType":"RECALLED","contractId":"${recalled}","contractStatus":"RECALLED","reason":"通过API撤销","taskId":""}`,
		);
	});

	it('name people registered by e-mail without a phone', async () => {
		const { heard } = await receiver();
		const wei = { name: '卫', contactType: 'EMAIL', contact: 'wei@example.com' };
		await stage.api.post('/personCreateAndAuth', { account: wei, mobile: '13700137000' });
		stage.sandbox.control.sign(await contract({ signerList: [person(wei, '1')] }));
		await stage.sandbox.callbacks.idle();
		expect(JSON.parse(heard[1].body.toString()).signer).toEqual({
			contactType: 'MOBILE',
			name: 'wei@example.com',
		});
	});

	it('of a company name it, its step and whoever acted', async () => {
		const { heard } = await receiver();
		const theirs = {
			...company('RECEIVER_ENT', '1', { nodeType: 'AGENT_SIGN', signerOrder: '1', signer: wangwu }),
			signerName: '北方测试有限公司',
		};
		stage.sandbox.control.sign(await stage.contract({ signerList: [theirs] }));
		await stage.sandbox.callbacks.idle();
		expect(JSON.parse(heard[1].body.toString())).toMatchObject({
			signerType: 'ENTERPRISE',
			signerName: '北方测试有限公司',
			nodeType: 'AGENT_SIGN',
			signer: { contact: wangwu.contact },
		});
	});
});

describe('the address', () => {
	const tooLong = () =>
		stage.sandbox.control.setCallbackUrl(`http://127.0.0.1:9/${'x'.repeat(128)}`);
	const TOO_LONG = { success: false, message: '字段太长,超出数据库字段的长度' };

	it('none: nothing is sent', async () => {
		await contract();
		await stage.sandbox.callbacks.idle();
		expect(stage.sandbox.callbacks.deliveries).toEqual([]);
		expect(stage.events()).toEqual(['SUBMIT_SIGN SIGNING', 'SEND_SIGNING SIGNING']);
	});

	it('too long: the start breaks its answer, and the contract runs', async () => {
		tooLong();
		expect(await stage.answer()).toMatchObject(TOO_LONG);
		expect(stage.sandbox.control.contracts().map(({ status }) => status)).toEqual(['SIGNING']);
		expect(await stage.answer({ send: '0' })).toMatchObject({ code: 10000 });
		expect(stage.events()).toEqual([]);
	});

	it('too long: what is done later is rolled back', async () => {
		const running = await stage.contract();
		const open = await stage.contract({ autoFinish: 0 });
		stage.sandbox.control.sign(open);
		const approver = approvedBy(stage.sandbox.operator);
		const approving = await stage.contract({ signerList: [approver, person(lisi, '2')] });
		tooLong();
		const approval = { contractId: approving, signer: stage.sandbox.operator, approval: 1 };
		for (const [path, params] of [
			['/contract/recall', { contractId: running }],
			['/contract/finish', { contractId: open }],
			['/contract/approval', approval],
		] as const)
			expect((await stage.api.post(path, params)).json).toMatchObject(TOO_LONG);
		expect([running, open, approving].map((id) => stage.status(id))).toEqual(
			Array(3).fill('SIGNING'),
		);
		expect(await stage.asked(approving)).toEqual([stage.sandbox.operator.contact]);
		stage.sandbox.control.setCallbackUrl(undefined);
		expect(await stage.codeOf('/contract/approval', approval)).toBe(10000);
	});

	it('is that of the first credential that is enabled', async () => {
		const { heard } = await receiver();
		stage.sandbox.control.setTokenEnabled(false);
		stage.sandbox.callbacks.deliveries.length = 0;
		stage.sandbox.control.setTokenEnabled(true);
		await contract();
		await stage.sandbox.callbacks.idle();
		expect(heard).toHaveLength(2);
	});
});

describe('delivery', () => {
	it.each<[number, string, boolean]>([
		[200, 'success', true],
		[200, 'SUCC\r\nESS\n', true],
		[200, ' success', false],
		[200, 'ok', false],
		[200, '', false],
		[200, '{"code":"success"}', false],
		[201, 'success', false],
		[204, '', false],
		[302, 'success', false],
		[404, 'success', true],
		[500, 'success', true],
		[503, 'wait', false],
	])('%i with %j: acknowledged %s', async (status, body, isAcknowledged) => {
		const { heard } = await receiver(() => ({ status, body }));
		await stage.contract();
		await stage.sandbox.callbacks.idle();
		expect(heard).toHaveLength(isAcknowledged ? 1 : 3);
		expect(stage.sandbox.callbacks.deliveries.map(({ ok }) => ok)).toEqual(
			Array(heard.length).fill(isAcknowledged),
		);
	});

	it('tries three times, then once per job, six times at most', async () => {
		const { heard } = await receiver(() => ({ body: 'no' }));
		await stage.contract();
		await stage.sandbox.callbacks.idle();
		const counts = [heard.length];
		for (let job = 0; job < 5; job += 1) {
			await stage.sandbox.callbacks.runScheduledJob();
			counts.push(heard.length);
		}
		expect(counts).toEqual([3, 4, 5, 6, 6, 6]);
		expect(new Set(heard.map(({ body }) => body.toString())).size).toBe(1);
	});

	it('gives up on a slow reader and keeps the order', async () => {
		let slow = true;
		const { types } = await receiver(() => ({ delayMs: slow ? 900 : 0 }));
		await contract();
		await new Promise((resolve) => setTimeout(resolve, 700));
		slow = false;
		await stage.sandbox.callbacks.idle();
		expect(stage.sandbox.callbacks.deliveries[0].error).toBe('read timed out');
		expect(types().filter((type, index, all) => type !== all[index - 1])).toEqual([
			'SUBMIT_SIGN',
			'SEND_SIGNING',
		]);
	});
});

describe('by switch', () => {
	it('the signature is wrong or missing', async () => {
		const { heard } = await receiver();
		for (const mode of ['wrong', 'otherKey', 'garbage', 'none'] as const) {
			stage.sandbox.switches.callbackSignature = mode;
			stage.sandbox.callbacks.publish('{"callbackType":"X"}');
		}
		await stage.sandbox.callbacks.idle();
		expect(heard.map((one) => one.headers.sign !== undefined && isOurs(one))).toEqual(
			Array(4).fill(false),
		);
		expect(heard[3].headers).not.toHaveProperty('sign');
	});

	it('events come twice, in another order, under another name', async () => {
		const { types } = await receiver();
		const { switches, callbacks } = stage.sandbox;
		switches.duplicateCallbacks = true;
		await contract();
		await callbacks.idle();
		expect(types()).toEqual(['SUBMIT_SIGN', 'SUBMIT_SIGN', 'SEND_SIGNING', 'SEND_SIGNING']);
		Object.assign(switches, { duplicateCallbacks: false, reorderCallbacks: true });
		await contract();
		await callbacks.idle();
		expect(types().slice(4)).toEqual(['SEND_SIGNING', 'SUBMIT_SIGN']);
		Object.assign(switches, { reorderCallbacks: false, unknownCallbackType: 'CONTRACT_ARCHIVED' });
		await contract();
		await callbacks.idle();
		expect(types().slice(6)).toEqual(['CONTRACT_ARCHIVED', 'CONTRACT_ARCHIVED']);
	});
});
