import { defineConfig } from 'vitest/config';
import shared from '../vitest.config.mjs';

export default defineConfig({
	...shared,
	test: {
		// Workers and reporters as in the other tests.
		...shared.test,
		include: ['test/faults/**/*.test.mts'],
		// Most of the time is spent waiting for time-outs and pauses: one operation beside the other.
		maxConcurrency: 12,
		testTimeout: 240_000,
		hookTimeout: 120_000,
	},
});
