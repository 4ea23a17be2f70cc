export type Outcome<T, E> =
	{ state: 'done'; value: T } | { state: 'failed'; error: E } | { state: 'notStarted' };

/**
 * Runs `work` for 0…count-1, at most `limit` at a time; outcomes come in the order of the indexes.
 * After the first failed one (or when `signal` is aborted) nothing new is started, but what is under
 * way is waited for: nothing goes on in the background after the node has answered.
 */
export async function mapConcurrently<T, E>(
	count: number,
	limit: number,
	work: (index: number) => Promise<Outcome<T, E>>,
	signal?: AbortSignal,
): Promise<Array<Outcome<T, E>>> {
	const outcomes = Array.from({ length: count }, (): Outcome<T, E> => ({ state: 'notStarted' }));
	let next = 0;
	let stopped = false;

	const worker = async () => {
		while (next < count && !stopped && !signal?.aborted) {
			const index = next++;
			const outcome = await work(index);
			outcomes[index] = outcome;
			if (outcome.state === 'failed') stopped = true;
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, count) }, worker));
	return outcomes;
}
