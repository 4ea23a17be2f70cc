import { OperationalError, sleep } from 'n8n-workflow';
import { isErrorNamed } from './errors';

/**
 * Thrown out of a wait when the execution is canceled. n8n recognizes a canceled run by the word
 * 'canceled' in the message; spelled otherwise, the execution would be listed as failed.
 */
export function cancelled(): Error {
	return new OperationalError(CANCELLED);
}

const CANCELLED = 'The execution was canceled';

/** Whether this is what `cancelled()` gives. */
export function isCancellation(thrown: unknown): boolean {
	return isErrorNamed(thrown, ['OperationalError']) && thrown.message === CANCELLED;
}

/** What `work` gives, or a rejection with `cancelled()` as soon as the execution is canceled. */
export async function orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return await work;
	let stop = () => {};
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(cancelled());
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/**
 * Waits, but ends at once when the execution is canceled. n8n-workflow exports no abortable sleep, and
 * community nodes may not use timers.
 */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) throw cancelled();
	if (milliseconds > 0) await orCancelled(sleep(milliseconds), signal);
}

/**
 * What `work` gives, or a rejection once it takes longer. An HTTP time-out alone does not do: it counts
 * silence, so an answer that drips in byte by byte would never meet it.
 */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
	const late = async (): Promise<never> => {
		await sleep(milliseconds);
		throw new OperationalError('It did not answer in time');
	};
	return await Promise.race([work, late()]);
}

/** What `work` gives; a failure is noted and passed on as it is. */
export async function onFailure<T>(work: Promise<T>, note: (thrown: unknown) => void): Promise<T> {
	return await work.catch((thrown: unknown) => {
		note(thrown);
		throw thrown;
	});
}
