import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Host, Trouble } from '../host.mjs';
import { lisi, person, wangwu } from '../../sandbox/kaifangqian/testing.mjs';
import { eventsOf, itemsOf, kaifangqianStage, post } from './support.mjs';

const READ_TIMEOUT = 1000;
const stage = await kaifangqianStage({ callbackReadTimeoutMs: READ_TIMEOUT });
const { sandbox } = stage;

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
			const contractId = await stage.contract(stage.sealed);
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
		const contractId = await stage.contract(stage.sealed);
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
			const contractId = await stage.contract(stage.sealed);
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
	});

	it('events that may happen again are never taken for repeats', async () => {
		const contractId = await stage.contract();
		const draft = await stage.contract({ send: '0' });
		const host = await stage.host();
		for (let time = 0; time < 2; time += 1) {
			// Of a draft it can be moved again and again, of a running contract set once.
			sandbox.control.delay(draft, '2099-12-01');
			sandbox.control.failSign(contractId);
			sandbox.control.addSignNode(contractId);
		}
		sandbox.switches.unknownCallbackType = 'CONTRACT_ARCHIVED';
		sandbox.control.failSign(contractId);
		sandbox.control.failSign(contractId);
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

	it.each(['seen', 'lives'])('memory of another form under %s is begun anew', async (name) => {
		for (const memory of ['text', 7, null, {}, [], { x: 1 }]) {
			const contractId = await stage.contract();
			const host = await stage.host();
			host.setStaticData({ 'node:E-Sign Trigger': { [name]: memory } });
			sandbox.control.refuseSign(contractId);
			await stage.settled(host);
			expect(eventsOf(host)).toEqual(['contract.signRefused']);
			expect(seenBy(host.staticData())).toHaveLength(1);
			sandbox.control.setCallbackUrl(undefined);
		}
	});

	it('an event that was not chosen is not remembered: chosen later, its repeat starts the workflow', async () => {
		const contractId = await stage.contract({
			signerList: [person(lisi, '1'), person(wangwu, '2')],
		});
		const host = await stage.host({ parameters: { events: ['contract.completed'] } });
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(stage.sent().map(({ callbackType }) => callbackType)).toEqual(['SUBMIT_SIGN']);
		expect(host.staticData()).toEqual({});
	});
});

