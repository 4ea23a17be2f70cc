import { OperationalError, sleep } from 'n8n-workflow';

/**
 * Thrown out of a wait when the execution is cancelled. n8n recognises a cancelled run by the word
 * 'canceled' in the message; spelled otherwise, the execution would be listed as failed.
 */
export const cancelled = (): Error => new OperationalError('The execution was canceled');

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

/**
 * What `work` gives, or a rejection once it takes longer. An HTTP time-out alone does not do: it counts
 * silence, so an answer that drips in byte by byte would never meet it.
 */
export const within = async <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
	const late = async (): Promise<never> => {
		await sleep(milliseconds);
		throw new OperationalError('It did not answer in time');
	};
	return await Promise.race([work, late()]);
};
