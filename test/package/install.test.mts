import { execFileSync } from 'node:child_process';
import {
	existsSync,
	readFileSync,
	realpathSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inTemporaryFolder, pack, unpack } from '../tools/pack.mjs';
import { filesBelow, inRoot, manifest, type Manifest } from './project.mjs';

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

/** As n8n does it: drop what n8n itself provides, install what is left. */
const install = (target: string): void => {
	const file = join(target, 'package.json');
	const published = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
	const { devDependencies: _dev, peerDependencies: _peer, ...rest } = published;
	writeFileSync(file, JSON.stringify(rest, null, 2));
	execFileSync('npm', ['install', '--ignore-scripts', '--omit=dev', '--offline', '--silent'], {
		cwd: target,
		stdio: ['ignore', 'pipe', 'inherit'],
		shell: process.platform === 'win32',
	});
};

const LIMIT_KB = 150;

it('the tarball holds dist, README, licence and package.json, is small, and loads beside n8n-workflow alone', async () => {
	await inTemporaryFolder(async (parent) => {
		const folder = realpathSync(parent);
		const tarball = pack(folder);
		const kb = statSync(tarball).size / 1024;
		const target = unpack(tarball, join(folder, 'node_modules', manifest.name));
		const files = filesBelow(target);
		console.log(`The tarball has ${kb.toFixed(1)} KB and ${files.length} files.`);
		expect(kb).toBeLessThanOrEqual(LIMIT_KB);
		const built = filesBelow(inRoot('dist')).map((name) => `dist/${name}`);
		expect(files).toEqual(['LICENSE.md', 'README.md', 'package.json', ...built].sort());

		install(target);
		// It brings nothing along.
		expect(existsSync(join(target, 'node_modules'))).toBe(false);
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
		const names = (paths: string[]) =>
			paths.map((path) => {
				const className = path.split('/').pop()!.split('.')[0];
				return { className, name: className[0].toLowerCase() + className.slice(1) };
			});
		expect(JSON.parse(printed)).toEqual({
			nodes: names(manifest.n8n.nodes),
			credentials: names(manifest.n8n.credentials),
		});
	});
}, 120_000);
