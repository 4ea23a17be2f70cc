import { describe, expect, it } from 'vitest';
import type { Host } from '../engine/host.mjs';
import { itemsOf, kaifangqianStage } from '../engine/trigger/support.mjs';
import { attacker, delayDuring, heapUsed, shuffled, statuses, uncaught } from './attack.mjs';
import type { Hit, Shot } from './attack.mjs';
import { figure } from './figures.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;
const attack = attacker();
const nobodyCaught = uncaught();

// Far above what is measured: a busy machine must not fail the test, a blocked process must.
const GROSS_DELAY = 500;
const QUESTIONS_AT_A_TIME = 20;

const nameOf = (body: string | Buffer | undefined) => {
	const { contractId, callbackType } = JSON.parse(String(body)) as Record<string, string>;
	return `${callbackType} ${contractId}`;
};

/** The callbacks of so many contracts that were signed, two of each, kept back. */
const signedContracts = async (count: number, host?: Host) => {
	const ids: string[] = [];
	// Seen before by a host that is told; otherwise nobody hears of them before they are signed.
	if (!host) sandbox.control.setCallbackUrl(undefined);
	for (let at = 0; at < count; at += 1) ids.push(await stage.contract());
	if (host) await stage.settled(host);
	const recorded = await stage.recorded(() => ids.forEach((id) => sandbox.control.sign(id)));
	expect(recorded).toHaveLength(2 * count);
	sandbox.requests.length = 0;
	return { ids, bodies: recorded.map(({ body }) => body) };
};

/** What the platform does: those not taken come again. Gives what is left after `tries`. */
const untilTaken = async (host: Host, bodies: string[], tries: number, parallel = 50) => {
	let left = bodies;
	for (let round = 0; round < tries && left.length > 0; round += 1) {
		const hits = await attack(
			left.map((body) => ({ url: host.productionUrl, body })),
			parallel,
		);
		left = left.filter((_, index) => hits[index].text !== 'success');
	}
	await host.idle();
	return left;
};

const startedBy = (host: Host) =>
	itemsOf(host)
		.map(({ event, contractId }) => `${event} ${contractId}`)
		.sort();

const wantedOf = (ids: string[]) =>
	ids.flatMap((id) => [`contract.signed ${id}`, `contract.completed ${id}`]).sort();

describe('a flood of forgeries, with true callbacks in it', () => {
	it('1,000 at the same moment: none starts anything, no true one is lost, the platform is not flooded', async () => {
		const host = await stage.host();
		const { ids, bodies } = await signedContracts(50, host);
		const before = host.executions.length;
		const kinds = ['COMPLETE', 'SUBMIT_SIGN', 'RECALLED', 'SEND_SIGNING', 'EXPIRED', 'NEW_KIND'];
		const forged = Array.from({ length: 900 }, (_, index) =>
			JSON.stringify({
				contractId: String(1_800_000_000_000_000_000n + BigInt(index)),
				contractStatus: 'COMPLETE',
				callbackType: kinds[index % kinds.length],
				taskId: String(index),
			}),
		);
		const truth = new Set(bodies);
		const shots: Shot[] = shuffled([...forged, ...bodies]).map((body) => ({
			url: host.productionUrl,
			body,
		}));
		sandbox.control.setCallbackUrl(undefined);
		const { result: hits, p99, max } = await delayDuring(async () => await attack(shots));
		await host.idle();

		expect(hits).toHaveLength(1000);
		for (const { status } of hits) expect([200, 401, 503]).toContain(status);
		const taken = (of: (body: string) => boolean) =>
			hits.filter((hit: Hit, index) => of(String(shots[index].body)) && hit.text === 'success');
		const believed = taken((body) => !truth.has(body)).length;
		expect(believed).toBe(0);
		const atOnce = taken((body) => truth.has(body)).length;
		expect(host.executions.length - before).toBe(atOnce);
		// Their contracts were seen before, so they are asked about first, whatever the machine can do; only
		// those that come before anybody has to wait are taken as they come.
		const answered = hits.filter(
			({ status }, index) => status === 401 && !truth.has(String(shots[index].body)),
		).length;
		const outOfTurn = Math.max(0, answered - QUESTIONS_AT_A_TIME);
		expect(atOnce / bodies.length).toBeGreaterThanOrEqual(outOfTurn / forged.length);
		expect(stage.asked().length).toBeLessThanOrEqual(2 * 1000);
		expect(sandbox.maxInFlight).toBeLessThanOrEqual(QUESTIONS_AT_A_TIME);

		const left = bodies.filter(
			(body) => hits[shots.findIndex((shot) => shot.body === body)].text !== 'success',
		);
		const lost = await untilTaken(host, left, 5);
		expect(lost).toEqual([]);
		expect(startedBy(host).filter((name) => !name.startsWith('contract.sent'))).toEqual(
			wantedOf(ids),
		);
		expect(p99).toBeLessThan(GROSS_DELAY);
		expect(nobodyCaught.count).toBe(0);

		console.log('answers', statuses(hits));
		await figure('trigger', 'Forged callbacks among 1,000 at the same moment', forged.length);
		await figure('trigger', '– that started an execution', believed);
		await figure('trigger', '– questions to the platform at a time', sandbox.maxInFlight, {
			measured: true,
		});
		await figure('trigger', 'True callbacks among them', bodies.length);
		await figure('trigger', '– taken at the first try', atOnce, { measured: true });
		await figure('trigger', '– lost', lost.length);
		const delays = `${p99.toFixed(1)} ms / ${max.toFixed(1)} ms`;
		await figure('trigger', 'Event loop delay meanwhile, p99 / longest', delays, {
			measured: true,
		});
	});

	it('each sent six times, in any order, many at the same moment: each starts once', async () => {
		const host = await stage.host();
		const { ids, bodies } = await signedContracts(40);
		const all = shuffled(Array.from({ length: 6 }, () => bodies).flat());
		const hits = await attack(
			all.map((body) => ({ url: host.productionUrl, body })),
			40,
		);
		await host.idle();
		for (const { status } of hits) expect([200, 503]).toContain(status);
		expect(await untilTaken(host, shuffled(bodies), 6)).toEqual([]);
		expect(startedBy(host)).toEqual(wantedOf(ids));
		await figure(
			'trigger',
			'Repeats of 80 true callbacks, in any order, 40 at a time',
			all.length - bodies.length,
		);
		await figure(
			'trigger',
			'– that started a second execution',
			host.executions.length - bodies.length,
		);
	});
});

