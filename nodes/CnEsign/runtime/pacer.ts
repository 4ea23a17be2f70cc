import { pause } from './waiting';

/** Waits for a place; the function it returns says that the call has been answered. */
export type Turn = (signal?: AbortSignal) => Promise<() => void>;

const WINDOW = 1000;
const MARGIN = 10;
// The platform counts a call at some moment between our sending and its answer. For a slow answer that
// moment is taken to lie this long after sending at the latest, or long calls would halve the pace.
const LATEST_COUNT = 250;

/**
 * At most `limit` calls in any second as the platform sees it: a call starts only when the one
 * `limit` places before it was counted more than a second ago.
 */
export const createPacer = (limit: number, clock: () => number = Date.now): Turn => {
	const recent: Array<{ started: number; countedBy: number }> = [];
	let queue: Promise<unknown> = Promise.resolve();

	return async (signal) => {
		const place = queue.then(async () => {
			const blocker = recent.at(-limit);
			if (blocker) {
				await pause(blocker.started + WINDOW + MARGIN - clock(), signal);
				// Read again only now: by this time the blocker has usually been answered.
				await pause(blocker.countedBy + WINDOW + MARGIN - clock(), signal);
			}
			const started = clock();
			const entry = { started, countedBy: started + LATEST_COUNT };
			recent.push(entry);
			if (recent.length > limit) recent.splice(0, recent.length - limit);
			return entry;
		});
		// One who gives up in the queue does not hold up those behind.
		queue = place.catch(() => {});
		const entry = await place;
		return () => {
			entry.countedBy = Math.min(clock(), entry.countedBy);
		};
	};
};

// Remembered between executions only out of courtesy: what runs in another process is not seen, and
// the platform's own refusal (999999) is handled anyway.
const shared = new Map<string, Turn>();

/** The pacer of one throttled address, shared by all executions of this process. */
export const pacerFor = (address: string, limit: number): Turn | undefined => {
	if (limit <= 0) return undefined;
	const key = `${limit} ${address}`;
	let turn = shared.get(key);
	if (!turn) {
		if (shared.size >= 200) shared.clear();
		turn = createPacer(limit);
		shared.set(key, turn);
	}
	return turn;
};
