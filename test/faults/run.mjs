// npm run test:faults [-- arguments for vitest]: set-up, then the promises under attack. UPDATE_DOCS=1
// writes what was measured into docs/reliability.md.
import { endWith } from '../tools/project.mjs';
import { setUp } from '../tools/setup.mjs';
import { runVitest } from '../tools/vitest.mjs';

try {
	await setUp();
	process.exitCode = await runVitest('test/faults/vitest.config.mts');
} catch (error) {
	endWith(error);
}
