import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/e2e/queue/**/*.e2e.mts'],
		testTimeout: 60_000,
		// The scenario runs in the hook, once; the tests look at what came of it. The first run also
		// installs n8n.
		hookTimeout: 20 * 60_000,
		fileParallelism: false,
		reporters: ['verbose'],
		// The figures are printed plainly.
		disableConsoleIntercept: true,
	},
});
