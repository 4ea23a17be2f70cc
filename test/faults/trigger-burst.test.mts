import { describe, expect, it } from 'vitest';
import { itemsOf, kaifangqianStage, post } from '../engine/trigger/support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;

describe('500 callbacks in a burst', () => {
	const COUNT = 250;
	/** Contracts of one signer, all signed: two callbacks each. */
	const signedContracts = async () => {
		const ids: string[] = [];
		for (let at = 0; at < COUNT; at += 1) ids.push(await stage.contract());
		return ids;
	};

	it('from the platform, each sent twice: 500 executions, none lost and none doubled', async () => {
		const ids = await signedContracts();
		const host = await stage.host();
		sandbox.switches.duplicateCallbacks = true;
		for (const id of ids) sandbox.control.sign(id);
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries).toHaveLength(1000);
		expect(sandbox.callbacks.deliveries.every(({ ok, attempt }) => ok && attempt === 1)).toBe(true);
		expect(host.executions.every(({ status }) => status === 'success')).toBe(true);
		const got = itemsOf(host).map(({ event, contractId }) => `${event} ${contractId}`);
		const wanted = ids.flatMap((id) => [`contract.signed ${id}`, `contract.completed ${id}`]);
		expect(got.sort()).toEqual(wanted.sort());
	});

	it('all at the same moment: 500 executions, none lost and none doubled', async () => {
		const ids = await signedContracts();
		const recorded = await stage.recorded(() => ids.forEach((id) => sandbox.control.sign(id)));
		expect(recorded).toHaveLength(500);
		// 500 questions at once take longer than one has time for; the signature answers by itself.
		const host = await stage.host({
			credential: { platformPublicKey: sandbox.platformPublicKey },
		});
		const replies = await Promise.all(
			recorded.map(async ({ body, sign }) => await post(host.productionUrl, body, { sign })),
		);
		await host.idle();
		expect(replies.filter(({ text }) => text === 'success')).toHaveLength(500);
		const got = itemsOf(host).map(({ event, contractId }) => `${event} ${contractId}`);
		const wanted = ids.flatMap((id) => [`contract.signed ${id}`, `contract.completed ${id}`]);
		expect(got.sort()).toEqual(wanted.sort());
		expect(new Set(itemsOf(host).map(({ eventId }) => eventId)).size).toBe(500);
	});

	it('all at the same moment, each asked back: what is not answered in time is sent again, none is lost', async () => {
		const ids = await signedContracts();
		const recorded = await stage.recorded(() => ids.forEach((id) => sandbox.control.sign(id)));
		const host = await stage.host();
		let left = recorded.map(({ body }) => body);
		for (let attempt = 0; attempt < 6 && left.length > 0; attempt += 1) {
			const replies = await Promise.all(
				left.map(async (body) => ({ body, ...(await post(host.productionUrl, body)) })),
			);
			for (const { status } of replies) expect([200, 503]).toContain(status);
			left = replies.filter(({ text }) => text !== 'success').map(({ body }) => body);
		}
		await host.idle();
		expect(left).toEqual([]);
		const got = itemsOf(host).map(({ event, contractId }) => `${event} ${contractId}`);
		const wanted = ids.flatMap((id) => [`contract.signed ${id}`, `contract.completed ${id}`]);
		expect(got.sort()).toEqual(wanted.sort());
		// Up to six rounds of 500 questions: on a busy machine longer than other tests.
	}, 300_000);
});
