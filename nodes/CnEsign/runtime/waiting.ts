import { OperationalError, sleep } from 'n8n-workflow';

/** Thrown out of a wait when the execution is cancelled. */
export const cancelled = (): Error => new OperationalError('The execution was cancelled');

/**
 * Waits, but ends at once with `cancelled()` when the execution is cancelled. n8n-workflow exports no
 * abortable sleep and timers are out of bounds for community nodes, hence the race.
 */
export const pause = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
	if (signal?.aborted) throw cancelled();
	if (milliseconds <= 0) return;
	if (!signal) return await sleep(milliseconds);
	let stop = () => {};
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(cancelled());
		signal.addEventListener('abort', stop, { once: true });
	});
	try {
		await Promise.race([sleep(milliseconds), aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
};
