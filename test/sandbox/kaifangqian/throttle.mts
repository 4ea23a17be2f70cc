import type { Switches } from './switches.mjs';

/**
 * 5 calls per second, IP and path (api/kaifangqian.md §3.3). Whether the platform's window slides
 * is not known; a sliding one is the stricter reading. Refused calls do not count.
 */
export function createThrottle(switches: Switches) {
	const accepted = new Map<string, number[]>();
	return {
		admit(ip: string, path: string, at: number): boolean {
			if (!switches.throttle) return true;
			const key = `${ip} ${path}`;
			const recent = (accepted.get(key) ?? []).filter(
				(time) => at - time < switches.throttleWindowMs,
			);
			const admitted = recent.length < switches.throttleCalls;
			if (admitted) recent.push(at);
			accepted.set(key, recent);
			return admitted;
		},
		reset: () => accepted.clear(),
	};
}
