// npm run test:queue [-- arguments for vitest]: set-up, a full n8n, then queue mode on PostgreSQL and Redis.
import { runNode } from '../../tools/command.mjs';
import { endWith, inRoot } from '../../tools/project.mjs';
import { setUp } from '../../tools/setup.mjs';
import { ensureN8n } from '../install.mjs';

try {
	await setUp();
	await ensureN8n();
	process.exitCode = await runNode(
		[
			inRoot('node_modules/vitest/vitest.mjs'),
			'run',
			'--config',
			'test/e2e/queue/vitest.config.mts',
			...process.argv.slice(2),
		],
		{ passSignals: true },
	);
} catch (error) {
	endWith(error);
}
