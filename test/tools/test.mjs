// npm test [-- arguments for vitest]: set-up, type check of the tests, then all tests.
import { runNode, withProgress } from './command.mjs';
import { fetchHttpRequestNode } from './http-request-node.mjs';
import { endWith, inRoot } from './project.mjs';
import { setUp } from './setup.mjs';

const bin = (...parts) => inRoot('node_modules', ...parts);

try {
	await setUp();
	fetchHttpRequestNode();
	const types = await withProgress(
		'Checking the types of the tests',
		async () => await runNode([bin('typescript/bin/tsc'), '-p', 'test/tsconfig.json']),
	);
	// A wrong type does not keep the tests from saying what they found.
	const tests = await runNode([
		bin('vitest/vitest.mjs'),
		'run',
		'--config',
		'test/vitest.config.mts',
		...process.argv.slice(2),
	]);
	if (types !== 0) console.error('\nThe type check failed; its messages stand above the tests.');
	process.exitCode = types || tests;
} catch (error) {
	endWith(error);
}
