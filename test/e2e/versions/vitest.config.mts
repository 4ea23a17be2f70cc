import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/e2e/versions/**/*.e2e.mts'],
		testTimeout: 90_000,
		// The first run also installs each n8n.
		hookTimeout: 20 * 60_000,
		fileParallelism: false,
		reporters: ['verbose'],
	},
});
