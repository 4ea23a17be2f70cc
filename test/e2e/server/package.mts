import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from '../../tools/pack.mjs';

/** A package.json, as far as it is looked at. */
interface Manifest {
	name: string;
	version: string;
	[field: string]: unknown;
}

const write = (file: string, value: unknown) =>
	writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/**
 * Puts the packed package where n8n has its community packages, as n8n itself does it: unpack, drop
 * what n8n provides, note it in the folder's package.json. Ours has nothing that would be left to install.
 */
export const installPackage = (tarball: string, userFolder: string): Manifest => {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const modules = join(nodes, 'node_modules');
	const incoming = join(nodes, 'incoming');
	rmSync(incoming, { recursive: true, force: true });
	mkdirSync(modules, { recursive: true });
	unpack(tarball, incoming);
	const { devDependencies, peerDependencies, optionalDependencies, ...manifest } = JSON.parse(
		readFileSync(join(incoming, 'package.json'), 'utf8'),
	) as Manifest;
	if (Object.keys((manifest.dependencies as object | undefined) ?? {}).length > 0)
		throw new Error(`${manifest.name} has dependencies, which n8n would install`);
	const home = join(modules, manifest.name);
	rmSync(home, { recursive: true, force: true });
	unpack(tarball, home);
	rmSync(incoming, { recursive: true });
	write(join(home, 'package.json'), manifest);
	write(join(nodes, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [manifest.name]: manifest.version },
	});
	return manifest;
};
