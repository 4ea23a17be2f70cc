// npm run scan: what n8n's scanner says about the source and about the tarball, offline.
import { join } from 'node:path';
import { inTemporaryFolder, pack, unpack } from './pack.mjs';
import { endWith, root } from './project.mjs';
import { scanTree } from './scan-tree.mjs';
import { setUp } from './setup.mjs';

const scan = (leg, directory) => {
	const { ok, report } = scanTree(leg, directory);
	console.log(`${leg}: ${ok ? 'ok' : `refused\n${report}`}`);
	if (!ok) process.exitCode = 1;
};

try {
	await setUp();
	scan('source', root);
	await inTemporaryFolder(async (folder) =>
		scan('tarball', unpack(pack(folder), join(folder, 'package'))),
	);
} catch (error) {
	endWith(error);
}
