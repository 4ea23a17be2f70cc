import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Trouble } from '../host.mjs';
import {
	autoSeal,
	company,
	eventsOf,
	itemsOf,
	kaifangqianStage,
	lisi,
	person,
	post,
} from './support.mjs';

const READ_TIMEOUT = 1000;
const stage = await kaifangqianStage({ callbackReadTimeoutMs: READ_TIMEOUT });
const { sandbox } = stage;

const SEALED = { signerList: [company('SENDER', '1', autoSeal()), person(lisi, '2')] };
const WHOLE_LIFE = ['contract.signed', 'contract.sent', 'contract.signed', 'contract.completed'];

const seenBy = (staticData: IDataObject) =>
	(staticData['node:E-Sign Trigger'] as { seen?: string[] } | undefined)?.seen;

describe('the platform tries again: each event starts the workflow exactly once, none is lost', () => {
	const late: Trouble = { kind: 'late', ms: READ_TIMEOUT + 200 };
	const ways: Array<[string, Trouble[]]> = [
		['answers too late', [late]],
		['answers too late three times', [late, late, late]],
		['answers something else', [{ kind: 'wrongAnswer', body: 'OK' }]],
		['answers "success" in JSON', [{ kind: 'wrongAnswer', body: '"success"' }]],
		['answers 500 and does nothing', [{ kind: 'status', status: 500 }]],
		['answers 502 three times', Array<Trouble>(3).fill({ kind: 'status', status: 502 })],
		['does not answer', [{ kind: 'silent' }]],
		['breaks off', [{ kind: 'cut' }]],
		[
			'fails in every way, one after the other',
			[
				late,
				{ kind: 'status', status: 500 },
				{ kind: 'cut' },
				{ kind: 'wrongAnswer', body: '' },
				{ kind: 'status', status: 404 },
				{ kind: 'silent' },
			],
		],
	];
	for (const [what, troubles] of ways) {
		it(`the receiver ${what}`, async () => {
			const host = await stage.host();
			host.troubles.push(...troubles);
			const contractId = await stage.contract(SEALED);
			sandbox.control.sign(contractId);
			await sandbox.callbacks.idle();
			for (let job = 0; job < 3; job += 1) await sandbox.callbacks.runScheduledJob();
			await stage.settled(host);
			expect(host.troubles).toEqual([]);
			expect(eventsOf(host).sort()).toEqual([...WHOLE_LIFE].sort());
			expect(new Set(itemsOf(host).map(({ eventId }) => eventId)).size).toBe(4);
			// All four were delivered in the end.
			const last = new Map(sandbox.callbacks.deliveries.map(({ message, ok }) => [message, ok]));
			expect([...last.values()]).toEqual([true, true, true, true]);
			expect(sandbox.callbacks.deliveries).toHaveLength(4 + troubles.length);
		});
	}

	it('the platform has hung up before the event was proven, and n8n could not take it: the next try starts it', async () => {
		const host = await stage.host();
		const contractId = await stage.contract({ send: '0' });
		const [{ body }] = await stage.recorded(() => sandbox.control.start(contractId));
		sandbox.failNext('/contract/tasks', { delayMs: 300 });
		host.failCreating(true);
		const hungUp = fetch(host.productionUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
			signal: AbortSignal.timeout(100),
		});
		await expect(hungUp).rejects.toThrow();
		await host.idle();
		expect(host.executions).toEqual([]);

		host.failCreating(false);
		expect(await post(host.productionUrl, body)).toMatchObject({ status: 200, text: 'success' });
		await host.idle();
		expect(eventsOf(host)).toEqual(['contract.sent']);
	});

	it('six times nothing: the platform gives up, and nothing has started', async () => {
		const host = await stage.host();
		host.troubles.push(...Array<Trouble>(20).fill({ kind: 'status', status: 503 }));
		const contractId = await stage.contract({ send: '0' });
		sandbox.control.start(contractId);
		for (let job = 0; job < 5; job += 1) await sandbox.callbacks.runScheduledJob();
		expect(sandbox.callbacks.deliveries).toHaveLength(6);
		expect(host.executions).toEqual([]);
	});

	it('the platform sends everything twice, in the wrong order', async () => {
		Object.assign(sandbox.switches, { duplicateCallbacks: true, reorderCallbacks: true });
		const host = await stage.host();
		const contractId = await stage.contract(SEALED);
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries).toHaveLength(8);
		expect(eventsOf(host).sort()).toEqual([...WHOLE_LIFE].sort());
	});
});

