import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAdmissionQueue } from '../../../../nodes/CnEsign/runtime/http/admissionQueue.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sleep = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

const PATIENCE = 1000;
const BUSY = 'Too many callbacks came at once';

/** Sends all at once; each works for `takes` ms. Says who was served, in order, and who was turned away. */
const crowd = async (
	most: number,
	names: string[],
	{ takes = 100, longestQueue = 100, first = (_: string): boolean => false } = {},
) => {
	const admissionQueue = createAdmissionQueue(most, longestQueue);
	const served: string[] = [];
	const turnedAway: string[] = [];
	let inside = 0;
	let mostInside = 0;
	const all = names.map(async (name) => {
		try {
			await admissionQueue(
				async () => {
					served.push(name);
					mostInside = Math.max(mostInside, ++inside);
					await sleep(takes);
					inside -= 1;
				},
				PATIENCE,
				first(name),
			);
		} catch (error) {
			expect((error as Error).message).toBe(BUSY);
			turnedAway.push(name);
		}
	});
	await vi.runAllTimersAsync();
	await Promise.all(all);
	return { served, turnedAway, mostInside };
};

describe('createAdmissionQueue', () => {
	it('lets so many through at a time, the newest first, and everybody in the end', async () => {
		const { served, turnedAway, mostInside } = await crowd(2, ['a', 'b', 'c', 'd', 'e']);
		expect(served).toEqual(['a', 'b', 'e', 'd', 'c']);
		expect(turnedAway).toEqual([]);
		expect(mostInside).toBe(2);
	});

	it('serves those first that have a right to it', async () => {
		const names = ['x1', 'x2', 'known1', 'x3', 'known2', 'x4'];
		const { served } = await crowd(1, names, { first: (name) => name.startsWith('known') });
		expect(served).toEqual(['x1', 'known2', 'known1', 'x4', 'x3', 'x2']);
	});

	it('turns away who has waited too long, instead of asking in vain', async () => {
		const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
		const { served, turnedAway } = await crowd(1, names);
		// The one whose time would be up while it is served is not let in any more.
		expect(served.length + turnedAway.length).toBe(20);
		expect(served).toHaveLength(10);
		expect(turnedAway).toContain('n1');
	});

	it('a queue that is full loses its oldest', async () => {
		const names = Array.from({ length: 8 }, (_, index) => `n${index}`);
		const { served, turnedAway } = await crowd(1, names, { longestQueue: 3 });
		expect(served).toEqual(['n0', 'n7', 'n6', 'n5']);
		expect(turnedAway).toEqual(['n1', 'n2', 'n3', 'n4']);
	});

	it('takes its place back from work that never ends, and from work that throws', async () => {
		const admissionQueue = createAdmissionQueue(1);
		const forever = admissionQueue(async () => await new Promise(() => {}), PATIENCE, false);
		const thrown = admissionQueue(
			async () => {
				throw new Error('refused');
			},
			2 * PATIENCE,
			false,
		);
		const last = admissionQueue(async (left) => left, 3 * PATIENCE, false);
		const outcome = Promise.allSettled([forever, thrown, last]);
		await vi.runAllTimersAsync();
		expect(await outcome).toMatchObject([
			{ reason: { message: 'It did not answer in time' } },
			{ reason: { message: 'refused' } },
			{ value: 2 * PATIENCE },
		]);
	});
});
