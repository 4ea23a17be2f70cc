import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { inRoot, root } from '../../tools/project.mjs';
import { ensureN8n } from '../install.mjs';

// The engine that n8n evaluates expressions with by default comes with a full n8n and its Node; the
// tests of `npm test` have only the older one.
it('fields of an item are what both of n8n’s expression engines give', async () => {
	const n8n = await ensureN8n();
	const { stdout } = await promisify(execFile)(
		n8n.node,
		[
			inRoot('node_modules/vitest/vitest.mjs'),
			...['run', '--config', 'test/vitest.config.mts', '--reporter=json'],
			'test/engine/itemFields.test.mts',
		],
		{ cwd: root, env: n8n.env({ N8N_CORE_FROM: n8n.folder }) },
	);
	const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
		testResults: Array<{ assertionResults: Array<{ status: string; fullName: string }> }>;
	};
	const results = testResults.flatMap(({ assertionResults }) => assertionResults);
	expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
	const names = results.map(({ fullName }) => fullName);
	for (const engine of ['legacy', 'vm'])
		expect(names).toContain(
			`fields of the item, engine ${engine} are what n8n gives for the same expression`,
		);
});
