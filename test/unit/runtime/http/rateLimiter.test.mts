import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
	createRateLimiter,
	rateLimiterFor,
} from '../../../../nodes/CnEsign/runtime/http/rateLimiter.js';
import { cancelled } from '../../../../nodes/CnEsign/runtime/http/waiting.js';
import { thrownBy } from '../../support.mjs';
import { runs } from '../../../seed.mjs';

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
const simulate = async (limit: number, calls: PlannedCall[]) => {
	const limiter = createRateLimiter();
	const log: Array<{ sent: number; counted: number }> = [];
	const all = calls.map(async ({ asks, takes, counted }) => {
		await new Promise((resolve) => setTimeout(resolve, asks));
		const answered = await limiter.acquire(limit);
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

describe('createRateLimiter', () => {
	it('never lets the platform count more than the limit in a second', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 5 }),
				fc.array(plan, { maxLength: 25 }),
				async (limit, calls) => {
					const log = await simulate(limit, calls);
					expect(log).toHaveLength(calls.length);
					const times = log.map(({ counted }) => counted).sort((a, b) => a - b);
					for (let index = limit; index < times.length; index++)
						expect(times[index] - times[index - limit]).toBeGreaterThan(1000);
				},
			),
			{ numRuns: runs(60) },
		);
	});

	it('does not hold calls up that are below the limit', async () => {
		const calls = [0, 300, 600, 900].map((asks) => ({ asks, takes: 10, counted: 1 }));
		const began = Date.now();
		const log = await simulate(5, calls);
		expect(log.map(({ sent }) => sent - began)).toEqual([0, 300, 600, 900]);
	});

	it('uses the limit: with fast answers every second takes the full number', async () => {
		const calls = Array.from({ length: 15 }, () => ({ asks: 0, takes: 20, counted: 1 }));
		const began = Date.now();
		const log = await simulate(5, calls);
		const last = Math.max(...log.map(({ sent }) => sent)) - began;
		expect(last).toBeLessThan(2 * 1100);
		expect(last).toBeGreaterThan(2000);
	});

	it('does not halve the rate when answers take long', async () => {
		const calls = Array.from({ length: 10 }, () => ({ asks: 0, takes: 5000, counted: 0 }));
		const began = Date.now();
		const log = await simulate(5, calls);
		expect(Math.max(...log.map(({ sent }) => sent)) - began).toBeLessThan(1500);
	});

	it('lets the others go on when one in the queue gives up', async () => {
		const limiter = createRateLimiter();
		(await limiter.acquire(1))();
		const controller = new AbortController();
		const gaveUp = thrownBy(async () => await limiter.acquire(1, controller.signal));
		let next = false;
		const behind = limiter.acquire(1).then(() => (next = true));
		controller.abort();
		expect((await gaveUp).message).toBe(cancelled().message);
		expect(next).toBe(false);
		await vi.runAllTimersAsync();
		await behind;
		expect(next).toBe(true);
	});

	it('shares what the address has taken between callers with different limits', async () => {
		const limiter = createRateLimiter();
		for (let call = 0; call < 5; call++) (await limiter.acquire(5))();
		const began = Date.now();
		let sent: number | undefined;
		void limiter.acquire(2).then(() => (sent = Date.now() - began));
		await vi.runAllTimersAsync();
		expect(sent).toBeGreaterThan(1000);
	});

	it('does not let a limit of 0 wait, but counts its calls', async () => {
		const limiter = createRateLimiter();
		const waiting = limiter.acquire(1).then(async () => await limiter.acquire(1));
		for (let call = 0; call < 20; call++) (await limiter.acquire(0))();
		expect(limiter.tryAcquire(5)).toBeGreaterThan(0);
		await vi.runAllTimersAsync();
		(await waiting)();
	});

	it('says how long there is no place when asked to take one at once', async () => {
		const limiter = createRateLimiter();
		const answered = limiter.tryAcquire(1);
		if (typeof answered === 'number') throw new Error('the first place is free');
		answered();
		expect(limiter.tryAcquire(1)).toBe(1010);
		await vi.advanceTimersByTimeAsync(1010);
		expect(typeof limiter.tryAcquire(1)).toBe('function');
	});
});

describe('rateLimiterFor', () => {
	it('is one per call of an installation, whatever its base path', () => {
		const of = (url: string, name: string) => rateLimiterFor({ url, name });
		const one = of('https://a.example/V2/contract/draft', '/contract/draft');
		expect(of('https://a.example/V2/contract/draft', '/contract/draft')).toBe(one);
		expect(of('https://a.example/other/contract/draft', '/contract/draft')).toBe(one);
		expect(of('https://a.example/V2/contract/draft', '/document/file')).not.toBe(one);
		expect(of('https://b.example/V2/contract/draft', '/contract/draft')).not.toBe(one);
		expect(of('https://a.example:444/V2/contract/draft', '/contract/draft')).not.toBe(one);
	});
});
