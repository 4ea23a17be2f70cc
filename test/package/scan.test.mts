import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTemporaryFolder } from '../tools/pack.mjs';
import { scanTree } from '../tools/scan-tree.mjs';
import { manifest } from './project.mjs';

/** A file, what stands in it, and the rule that this breaks. */
const PLANTED: Array<[string, string, string]> = [
	['environment.ts', 'export const secret = process.env.SECRET;', 'no-restricted-globals'],
	['module.ts', "import { readFileSync } from 'fs';\nreadFileSync('x');", 'no-restricted-imports'],
	['console.ts', "console.log('x');", 'no-console'],
	['comment.ts', "/* eslint-disable */\nconsole.log('x');", 'no-console'],
];

// `npm run scan` runs over the project itself; here it is shown that the scan can fail.
describe('the scan', () => {
	it('refuses what n8n does not allow in a source and in its manifest', async () => {
		const { ok, report } = await inTemporaryFolder(async (folder) => {
			mkdirSync(join(folder, 'nodes'));
			for (const [file, code] of PLANTED) writeFileSync(join(folder, 'nodes', file), `${code}\n`);
			const withDependency = { ...manifest, dependencies: { axios: '1' } };
			writeFileSync(join(folder, 'package.json'), JSON.stringify(withDependency));
			return scanTree('source', folder);
		});
		expect(ok).toBe(false);
		// A part for each file, which begins with its name.
		const about = (file: string) => report.split('\n\n').find((part) => part.includes(file));
		for (const [file, , rule] of PLANTED) expect(about(file), file).toContain(rule);
		expect(about('package.json')).toContain('no-runtime-dependencies');
	});

	it('refuses a folder with nothing to look at', async () => {
		const { ok } = await inTemporaryFolder(async (folder) => scanTree('tarball', folder));
		expect(ok).toBe(false);
	});
});
