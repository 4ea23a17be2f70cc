/** A start that the platform has mixed up, and another thing that goes wrong while the node puts it right. */
import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shortenPauses } from '../engine/pauses.mjs';
import type { Spoiling } from '../sandbox/kaifangqian/switches.mjs';
import { kaifangqianStage } from './stages.mjs';
import { figure } from './figures.mjs';
import { attempt, TWO_ASK, type Came, type Event, type StartName } from './starts.mjs';
import { openField, type Field } from './strike.mjs';
import type { KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';

let inFull = () => {};
beforeAll(() => {
	inFull = shortenPauses(100);
});
afterAll(() => inFull());

/** A stand-in for one group of tests; groups run side by side. */
const ownField = () => {
	const own: { field?: Field<KaifangqianSandbox> } = {};
	beforeAll(async () => {
		own.field = await openField(kaifangqianStage, '');
	});
	afterAll(async () => {
		await own.field?.proxy.close();
		await own.field?.running.close();
	});
	return () => own.field!;
};

const operations: StartName[] = ['contract.create', 'contract.sendFiles'];
const spoilings: Spoiling[] = [
	'refused',
	'signingWithoutTask',
	'stuckInStart',
	'completeUnsigned',
	'askedTwice',
];

/** What else goes wrong, by the end of the path and the number of the call to it. */
const troubles: Array<[string, Record<string, Event['then'][]>]> = [
	['nothing else', {}],
	['the look is lost', { tasks: ['lost before', 'lost before'] }],
	['the look is lost once', { tasks: ['lost after'] }],
	['the second look is lost', { tasks: ['answer', 'lost before', 'lost before'] }],
	['a gateway answers the look', { tasks: ['a gateway after', 'a gateway after'] }],
	['a page answers the look', { tasks: ['a page after'] }],
	['the look is refused', { tasks: ['refused'] }],
	['half of the look arrives', { tasks: ['half of it after'] }],
	['the look is throttled', { tasks: ['throttled', 'throttled'] }],
	['the recall is lost, and was not done', { recall: ['lost before'] }],
	['the recall is lost, and was done', { recall: ['lost after'] }],
	['a gateway answers the recall', { recall: ['a gateway after'] }],
	['the recall is refused', { recall: ['refused'] }],
	['the recall is refused without a code', { recall: ['code null'] }],
	['form 2 answers the recall', { recall: ['form 2 after'] }],
	['the recall is throttled for ever', { recall: Array<Event['then']>(9).fill('throttled') }],
	['the next start is lost, and was not done', { draft: ['answer', 'lost before'] }],
	['the next start is lost, and was done', { draft: ['answer', 'lost after'] }],
	['a gateway answers the next start', { draft: ['answer', 'a gateway after'] }],
	['form 2 answers the next start', { draft: ['answer', 'form 2 after'] }],
	['the next start is refused', { draft: ['answer', 'refused'] }],
	['the next start is refused without a code', { draft: ['answer', 'code null'] }],
	['the spoiled start is lost itself', { draft: ['lost after'] }],
	['form 2 answers the spoiled start itself', { draft: ['form 2 after'] }],
	['half of the answer to it arrives', { draft: ['half of it after'] }],
];

const planned = (spoiled: Spoiling[], trouble: Record<string, Event['then'][]>) => {
	const made: Record<string, number> = {};
	return ({ path }: { path: string }): Event | undefined => {
		const call = /\w+$/.exec(path)![0];
		const index = (made[call] = (made[call] ?? 0) + 1) - 1;
		const then = trouble[call]?.[index] ?? 'answer';
		return { then, ...(call === 'draft' ? { spoiled: spoiled[index] } : {}) };
	};
};

const MOST_STARTS = 3;

const counts = { runs: 0, doubled: 0 };
const count = ({ wrong }: Came): void => {
	counts.runs += 1;
	counts.doubled += wrong.filter((what) => what.includes(TWO_ASK)).length;
};

const groups = operations.flatMap((name) => spoilings.map((spoiling) => [name, spoiling] as const));

describe.concurrent.each(groups)('%s, %s', (name, spoiling) => {
	const field = ownField();
	// Once, and again each time that it is sent.
	const ways: Array<[string, Spoiling[]]> = [
		['once', [spoiling]],
		['for ever', Array<Spoiling>(9).fill(spoiling)],
	];
	describe.sequential.each(ways)('%s', (_times, spoiled) => {
		it.sequential.each(troubles)('%s', async (_what, trouble) => {
			for (const mode of ['continue', 'stop'] as const) {
				const came = await attempt(field(), {
					...{ name, mode, items: 1, plan: planned(spoiled, trouble) },
				});
				count(came);
				expect(came.wrong).toEqual([]);
				expect(came.callsTo('/draft').length).toBeLessThanOrEqual(MOST_STARTS);
			}
		});

		it.sequential.each(troubles)(
			"%s, and n8n's Retry On Fail runs it again",
			async (_what, trouble) => {
				const came = await attempt(field(), {
					...{ name, mode: 'stop', items: 1, plan: planned(spoiled, trouble) },
					node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
				});
				count(came);
				expect(came.wrong).toEqual([]);
				// What was refused may be sent again by each of n8n's tries, a contract only three times in all.
				const granted = came.callsTo('/draft').filter(({ carriedOut }) => carriedOut);
				expect(granted.length).toBeLessThanOrEqual(MOST_STARTS);
			},
		);
	});
});

it('are told in docs/reliability.md', async ({ skip }) => {
	// Two ways to go on after a failing item, and n8n's own tries.
	const all = operations.length * spoilings.length * 2 * troubles.length * 3;
	skip(counts.runs < all);
	await figure('starts', 'Runs in which a mixed-up start meets another trouble', counts.runs);
	await figure('starts', '– that asked somebody by two contracts', counts.doubled);
});

describe('a run that is canceled while a contract is put right', () => {
	const field = ownField();
	/** Calls that the node has begun; what has begun before a cancellation may be heard only after it. */
	let begun = 0;
	const noteBegun = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		if (request.getHeader('host') === field().proxy.host) begun += 1;
	};
	beforeAll(() => diagnostics.subscribe('http.client.request.start', noteBegun));
	afterAll(() => {
		diagnostics.unsubscribe('http.client.request.start', noteBegun);
	});

	const canceledAt = async (
		name: StartName,
		spoiled: Spoiling,
		isThere: (came: Pick<Came['heard'][0], 'path'>) => boolean,
		after: 'at once' | 'a little later',
	) => {
		let cancel = () => {};
		begun = 0;
		let begunBefore: number | undefined;
		const stop = () => {
			begunBefore ??= begun;
			cancel();
		};
		const plan = planned([spoiled], {});
		const came = await attempt(field(), {
			...{ name, mode: 'stop', items: 1 },
			onStart: (cancelRun) => {
				cancel = cancelRun;
			},
			plan(heard) {
				if (isThere(heard)) setTimeout(stop, after === 'at once' ? 0 : 20);
				return plan(heard);
			},
		});
		return { ...came, begunBefore: begunBefore ?? begun };
	};

	it.each(
		operations.flatMap((name) =>
			(['signingWithoutTask', 'stuckInStart', 'refused'] as const).flatMap((spoiled) =>
				['/draft', '/tasks', '/recall'].flatMap((path) =>
					(['at once', 'a little later'] as const).map(
						(when) => [name, spoiled, path, when] as const,
					),
				),
			),
		),
	)(
		'%s, %s, after the call to %s, %s: nobody is asked twice',
		async (name, spoiled, path, when) => {
			const came = await canceledAt(name, spoiled, (heard) => heard.path.endsWith(path), when);
			expect(came.wrong).toEqual([]);
			// Longer than any of the shortened pauses.
			await new Promise((resolve) => setTimeout(resolve, 100));
			expect(begun).toBe(came.begunBefore);
			expect(field().proxy.heard.length).toBeLessThanOrEqual(begun);
		},
	);
});

