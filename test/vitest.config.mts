import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/{unit,engine,package}/**/*.test.mts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// Every file starts its own stand-in and its own engine: more workers than cores only make
		// the timing-dependent ones slower.
		maxWorkers: 2,
		reporters: ['default'],
	},
});
