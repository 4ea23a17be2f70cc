// npm run test:queue [-- arguments for vitest]: set-up, a full n8n, then queue mode on PostgreSQL and Redis.
import { endWith } from '../../tools/project.mjs';
import { setUp } from '../../tools/setup.mjs';
import { runVitest } from '../../tools/vitest.mjs';
import { ensureN8n } from '../install.mjs';

try {
	await setUp();
	await ensureN8n();
	process.exitCode = await runVitest('test/e2e/queue/vitest.config.mts', undefined, {
		passSignals: true,
	});
} catch (error) {
	endWith(error);
}
