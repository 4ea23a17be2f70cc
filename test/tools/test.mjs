// npm test [-- arguments for vitest]: set-up, then all tests and, beside them, the type check of the tests.
import { runNodeBeside } from './command.mjs';
import { fetchHttpRequestNode } from './http-request-node.mjs';
import { endWith, inRoot } from './project.mjs';
import { setUp } from './setup.mjs';
import { runVitest } from './vitest.mjs';

try {
	await setUp();
	fetchHttpRequestNode();
	const tsc = inRoot('node_modules/typescript/bin/tsc');
	const checking = runNodeBeside([tsc, '-p', 'test/tsconfig.json']);
	const tests = await runVitest('test/vitest.config.mts');
	// Said at the end, so that it does not get lost among the tests.
	const { code: types, words } = await checking;
	console.log(types === 0 ? 'Types of the tests: ok' : `Types of the tests:\n${words}`);
	process.exitCode = types || tests;
} catch (error) {
	endWith(error);
}
