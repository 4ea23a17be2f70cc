import type { Switches } from './switches.mjs';

/**
 * 5 calls in a fixed window of one second, per IP and path. The window begins with the first call; refused calls do
 * not lengthen it (docs/api/kaifangqian.md 3.3).
 */
export function createThrottle(switches: Switches) {
	const windows = new Map<string, { from: number; calls: number }>();
	return {
		admit(ip: string, path: string, at: number): boolean {
			if (!switches.throttle) return true;
			const key = `${ip} ${path}`;
			let window = windows.get(key);
			if (!window || at - window.from >= switches.throttleWindowMs) {
				window = { from: at, calls: 0 };
				windows.set(key, window);
			}
			if (window.calls >= switches.throttleCalls) return false;
			window.calls += 1;
			return true;
		},
		reset: () => windows.clear(),
	};
}
