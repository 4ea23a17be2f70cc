import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPacer, pacerFor, type Turn } from '../../../nodes/CnEsign/runtime/pacer.js';
import { cancelled } from '../../../nodes/CnEsign/runtime/waiting.js';
import { thrownBy } from '../support.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface PlannedCall {
	/** When it asks for its turn. */
	asks: number;
	/** How long the answer takes. */
	takes: number;
	/** Where between sending and answer the platform counts it, 0 to 1. */
	counted: number;
}

/** The latest moment after sending at which the platform is taken to count a call. */
const LATEST = 250;

/** Makes the calls and returns when each was sent and counted, by the fake clock. */
const simulate = async (turn: Turn, calls: PlannedCall[]) => {
	const log: Array<{ sent: number; counted: number }> = [];
	const all = calls.map(async ({ asks, takes, counted }) => {
		await new Promise((resolve) => setTimeout(resolve, asks));
		const answered = await turn();
		const sent = Date.now();
		log.push({ sent, counted: sent + counted * Math.min(takes, LATEST) });
		await new Promise((resolve) => setTimeout(resolve, takes));
		answered();
	});
	await vi.runAllTimersAsync();
	await Promise.all(all);
	return log;
};

const plan = fc.record({
	asks: fc.nat(1500),
	takes: fc.oneof(fc.nat(40), fc.nat(3000)),
	counted: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('createPacer', () => {
	it('never lets the platform count more than the limit in a second', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 5 }),
				fc.array(plan, { maxLength: 25 }),
				async (limit, calls) => {
					const log = await simulate(createPacer(limit), calls);
					expect(log).toHaveLength(calls.length);
					const times = log.map(({ counted }) => counted).sort((a, b) => a - b);
					for (let index = limit; index < times.length; index++)
						expect(times[index] - times[index - limit]).toBeGreaterThan(1000);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('does not hold calls up that are below the limit', async () => {
		const calls = [0, 300, 600, 900].map((asks) => ({ asks, takes: 10, counted: 1 }));
		const began = Date.now();
		const log = await simulate(createPacer(5), calls);
		expect(log.map(({ sent }) => sent - began)).toEqual([0, 300, 600, 900]);
	});

	it('uses the pace: with fast answers every second takes the full number', async () => {
		const calls = Array.from({ length: 15 }, () => ({ asks: 0, takes: 20, counted: 1 }));
		const began = Date.now();
		const log = await simulate(createPacer(5), calls);
		const last = Math.max(...log.map(({ sent }) => sent)) - began;
		expect(last).toBeLessThan(2 * 1100);
		expect(last).toBeGreaterThan(2000);
	});

	it('does not halve the pace when answers take long', async () => {
		const calls = Array.from({ length: 10 }, () => ({ asks: 0, takes: 5000, counted: 0 }));
		const began = Date.now();
		const log = await simulate(createPacer(5), calls);
		expect(Math.max(...log.map(({ sent }) => sent)) - began).toBeLessThan(1500);
	});

	it('lets the others go on when one in the queue gives up', async () => {
		const turn = createPacer(1);
		(await turn())();
		const controller = new AbortController();
		const gaveUp = thrownBy(async () => await turn(controller.signal));
		let next = false;
		const behind = turn().then(() => (next = true));
		controller.abort();
		expect((await gaveUp).message).toBe(cancelled().message);
		expect(next).toBe(false);
		await vi.runAllTimersAsync();
		await behind;
		expect(next).toBe(true);
	});
});

describe('pacerFor', () => {
	it('is one per address and limit, and none without a limit', () => {
		const one = pacerFor('https://a.example/contract/draft', 5);
		expect(pacerFor('https://a.example/contract/draft', 5)).toBe(one);
		expect(pacerFor('https://a.example/document/file', 5)).not.toBe(one);
		expect(pacerFor('https://a.example/contract/draft', 0)).toBeUndefined();
	});
});
