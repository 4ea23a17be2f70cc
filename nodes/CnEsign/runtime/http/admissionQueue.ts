import { OperationalError } from 'n8n-workflow';
import { within } from './waiting';

/**
 * Does `work` once there is room; `work` gets the milliseconds that are left of `timeout`. `first`: served
 * before all others.
 */
export type AdmissionQueue = <T>(
	work: (left: number) => Promise<T>,
	timeout: number,
	first: boolean,
) => Promise<T>;

// With less time left the answer would come too late.
const LEAST = 50;

interface Waiter {
	end: number;
	admit(): void;
	reject(): void;
}

/**
 * Lets `most` through at a time. Those to be served first go before all others; among equals the newest
 * goes first, because under a flood the oldest would be served just too late, one after the other.
 */
export function createAdmissionQueue(most: number, longestQueue = 2000): AdmissionQueue {
	let inside = 0;
	const preferred: Waiter[] = [];
	const others: Waiter[] = [];

	const admitNext = (): void => {
		while (inside < most) {
			const waiter = preferred.pop() ?? others.pop();
			if (!waiter) return;
			if (waiter.end - Date.now() < LEAST) waiter.reject();
			else {
				inside += 1;
				waiter.admit();
			}
		}
	};

	const wait = async (queue: Waiter[], end: number): Promise<void> =>
		await new Promise((resolve, reject) => {
			const tooMany = () => reject(new OperationalError('Too many callbacks came at once'));
			queue.push({ end, admit: resolve, reject: tooMany });
			if (queue.length > longestQueue) queue.shift()?.reject();
		});

	return async (work, timeout, first) => {
		const end = Date.now() + timeout;
		if (inside < most) inside += 1;
		else await wait(first ? preferred : others, end);
		try {
			const left = Math.max(end - Date.now(), LEAST);
			// An answer that drips in byte by byte must not keep the place.
			return await within(left, work(left));
		} finally {
			inside -= 1;
			admitNext();
		}
	};
}
