import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelled, pause } from '../../../nodes/CnEsign/runtime/waiting.js';
import { thrownBy } from '../support.mjs';

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
