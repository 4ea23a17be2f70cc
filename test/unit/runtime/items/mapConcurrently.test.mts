import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	mapConcurrently,
	type Outcome,
} from '../../../../nodes/CnEsign/runtime/items/mapConcurrently.js';

type Result = Outcome<number, string>;

/** Work whose end the test decides. */
const manual = () => {
	const started: number[] = [];
	const end = new Map<number, (outcome: Result) => void>();
	const work = async (index: number) => {
		started.push(index);
		return await new Promise<Result>((resolve) => end.set(index, resolve));
	};
	const settle = async (index: number, outcome: Result) => {
		end.get(index)?.(outcome);
		await new Promise((resolve) => setImmediate(resolve));
	};
	const done = async (index: number) => await settle(index, { state: 'done', value: index });
	return { started, work, settle, done };
};

describe('mapConcurrently', () => {
	it('keeps the order and the limit, whatever ends first', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.integer({ min: 1, max: 6 }),
				fc.integer({ min: 0, max: 12 }),
				async (scheduler, limit, count) => {
					let underWay = 0;
					let most = 0;
					const work = scheduler.scheduleFunction(async (value: number): Promise<Result> => ({
						state: 'done',
						value,
					}));
					const counted = async (index: number) => {
						most = Math.max(most, ++underWay);
						const outcome = await work(index);
						underWay--;
						return outcome;
					};
					const outcomes = await scheduler.waitFor(mapConcurrently(count, limit, counted));
					expect(outcomes).toEqual(
						Array.from({ length: count }, (_, value) => ({ state: 'done', value })),
					);
					expect(most).toBe(Math.min(limit, count));
				},
			),
		);
	});

	it('starts nothing new after a failed one, and waits for what is under way', async () => {
		const { started, work, settle, done } = manual();
		let over = false;
		const run = mapConcurrently(5, 2, work).then((outcomes) => {
			over = true;
			return outcomes;
		});
		await done(0);
		expect(started).toEqual([0, 1, 2]);
		await settle(1, { state: 'failed', error: 'no' });
		expect(started).toEqual([0, 1, 2]);
		expect(over).toBe(false);
		await done(2);
		expect(await run).toEqual([
			{ state: 'done', value: 0 },
			{ state: 'failed', error: 'no' },
			{ state: 'done', value: 2 },
			{ state: 'notStarted' },
			{ state: 'notStarted' },
		]);
	});

	it('starts nothing new once it is aborted', async () => {
		const { started, work, done } = manual();
		const controller = new AbortController();
		const run = mapConcurrently(3, 1, work, controller.signal);
		controller.abort();
		await done(0);
		expect((await run).map(({ state }) => state)).toEqual(['done', 'notStarted', 'notStarted']);
		expect(started).toEqual([0]);
	});
});
