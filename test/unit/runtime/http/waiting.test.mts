import { OperationalError } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
	cancelled,
	isCancellation,
	orCancelled,
	pause,
	within,
} from '../../../../nodes/CnEsign/runtime/http/waiting.js';
import { thrownBy } from '../../support.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const stateOf = (promise: Promise<void>) => {
	const seen = { state: 'waiting' };
	promise.then(
		() => (seen.state = 'over'),
		() => (seen.state = 'cancelled'),
	);
	return seen;
};

describe('pause', () => {
	it.each([undefined, new AbortController().signal])('lasts as long as asked', async (signal) => {
		const seen = stateOf(pause(1000, signal));
		await vi.advanceTimersByTimeAsync(999);
		expect(seen.state).toBe('waiting');
		await vi.advanceTimersByTimeAsync(1);
		expect(seen.state).toBe('over');
	});

	it('does not wait for times that are past', async () => {
		await pause(0);
		await pause(-5, new AbortController().signal);
	});

	it('ends at once when the execution is cancelled', async () => {
		const controller = new AbortController();
		const thrown = thrownBy(async () => await pause(3_600_000, controller.signal));
		controller.abort();
		// No time passes here: the clock is a fake that nobody moves.
		expect((await thrown).message).toBe(cancelled().message);
	});

	it('does not begin when the execution is already cancelled', async () => {
		const thrown = await thrownBy(async () => await pause(0, AbortSignal.abort()));
		expect(thrown.message).toBe(cancelled().message);
	});

	it('leaves no listener behind', async () => {
		const { signal } = new AbortController();
		const removed = vi.spyOn(signal, 'removeEventListener');
		const waiting = pause(10, signal);
		await vi.advanceTimersByTimeAsync(10);
		await waiting;
		expect(removed).toHaveBeenCalledTimes(1);
	});
});

describe('within', () => {
	it('gives what comes in time, and what is thrown in time', async () => {
		expect(await within(5000, Promise.resolve(7))).toBe(7);
		await expect(within(5000, Promise.reject(new Error('no')))).rejects.toThrow('no');
	});

	it('does not wait for what never comes, nor stumble over what fails later', async () => {
		let failLater = (_error: Error) => {};
		const never = new Promise<never>((_, reject) => (failLater = reject));
		const thrown = thrownBy(async () => await within(1000, never));
		await vi.advanceTimersByTimeAsync(1000);
		expect((await thrown).message).toBe('It did not answer in time');
		failLater(new Error('too late'));
		await vi.runAllTimersAsync();
	});
});

describe('orCancelled', () => {
	it('gives what comes, and what is thrown, before the execution is cancelled', async () => {
		const { signal } = new AbortController();
		for (const given of [undefined, signal]) {
			expect(await orCancelled(Promise.resolve(7), given)).toBe(7);
			await expect(orCancelled(Promise.reject(new Error('no')), given)).rejects.toThrow('no');
		}
	});

	it('is rejected as soon as the execution is cancelled, also where it was before', async () => {
		const controller = new AbortController();
		const never = new Promise<never>(() => {});
		const thrown = thrownBy(async () => await orCancelled(never, controller.signal));
		controller.abort();
		expect(isCancellation(await thrown)).toBe(true);
		const late = await thrownBy(async () => await orCancelled(never, controller.signal));
		expect(isCancellation(late)).toBe(true);
	});
});

describe('isCancellation', () => {
	it('knows its own, by its words, which n8n looks for, too', () => {
		expect(isCancellation(cancelled())).toBe(true);
		expect(cancelled().message).toContain('canceled');
		for (const other of [new Error(cancelled().message), new OperationalError('x'), undefined, {}])
			expect(isCancellation(other)).toBe(false);
	});
});
