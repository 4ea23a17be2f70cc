import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inTemporaryFolder } from '../tools/pack.mjs';
import { filesBelow, inRoot, root } from './project.mjs';

const isAsset = (name: string) => /\.(?:png|svg)$|__schema__.*\.json$/.test(name);

it('gulp build:icons copies what n8n-node build copies, byte for byte', async () => {
	await inTemporaryFolder(async (folder) => {
		execFileSync(process.execPath, [inRoot('node_modules/gulp/bin/gulp.js'), 'build:icons'], {
			cwd: root,
			env: { ...process.env, ASSET_TARGET: folder },
			stdio: 'pipe',
		});
		const copied = filesBelow(folder);
		const built = filesBelow(inRoot('dist')).filter(isAsset);
		expect(copied).toEqual(built);
		expect(copied.length).toBeGreaterThan(0);
		for (const name of copied) {
			const bytes = readFileSync(join(folder, name));
			expect(bytes.equals(readFileSync(inRoot('dist', name))), name).toBe(true);
		}
	});
});
