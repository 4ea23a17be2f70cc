import { defineConfig } from 'vitest/config';
import shared from '../vitest.config.mjs';

export default defineConfig({
	...shared,
	test: {
		// Workers and reporters as in the other tests.
		...shared.test,
		// Memory and delays of the process are measured: without what other files have left in it.
		isolate: true,
		include: ['test/faults/**/*.test.mts'],
		// Most of the time is spent waiting for time-outs and pauses: one operation beside the other.
		maxConcurrency: 12,
		testTimeout: 240_000,
		hookTimeout: 120_000,
	},
});
