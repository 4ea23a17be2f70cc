// npm run test:e2e [-- arguments for vitest]: set-up, a full n8n, then the end-to-end suite on it.
import { runNode } from '../tools/command.mjs';
import { endWith, inRoot } from '../tools/project.mjs';
import { setUp } from '../tools/setup.mjs';
import { ensureN8n } from './install.mjs';

try {
	await setUp();
	await ensureN8n();
	process.exitCode = await runNode(
		[
			inRoot('node_modules/vitest/vitest.mjs'),
			'run',
			'--config',
			'test/e2e/vitest.config.mts',
			...process.argv.slice(2),
		],
		{ passSignals: true },
	);
} catch (error) {
	endWith(error);
}
