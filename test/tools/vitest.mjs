import { runNode } from './command.mjs';
import { inRoot } from './project.mjs';

/** Runs the tests of a vitest config, named from the project's folder, and returns the exit code. */
export const runVitest = async (config, args = process.argv.slice(2), options = {}) =>
	await runNode(
		[inRoot('node_modules/vitest/vitest.mjs'), 'run', '--config', config, ...args],
		options,
	);
