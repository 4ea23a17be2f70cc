import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inTemporaryFolder, pack, unpack } from '../tools/pack.mjs';
import { inRoot, manifest, type Manifest } from './project.mjs';

// Runs in a process of its own: nothing of the test's module cache can help it out.
const LOAD = `
const folder = process.argv[1];
const { basename } = require('path');
const { n8n } = require(folder + '/package.json');
const load = (file) => {
	const name = basename(file).split('.')[0];
	const instance = new (require(folder + '/' + file)[name])();
	return { className: name, name: instance.name ?? instance.description.name };
};
console.log(JSON.stringify({ nodes: n8n.nodes.map(load), credentials: n8n.credentials.map(load) }));
`;

/** As n8n does it: unpack, drop what n8n itself provides, install what is left. */
const installed = (folder: string): string => {
	const target = unpack(pack(folder), join(folder, 'node_modules', manifest.name));
	const file = join(target, 'package.json');
	const {
		devDependencies: _dev,
		peerDependencies: _peer,
		...rest
	} = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
	writeFileSync(file, JSON.stringify(rest, null, 2));
	execFileSync('npm', ['install', '--ignore-scripts', '--omit=dev', '--offline', '--silent'], {
		cwd: target,
		stdio: ['ignore', 'pipe', 'inherit'],
		shell: process.platform === 'win32',
	});
	return target;
};

it('loads from its tarball with only n8n-workflow beside it', async () => {
	await inTemporaryFolder(async (parent) => {
		const folder = realpathSync(parent);
		const target = installed(folder);
		mkdirSync(join(folder, 'node_modules'), { recursive: true });
		symlinkSync(
			inRoot('node_modules', 'n8n-workflow'),
			join(folder, 'node_modules', 'n8n-workflow'),
			'junction',
		);
		const printed = execFileSync(process.execPath, ['-e', LOAD, target], {
			cwd: folder,
			// Nothing but the temporary folder may be searched for modules.
			env: { ...process.env, NODE_PATH: '', NODE_OPTIONS: '' },
			encoding: 'utf8',
		});
		console.log(printed.trim());
		const names = (files: string[]) =>
			files.map((file) => {
				const className = file.split('/').pop()!.split('.')[0];
				return { className, name: className[0].toLowerCase() + className.slice(1) };
			});
		expect(JSON.parse(printed)).toEqual({
			nodes: names(manifest.n8n.nodes),
			credentials: names(manifest.n8n.credentials),
		});
	});
});
