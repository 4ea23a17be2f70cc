// npm run test:e2e [-- arguments for vitest]: set-up, a full n8n, then the end-to-end suite on it.
import { endWith } from '../tools/project.mjs';
import { setUp } from '../tools/setup.mjs';
import { runVitest } from '../tools/vitest.mjs';
import { ensureN8n } from './install.mjs';

try {
	await setUp();
	await ensureN8n();
	process.exitCode = await runVitest('test/e2e/vitest.config.mts', undefined, {
		passSignals: true,
	});
} catch (error) {
	endWith(error);
}
