import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './project.mjs';

/** A folder outside the project, gone when the work is done. */
export const inTemporaryFolder = async (work) => {
	const folder = mkdtempSync(join(tmpdir(), 'cn-esign-'));
	try {
		return await work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
};

/** Packs the project as it would be published; nothing is written into it. */
export const pack = (folder) => {
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
		shell: process.platform === 'win32',
	});
	return join(
		folder,
		readdirSync(folder).find((name) => name.endsWith('.tgz')),
	);
};

/** `npm pack` puts everything below `package/`, which goes. */
export const unpack = (tarball, folder) => {
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
};
