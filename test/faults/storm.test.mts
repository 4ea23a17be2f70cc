/** Anything may happen to any call of several starts at once: whatever it is, nobody is asked twice. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shortenPauses } from '../engine/pauses.mjs';
import { runs, SEED } from '../seed.mjs';
import { figure } from './figures.mjs';
import { kaifangqianStage } from './stages.mjs';
import { attempt, TWO_ASK, type Event, type StartName } from './starts.mjs';
import { openField } from './strike.mjs';

/** How many are written down; another number is a run of somebody's own. */
const USUAL = 600;
const RUNS = runs(USUAL);
const SHARDS = 6;

let inFull = () => {};
beforeAll(() => {
	inFull = shortenPauses(200);
});
afterAll(() => inFull());

const spoiled = fc.option(
	fc.constantFrom(
		...(['refused', 'signingWithoutTask', 'stuckInStart'] as const),
		...(['completeUnsigned', 'askedTwice'] as const),
	),
	{ nil: undefined, freq: 2 },
);
const then = fc.oneof(
	{ weight: 5, arbitrary: fc.constant<Event['then']>('answer') },
	{
		weight: 4,
		arbitrary: fc.constantFrom<Event['then']>(
			...(['lost before', 'lost after', 'a gateway after', 'a page after'] as const),
			...(['half of it after', 'form 2 after', 'code 91000 after'] as const),
			...(['refused', 'code null', 'throttled'] as const),
		),
	},
);
const events = fc.array(fc.record({ spoiled, then }), { maxLength: 30 });

const storm = fc.record({
	name: fc.constantFrom<StartName>('contract.create', 'contract.sendFiles'),
	items: fc.integer({ min: 1, max: 3 }),
	itemsInParallel: fc.integer({ min: 1, max: 3 }),
	mode: fc.constantFrom('continue' as const, 'stop' as const),
	retries: fc.integer({ min: 0, max: 2 }),
	triesOfN8n: fc.integer({ min: 1, max: 3 }),
	/** For each item, what happens to its calls in their order. */
	events: fc.tuple(events, events, events),
});

const counts = { starts: 0, contracts: 0, doubled: 0 };

describe.concurrent('storms', () => {
	const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
	const timeout = 240_000 * Math.max(1, RUNS / USUAL);
	it.each(shards)('shard %i', { timeout }, async (shard) => {
		const field = await openField(kaifangqianStage, '');
		await fc.assert(
			fc.asyncProperty(storm, async ({ events: planned, triesOfN8n, ...more }) => {
				const left = planned.map((list) => [...list]);
				const came = await attempt(field, {
					...more,
					node:
						triesOfN8n > 1 ? { retryOnFail: true, maxTries: triesOfN8n, waitBetweenTries: 1 } : {},
					plan(heard, item) {
						const event = left[item]?.shift();
						if (!event) return undefined;
						return heard.path.endsWith('/draft') ? event : { then: event.then };
					},
				});
				expect(came.wrong).toEqual([]);
				counts.starts += came.callsTo('/draft').length;
				counts.contracts += came.contracts.flat().length;
				counts.doubled += came.wrong.filter((what) => what.includes(TWO_ASK)).length;
			}),
			{ numRuns: Math.ceil(RUNS / SHARDS), seed: SEED + shard },
		);
		await field.proxy.close();
		await field.running.close();
	});
});

it('are told in docs/reliability.md', async ({ skip }) => {
	skip(RUNS !== USUAL || counts.starts === 0);
	await figure('starts', 'Runs of up to three items in which anything happens to any call', RUNS);
	await figure('starts', '– starts that were sent in them', counts.starts, { measured: true });
	await figure(
		'starts',
		'– contracts that came of these, with those that ask nobody',
		counts.contracts,
		{ measured: true },
	);
	await figure('starts', '– items for which two contracts ask somebody', counts.doubled);
});
