import { pause } from './waiting';

const WINDOW = 1000;
const MARGIN = 10;
// The platform counts a call at some moment between our sending and its answer. For a slow answer that
// moment is taken to lie this long after sending at the latest, or long calls would halve the rate.
const LATEST_COUNT = 250;
const MOST_REMEMBERED = 1000;
const MOST_ADDRESSES = 200;

/** To be called when the call has been answered. */
export type Answered = () => void;

/**
 * Keeps calls to one address below a number per second, as the platform counts them. The limit comes with
 * each call, so that two nodes with different settings share what the address has taken.
 */
export interface RateLimiter {
	/** Waits for a place, first come first served. A limit of 0 does not wait. */
	acquire(limit: number, signal?: AbortSignal): Promise<Answered>;
	/** A place at once, or the milliseconds until there may be one. */
	tryAcquire(limit: number): Answered | number;
}

export function createRateLimiter(): RateLimiter {
	const recent: Array<{ started: number; countedBy: number }> = [];
	let queue: Promise<unknown> = Promise.resolve();

	const blockerFor = (limit: number) => (limit > 0 ? recent.at(-limit) : undefined);

	const note = (): Answered => {
		const started = Date.now();
		const entry = { started, countedBy: started + LATEST_COUNT };
		recent.push(entry);
		if (recent.length > MOST_REMEMBERED) recent.splice(0, recent.length - MOST_REMEMBERED);
		return () => {
			entry.countedBy = Math.min(Date.now(), entry.countedBy);
		};
	};

	return {
		async acquire(limit, signal) {
			if (limit <= 0) return note();
			const place = queue.then(async () => {
				// Calls that did not queue may have gone ahead meanwhile, so there may be another blocker.
				for (let blocker = blockerFor(limit); blocker;) {
					await pause(blocker.started + WINDOW + MARGIN - Date.now(), signal);
					// Read only now: by this time the blocker has usually been answered.
					await pause(blocker.countedBy + WINDOW + MARGIN - Date.now(), signal);
					const next = blockerFor(limit);
					if (next === blocker) break;
					blocker = next;
				}
				return note();
			});
			// One who gives up in the queue does not hold up those behind.
			queue = place.catch(() => {});
			return await place;
		},
		tryAcquire(limit) {
			const blocker = blockerFor(limit);
			const wait = blocker ? blocker.countedBy + WINDOW + MARGIN - Date.now() : 0;
			return wait > 0 ? wait : note();
		},
	};
}

// In the memory of this process: calls of another one are not seen, but the platform's own refusal is
// handled anyway.
const limiters = new Map<string, RateLimiter>();

/** The limiter of one call at one installation, shared by all executions of this process. */
export function rateLimiterFor({ url, name }: { url: string; name: string }): RateLimiter {
	const key = `${new URL(url).origin} ${name}`;
	let limiter = limiters.get(key);
	if (!limiter) {
		if (limiters.size >= MOST_ADDRESSES) limiters.clear();
		limiter = createRateLimiter();
		limiters.set(key, limiter);
	}
	return limiter;
}
