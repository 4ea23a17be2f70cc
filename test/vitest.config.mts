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
		// Every file starts its own stand-in and its own engine: more workers than cores only make
		// the timing-dependent ones slower.
		maxWorkers: 2,
		// Every test by its name: what is shown is what the package promises.
		reporters: ['verbose'],
	},
});