describe('a run that stops for an item', () => {
	const field = ownField();

	it.each(['lost after', 'form 2 after', 'code 91000 after'] as const)(
		'says of another one, too, that nobody knows whether it was carried out: %s',
		async (then) => {
			const { results, wrong, contracts } = await attempt(field(), {
				...{ name: 'contract.create', mode: 'stop', items: 2, itemsInParallel: 2 },
				plan: ({ path }, item) =>
					path.endsWith('/draft') ? { then: item === 0 ? 'lost after' : then } : undefined,
			});
			expect(wrong).toEqual([]);
			expect(results).toMatchObject([
				{ state: 'failed', said: 'unknown' },
				{ state: 'mentioned', said: 'unknown' },
			]);
			expect(contracts.map(({ length }) => length)).toEqual([1, 1]);
		},
	);
});

describe("n8n's own tries", () => {
	const field = ownField();

	it('says again what could not be looked at', async () => {
		const { results, wrong } = await attempt(field(), {
			...{ name: 'contract.create', mode: 'continue', items: 2, retries: 0 },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			plan({ path }, item) {
				// n8n tries again for this one, and has the other one anew as well.
				if (item === 0) return { then: 'refused' };
				if (path.endsWith('/draft')) return { spoiled: 'signingWithoutTask', then: 'answer' };
				return { then: 'lost before' };
			},
		});
		expect(wrong).toEqual([]);
		expect(results[1]).toMatchObject({
			state: 'done',
			items: [{ json: { note: expect.stringContaining('could not be looked at') } }],
		});
	});

	// An earlier try has gone as far as item 2; the last one stops at item 0.
	it('names what an earlier try has carried out', async () => {
		let looks = 0;
		const { run, contracts, wrong } = await attempt(field(), {
			...{ name: 'contract.create', mode: 'stop', items: 3, itemsInParallel: 2 },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			plan: ({ path }, item) => {
				if (item !== 0) return undefined;
				if (path.endsWith('/draft')) return { spoiled: 'completeUnsigned', then: 'answer' };
				// Long enough for the others.
				looks += 1;
				return { then: looks === 1 ? 'throttled' : 'answer' };
			},
		});
		expect(contracts[2]).toHaveLength(1);
		const [{ id }] = contracts[2];
		expect(run.error?.description).toContain(`item 2 (contractId ${id}). Not started: 0.`);
		expect(wrong).toEqual([]);
	});

	it('says again of which item nobody knows whether an earlier try has carried it out', async () => {
		const looks = [0, 0];
		const { results, contracts, wrong } = await attempt(field(), {
			...{ name: 'contract.create', mode: 'stop', items: 3, itemsInParallel: 2, retries: 6 },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			plan({ path }, item) {
				if (item === 2) return { then: 'lost after' };
				if (path.endsWith('/draft'))
					return item === 0 ? { spoiled: 'completeUnsigned', then: 'answer' } : undefined;
				looks[item] += 1;
				// In the first try item 0 is slow, in the second one item 1, so that item 2 is not begun.
				const isSlow = item === 0 ? looks[0] <= 5 : looks[1] > 1 && looks[1] <= 6;
				return { then: isSlow ? 'throttled' : 'answer' };
			},
		});
		expect(contracts[2]).toHaveLength(1);
		expect(results).toMatchObject([
			{ state: 'failed', said: 'mixed up' },
			{ state: 'done' },
			{ state: 'mentioned', said: 'unknown' },
		]);
		expect(wrong).toEqual([]);
	});
});
