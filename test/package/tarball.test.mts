import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inTemporaryFolder, pack, unpack } from '../tools/pack.mjs';
import { filesBelow, inRoot } from './project.mjs';

const LIMIT_KB = 150;

it('the tarball holds dist, README, licence and package.json, and is small', async () => {
	await inTemporaryFolder(async (folder) => {
		const tarball = pack(folder);
		const files = filesBelow(unpack(tarball, join(folder, 'package')));
		const expected = [
			'LICENSE.md',
			'README.md',
			'package.json',
			...filesBelow(inRoot('dist')).map((name) => `dist/${name}`),
		];
		expect(files).toEqual(expected.sort());
		const kb = statSync(tarball).size / 1024;
		console.log(`The tarball has ${kb.toFixed(1)} KB and ${files.length} files.`);
		expect(kb).toBeLessThanOrEqual(LIMIT_KB);
	});
});
