import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTemporaryFolder } from '../tools/pack.mjs';
import { scanTree } from '../tools/scan-tree.mjs';
import { inRoot } from './project.mjs';

/** The project's source in another place, with one file that breaks a rule. */
const withPlanted = async (file: string, code: string) =>
	await inTemporaryFolder(async (folder) => {
		for (const name of ['package.json', 'nodes', 'credentials', 'icons'])
			cpSync(inRoot(name), join(folder, name), { recursive: true });
		writeFileSync(join(folder, file), code);
		return scanTree('source', folder);
	});

// `npm run scan` runs over the project itself; here it is shown that the scan can fail.
describe('the scan', () => {
	it('passes the source as it is', () => {
		expect(scanTree('source', inRoot())).toEqual({ ok: true, report: '' });
	});

	it.each([
		[
			'an environment variable',
			'export const secret = process.env.SECRET;',
			'no-restricted-globals',
		],
		[
			'a Node module',
			"import { readFileSync } from 'fs';\nreadFileSync('x');",
			'no-restricted-imports',
		],
		['a note in the console', "console.log('x');", 'no-console'],
		['the same behind a comment', "/* eslint-disable */\nconsole.log('x');", 'no-console'],
	])('refuses %s', async (_what, code, rule) => {
		const { ok, report } = await withPlanted('nodes/CnEsign/planted.ts', `${code}\n`);
		expect(ok).toBe(false);
		expect(report).toContain(rule);
		expect(report).toContain('planted.ts');
	});

	it('refuses a manifest with a dependency', async () => {
		const manifest = { name: 'n8n-nodes-planted', version: '1.0.0', dependencies: { axios: '1' } };
		const { ok, report } = await withPlanted('package.json', JSON.stringify(manifest));
		expect(ok).toBe(false);
		expect(report).toContain('no-runtime-dependencies');
	});

	it('refuses a folder with nothing to look at', async () => {
		const { ok } = await inTemporaryFolder(async (folder) => {
			mkdirSync(join(folder, 'empty'));
			return scanTree('tarball', join(folder, 'empty'));
		});
		expect(ok).toBe(false);
	});
});
