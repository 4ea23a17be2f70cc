// npm test [-- arguments for vitest]: set-up, type check of the tests, then all tests.
import { runNode, withProgress } from './command.mjs';
import { fetchHttpRequestNode } from './http-request-node.mjs';
import { endWith, inRoot } from './project.mjs';
import { setUp } from './setup.mjs';
import { runVitest } from './vitest.mjs';

try {
	await setUp();
	fetchHttpRequestNode();
	const types = await withProgress(
		'Checking the types of the tests',
		async () =>
			await runNode([inRoot('node_modules/typescript/bin/tsc'), '-p', 'test/tsconfig.json']),
	);
	// A wrong type does not keep the tests from saying what they found.
	const tests = await runVitest('test/vitest.config.mts');
	if (types !== 0) console.error('\nThe type check failed; its messages stand above the tests.');
	process.exitCode = types || tests;
} catch (error) {
	endWith(error);
}