describe('the platform fails while 300 callbacks come', () => {
	const flapping = () => {
		for (let round = 0; round < 30; round += 1) {
			sandbox.failNext('/contract/tasks', 'dropBefore', 2);
			sandbox.failNext('/contract/tasks', { status: 502, body: 'Bad Gateway' }, 2);
			sandbox.failNext('/contract/tasks', { delayMs: 20 }, 5);
			sandbox.failNext('/contract/tasks', 'throttled1', 1);
		}
	};
	const troubles: Array<[string, () => void, number | undefined]> = [
		['down', () => sandbox.failNext('/contract/tasks', 'dropBefore', 300), 0],
		['too slow', () => void (sandbox.switches.latencyMs = 3500), 0],
		['slow', () => void (sandbox.switches.latencyMs = 250), undefined],
		['flapping', flapping, undefined],
	];
	for (const [what, begin, expected] of troubles) {
		it(`it is ${what}: each callback is an execution or is asked for again, and in the end each is one execution`, async () => {
			const host = await stage.host();
			const { ids, bodies } = await signedContracts(150);
			begin();
			const hits = await attack(
				bodies.map((body) => ({ url: host.productionUrl, body })),
				300,
			);
			await host.idle();
			const counts = statuses(hits);
			const { 200: taken = 0, 503: again = 0 } = counts;
			console.log(what, counts);
			expect(taken + again).toBe(300);
			expect(host.executions).toHaveLength(taken);
			if (expected !== undefined) expect(taken).toBe(expected);
			for (const { status, text } of hits) expect(text === 'success').toBe(status === 200);

			// It is well again.
			sandbox.switches.latencyMs = 0;
			const left = bodies.filter((_, index) => hits[index].status === 503);
			const lost = await untilTaken(host, left, 5);
			expect(lost.map(nameOf)).toEqual([]);
			expect(startedBy(host)).toEqual(wantedOf(ids));
			const doubled = host.executions.length - bodies.length;
			expect(nobodyCaught.count).toBe(0);
			await figure(
				'trigger',
				`300 callbacks while the platform is ${what}: lost, doubled`,
				`${lost.length}, ${doubled}`,
			);
		});
	}
});

describe('n8n’s process', () => {
	it('does not grow under 20,000 forgeries', async () => {
		const host = await stage.host();
		const contractId = await stage.contract();
		await stage.settled(host);
		sandbox.control.setCallbackUrl(undefined);
		let last = 0;
		// Answered without a question, or with a look at a contract that is known: no waiting.
		const round = async () => {
			const shots = Array.from({ length: 2000 }, (): Shot => {
				last += 1;
				const body: object = [
					{ contractId: `${last} `, callbackType: 'COMPLETE', filler: 'x'.repeat(2000) },
					{ contractId, callbackType: 'SEND_SIGNING', taskId: `${last}`, reason: 'x'.repeat(500) },
					{ callbackType: `KIND_${last}`, [`key${last}`]: last },
					{ [`constructor`]: { prototype: last } },
				][last % 4];
				return { url: host.productionUrl, body: JSON.stringify(body) };
			});
			const hits = await attack(shots, 100);
			await host.idle();
			// What the model of n8n's server and the stand-in write down.
			for (const list of [host.logs, host.answers, sandbox.requests]) list.length = 0;
			return hits;
		};
		for (let warmUp = 0; warmUp < 3; warmUp += 1) await round();
		const before = await heapUsed();
		const executions = host.executions.length;
		for (let at = 0; at < 10; at += 1)
			for (const { status } of await round()) expect([200, 400, 401, 503]).toContain(status);
		const grown = (await heapUsed()) - before;
		expect(host.executions).toHaveLength(executions);
		expect(JSON.stringify(host.staticData()).length).toBeLessThan(500 * 40);
		expect(grown).toBeLessThan(8 * 1024 * 1024);
		expect(nobodyCaught.count).toBe(0);
		const kb = `${(grown / 1024).toFixed(0)} KB`;
		await figure('trigger', 'Heap after another 20,000 forgeries, change', kb, { measured: true });
		// 26,000 requests: on a busy machine longer than other tests.
	}, 600_000);
});