describe('Ignore Repeats', () => {
	it("a replay of yesterday's callback: answered success, nothing starts", async () => {
		for (const credential of [{}, { platformPublicKey: sandbox.platformPublicKey }]) {
			const host = await stage.host({ credential });
			const contractId = await stage.contract(SEALED);
			sandbox.control.sign(contractId);
			await stage.settled(host);
			const yesterday = [...sandbox.callbacks.deliveries];
			expect(host.executions).toHaveLength(4);
			for (const { body, headers } of yesterday)
				expect((await post(host.productionUrl, body, { sign: headers.sign })).text).toBe('success');
			expect(host.executions).toHaveLength(4);
			// Signature or not, it is remembered that the contract was completed, not in which words.
			const reworded = { contractId, contractStatus: 'COMPLETED', callbackType: 'COMPLETE' };
			if (!credential.platformPublicKey) {
				expect((await post(host.productionUrl, JSON.stringify(reworded))).text).toBe('success');
				expect(host.executions).toHaveLength(4);
			}
			sandbox.callbacks.deliveries.length = 0;
		}
	});

	it('turned off: every delivery starts the workflow, with the same eventId for Remove Duplicates', async () => {
		const host = await stage.host({ parameters: { options: { ignoreRepeats: false } } });
		sandbox.switches.duplicateCallbacks = true;
		await stage.contract();
		await stage.settled(host);
		expect(eventsOf(host)).toEqual(['contract.sent', 'contract.sent']);
		expect(new Set(itemsOf(host).map(({ eventId }) => eventId)).size).toBe(1);
		expect(seenBy(host.staticData())).toBeUndefined();
	});

	it('events that may happen again are never taken for repeats', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		for (let time = 0; time < 2; time += 1) {
			sandbox.control.delay(contractId, `2099-12-0${time + 1}`);
			sandbox.control.failSign(contractId);
			sandbox.control.addSignNode(contractId);
		}
		sandbox.switches.unknownCallbackType = 'CONTRACT_ARCHIVED';
		sandbox.control.delay(contractId, '2099-12-03');
		sandbox.control.delay(contractId, '2099-12-03');
		await stage.settled(host);
		const round = ['contract.deadlineChanged', 'contract.signFailed', 'contract.signerAdded'];
		expect(eventsOf(host)).toEqual([...round, ...round, 'unknown', 'unknown']);
		expect(seenBy(host.staticData())).toBeUndefined();
	});

	it('remembers the last 500 events, no more', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const ids = Array.from({ length: 500 }, (_, index) => String(index));
		host.setStaticData({ 'node:E-Sign Trigger': { seen: ids } });
		sandbox.control.sign(contractId);
		await stage.settled(host);
		const seen = seenBy(host.staticData())!;
		expect(seen).toHaveLength(500);
		expect(seen.slice(0, 498)).toEqual(ids.slice(2));
		expect(seen.slice(498)).toEqual(itemsOf(host).map(({ eventId }) => eventId));
	});

	it('memory that is no list is begun anew', async () => {
		for (const seen of ['text', 7, null, {}]) {
			const contractId = await stage.contract();
			const host = await stage.host();
			host.setStaticData({ 'node:E-Sign Trigger': { seen } });
			sandbox.control.refuseSign(contractId);
			await stage.settled(host);
			expect(seenBy(host.staticData())).toHaveLength(1);
			sandbox.control.setCallbackUrl(undefined);
		}
	});

	it('an event that was not chosen is not remembered: chosen later, its repeat starts the workflow', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ parameters: { events: ['contract.completed'] } });
		sandbox.control.refuseSign(contractId);
		await stage.settled(host);
		expect(host.staticData()).toEqual({});
	});
});

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
	}, 120_000);
});
