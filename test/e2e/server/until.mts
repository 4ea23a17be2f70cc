import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer other than `undefined` or `false`. */
export const until = async <T,>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
	{ timeoutMs = 30_000, everyMs = 100 } = {},
): Promise<T> => {
	const end = Date.now() + timeoutMs;
	let last: unknown;
	do {
		try {
			const answer = await ask();
			if (answer !== undefined && answer !== false) return answer;
		} catch (error) {
			last = error;
		}
		await sleep(everyMs);
	} while (Date.now() < end);
	const reason = last instanceof Error ? `: ${last.message}` : '';
	throw new Error(`${what}: not within ${timeoutMs / 1000} s${reason}`);
};