describe('a contract that lives again under its ID', () => {
	const LIFE = ['contract.sent', 'contract.recalled', 'contract.deleted'];

	/** Recalled, deleted and restored, so that it can be sent again in the console (docs/api/kaifangqian.md, 7.5). */
	const endAndRestore = async (contractId: string, host: Host): Promise<void> => {
		await stage.post('/contract/recall', { contractId });
		await stage.settled(host);
		sandbox.control.remove(contractId);
		await stage.settled(host);
		sandbox.control.restore(contractId);
	};

	const startAgain = async (contractId: string, host: Host): Promise<void> => {
		sandbox.control.start(contractId);
		await stage.settled(host);
	};

	const idsOf = (host: Host) => itemsOf(host).map(({ eventId }) => String(eventId));

	for (const how of ['platform', 'signature']) {
		const credential =
			how === 'signature' ? { platformPublicKey: sandbox.platformPublicKey } : undefined;

		it(`starts the workflow in every life, verified by ${how}`, async () => {
			const host = await stage.host({ credential });
			const contractId = await stage.contract();
			await stage.settled(host);
			for (let life = 0; life < 2; life += 1) {
				await endAndRestore(contractId, host);
				await startAgain(contractId, host);
			}
			sandbox.control.refuseSign(contractId);
			await stage.settled(host);
			expect(eventsOf(host)).toEqual([...LIFE, ...LIFE, 'contract.sent', 'contract.signRefused']);
			const ids = idsOf(host);
			for (const [at, first] of ids.slice(0, 3).entries()) expect(ids[at + 3]).toBe(`${first}-2`);
			expect(ids[6]).toBe(`${ids[0]}-3`);
			// For the first time, but in the third life.
			expect(ids[7]).toMatch(/^[0-9a-f]{32}-3$/);
			expect(itemsOf(host).map(({ life }) => life)).toEqual([1, 1, 1, 2, 2, 2, 3, 3]);
		});
	}

	it('takes what the platform sends twice for repeats in every life', async () => {
		sandbox.switches.duplicateCallbacks = true;
		const host = await stage.host();
		const contractId = await stage.contract();
		await stage.settled(host);
		await endAndRestore(contractId, host);
		await startAgain(contractId, host);
		expect(sandbox.callbacks.deliveries).toHaveLength(8);
		expect(eventsOf(host)).toEqual([...LIFE, 'contract.sent']);
	});

	it('is not ended by the signed end of an earlier life', async () => {
		const credential = { platformPublicKey: sandbox.platformPublicKey };
		const host = await stage.host({ credential });
		const contractId = await stage.contract();
		await stage.settled(host);
		await endAndRestore(contractId, host);
		const ends = sandbox.callbacks.deliveries.slice(1, 3);
		await startAgain(contractId, host);
		for (const { body, headers } of ends)
			expect((await post(host.productionUrl, body, { sign: headers.sign })).text).toBe('success');
		await host.idle();
		expect(eventsOf(host)).toEqual([...LIFE, 'contract.sent']);
		// Its own end is told all the same.
		await stage.post('/contract/recall', { contractId });
		await stage.settled(host);
		expect(eventsOf(host).slice(4)).toEqual(['contract.recalled']);
	});

	it('is not forgotten when the event of another contract is stored at the same moment', async () => {
		const host = await stage.host();
		const contractId = await stage.contract();
		const other = await stage.contract({ send: '0' });
		await stage.settled(host);
		await endAndRestore(contractId, host);
		const [again] = await stage.recorded(() => sandbox.control.start(contractId));
		const [elsewhere] = await stage.recorded(() => sandbox.control.start(other));
		// It has read the trigger's data before the other one writes them, and writes its own afterwards.
		sandbox.failNext('/contract/tasks', { delayMs: 400 });
		const slow = post(host.productionUrl, elsewhere.body);
		await sleep(100);
		await post(host.productionUrl, again.body);
		await slow;
		sandbox.control.setCallbackUrl(host.productionUrl);
		await stage.post('/contract/recall', { contractId });
		await stage.settled(host);
		expect(eventsOf(host)).toEqual([
			...LIFE,
			'contract.sent',
			'contract.sent',
			'contract.recalled',
		]);
		expect(idsOf(host).at(-1)).toMatch(/-2$/);
	});

	it('is counted by events that were not chosen, too', async () => {
		const host = await stage.host({ parameters: { events: ['contract.sent'] } });
		const contractId = await stage.contract();
		await stage.settled(host);
		await endAndRestore(contractId, host);
		await startAgain(contractId, host);
		expect(eventsOf(host)).toEqual(['contract.sent', 'contract.sent']);
		const [first, second] = idsOf(host);
		expect(second).toBe(`${first}-2`);
	});

	it('is put off while the platform cannot be asked whether it runs again', async () => {
		const credential = { platformPublicKey: sandbox.platformPublicKey };
		const host = await stage.host({ credential });
		const contractId = await stage.contract();
		await stage.settled(host);
		await endAndRestore(contractId, host);
		const [{ body, sign }] = await stage.recorded(() => sandbox.control.start(contractId));
		sandbox.failNext('/contract/tasks', 'dropBefore');
		expect(await post(host.productionUrl, body, { sign })).toMatchObject({ status: 503 });
		expect((await post(host.productionUrl, body, { sign })).text).toBe('success');
		await host.idle();
		expect(eventsOf(host)).toEqual([...LIFE, 'contract.sent']);
	});

	it('turned off: every delivery starts the workflow, and its life is in the eventId all the same', async () => {
		const host = await stage.host({ parameters: { options: { ignoreRepeats: false } } });
		const contractId = await stage.contract();
		await stage.settled(host);
		await endAndRestore(contractId, host);
		await startAgain(contractId, host);
		expect(eventsOf(host)).toEqual([...LIFE, 'contract.sent']);
		const ids = idsOf(host);
		expect(ids[3]).toBe(`${ids[0]}-2`);
	});
});
