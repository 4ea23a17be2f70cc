import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Another n8n than the project's own: test/engine/whichN8n.mts.
const from = process.env.N8N_CORE_FROM;
const requireFromN8n = createRequire(from ? join(from, 'package.json') : import.meta.url);

export default defineConfig({
	// One copy of n8n's classes, the same that the built nodes load; it also starts faster.
	resolve: { alias: { 'n8n-workflow': requireFromN8n.resolve('n8n-workflow') } },
	test: {
		include: ['test/{unit,engine,package}/**/*.test.mts'],
		setupFiles: [fileURLToPath(new URL('seed.mts', import.meta.url))],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// n8n's engine is loaded once per worker, not once per file. So a file leaves nothing behind that
		// another one could meet: node types have names of their own, and so have workflows.
		isolate: false,
		restoreMocks: true,
		// Two more than a small machine has cores: much of the time is spent waiting for pauses and
		// time-outs. Still more only make each other late.
		maxWorkers: 4,
		// Every test by its name: what is shown is what the package promises.
		reporters: ['verbose'],
	},
});
