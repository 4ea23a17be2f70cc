// npm run test:faults [-- arguments for vitest]: set-up, then the promises under attack. UPDATE_DOCS=1
// writes what was measured into docs/reliability.md.
import { runNode } from '../tools/command.mjs';
import { endWith, inRoot } from '../tools/project.mjs';
import { setUp } from '../tools/setup.mjs';

try {
	await setUp();
	process.exitCode = await runNode([
		inRoot('node_modules/vitest/vitest.mjs'),
		'run',
		'--config',
		'test/faults/vitest.config.mts',
		...process.argv.slice(2),
	]);
} catch (error) {
	endWith(error);
}
