/** Callbacks as the vendor's published server has sent and signed them (test/observed/kaifangqian/signatures). */
import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../engine.mjs';
import type { Host } from '../host.mjs';
import { saying, UNPROVEN } from './confirm.support.mjs';
import { itemsOf, kaifangqianStage, post } from './support.mjs';

interface Callback {
	body: string;
	sign: string;
	headers: Record<string, string>;
}

const recording = join(projectRoot, 'test/observed/kaifangqian/signatures/callbacks.json');
const { publicKey, callbacks } = JSON.parse(readFileSync(recording, 'utf8')) as {
	publicKey: string;
	callbacks: Callback[];
};

const stage = await kaifangqianStage();
const { sandbox } = stage;

const EVENTS: Record<string, string> = {
	SEND_SIGNING: 'contract.sent',
	SUBMIT_WRITE: 'contract.filled',
	REFUSAL_WRITE: 'contract.fillRefused',
	SUBMIT_SIGN: 'contract.signed',
	REFUSAL_SIGN: 'contract.signRefused',
	SUBMIT_APPROVE: 'contract.approved',
	REFUSAL_APPROVE: 'contract.approvalRefused',
	COMPLETE: 'contract.completed',
	RECALLED: 'contract.recalled',
	DELETE: 'contract.deleted',
	DOCUMENT_DELAY: 'contract.deadlineChanged',
};

/** The item that a callback has to give; the phone number in the place of a name is none. */
const itemFor = (raw: IDataObject, verified: string): IDataObject => {
	const { callbackType, contractId, contractStatus, signer, taskId } = raw;
	const { name, ...rest } = (signer ?? {}) as IDataObject;
	expect(name).toBe(rest.contact);
	return {
		event: EVENTS[String(callbackType)],
		verified,
		contractId,
		contractStatus,
		callbackType,
		...(signer ? { signer: rest } : {}),
		...(taskId ? { taskId } : {}),
		raw,
	};
};

const isLetterOrDigit = (byte: number): boolean => /[0-9A-Za-z]/.test(String.fromCharCode(byte));

/** Where a letter or digit can become another one: the body is still JSON then. */
const places = (body: string): number[] =>
	[...Buffer.from(body).entries()]
		.filter(([, byte]) => isLetterOrDigit(byte) && isLetterOrDigit(byte ^ 1))
		.map(([at]) => at);

const withOtherByte = (body: string, at: number): Buffer => {
	const bytes = Buffer.from(body);
	bytes[at] ^= 1;
	return bytes;
};

const withOtherSignatureByte = (sign: string, at: number): string => {
	const bytes = Buffer.from(sign, 'base64');
	bytes[at] ^= 1;
	return bytes.toString('base64');
};

/** The first, the last, and some between them. */
const some = (all: number[], count: number): number[] =>
	Array.from(
		{ length: count },
		(_, index) => all[Math.floor((index * (all.length - 1)) / (count - 1))],
	);

it('are of eleven types', () => {
	const types = callbacks.map(({ body }) => JSON.parse(body).callbackType as string);
	expect([...new Set(types)].sort()).toEqual(Object.keys(EVENTS).sort());
});

describe.each(callbacks.map(({ body, ...rest }) => ({ raw: JSON.parse(body), body, ...rest })))(
	'$raw.callbackType with the status $raw.contractStatus',
	({ raw, body, sign, headers }) => {
		const credential = { platformPublicKey: publicKey };
		const parameters = { simplify: false };

		it('verifies, and the platform need not be asked', async () => {
			const host = await stage.host({ credential, parameters });
			const reply = await post(host.productionUrl, body, { ...headers, sign });
			await host.idle();
			expect(reply).toMatchObject({ status: 200, text: 'success' });
			expect(itemsOf(host)).toMatchObject([itemFor(raw, 'signature')]);
			const [item] = itemsOf(host);
			expect(item.signer).toEqual(itemFor(raw, 'signature').signer);
			// In RECALLED it is '' (docs/api/kaifangqian.md, 7.2).
			expect(item.taskId).toBe(raw.taskId || undefined);
			expect(item.raw).toEqual(raw);
			expect(stage.asked()).toEqual([]);
		});

		it('is proven by the platform that says the same, without a key', async () => {
			const host = await stage.host({ parameters });
			sandbox.failNext('/contract/tasks', saying(raw.contractStatus));
			const reply = await post(host.productionUrl, body, { ...headers, sign });
			await host.idle();
			expect(reply).toMatchObject({ status: 200, text: 'success' });
			expect(itemsOf(host)).toMatchObject([itemFor(raw, 'platform')]);
			expect(stage.asked()).toHaveLength(1);
		});

		const refused = async (host: Host, sent: string | Buffer, mark: string) => {
			expect(await post(host.productionUrl, sent, { ...headers, sign: mark })).toMatchObject(
				UNPROVEN,
			);
		};

		it('is refused with 401 when one byte of the body is another', async () => {
			const host = await stage.host({ credential });
			const changed = some(places(body), 24).map((at) => withOtherByte(body, at));
			await Promise.all(changed.map(async (bytes) => await refused(host, bytes, sign)));
			expect(host.executions).toEqual([]);
			expect(stage.asked()).toEqual([]);
		});

		it('is refused with 401 when one byte of the signature is another', async () => {
			const host = await stage.host({ credential });
			const all = [...Buffer.from(sign, 'base64').keys()];
			const changed = some(all, 16).map((at) => withOtherSignatureByte(sign, at));
			await Promise.all(changed.map(async (mark) => await refused(host, body, mark)));
			expect(host.executions).toEqual([]);
			expect(stage.asked()).toEqual([]);
		});

		it('is refused with 401 under the signature of another callback', async () => {
			const host = await stage.host({ credential });
			const others = callbacks.filter((callback) => callback.sign !== sign);
			await Promise.all(others.map(async (callback) => await refused(host, body, callback.sign)));
			expect(host.executions).toEqual([]);
		});
	},
);
