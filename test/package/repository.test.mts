import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot, manifest, ownFiles } from './project.mjs';

interface Lock {
	packages: Record<string, Record<string, unknown>>;
}

const readLock = (file: string) => JSON.parse(readFileSync(inRoot(file), 'utf8')) as Lock;

const lock = readLock('package-lock.json');

/** Whether the package at `path` finds `name` in one of the node_modules above it. */
const isReachable = (packages: Lock['packages'], path: string, name: string): boolean => {
	if (`${path === '' ? '' : `${path}/`}node_modules/${name}` in packages) return true;
	if (path === '') return false;
	const above = path.lastIndexOf('node_modules/');
	return isReachable(packages, path.slice(0, Math.max(above - 1, 0)), name);
};

const TEXT = /\.(?:[cm]?[jt]s|json|md|ya?ml|html|svg|txt|sh)$|(?:^|\/)(?:run|\.[a-z]+)$/;

/** Lines of our own text files that match, as `file:line`. */
const linesLike = (pattern: RegExp): string[] =>
	ownFiles()
		.filter((name) => TEXT.test(name))
		.flatMap((name) =>
			readFileSync(inRoot(name), 'utf8')
				.split('\n')
				.flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}`] : [])),
		);

const lockFiles = ownFiles().filter((name) => basename(name) === 'package-lock.json');

// Ours, and those of the programs that the tests install into folders of their own.
describe.each(lockFiles)('the lock file %s', (file) => {
	const { packages } = readLock(file);

	it('names no place to load packages from', () => {
		expect(Object.values(packages).filter((entry) => 'resolved' in entry)).toEqual([]);
	});

	// npm leaves out what its registry did not have at that moment, and then `npm ci` refuses the file
	// on every machine.
	it('holds the optional packages of every system', () => {
		const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
			Object.keys(optionalDependencies ?? {})
				.filter((name) => !isReachable(packages, path, name))
				.map((name) => `${path}: ${name}`),
		);
		expect(missing).toEqual([]);
	});
});

describe('the lock file of the project', () => {
	it('fits package.json', () => {
		const { name, version, license, engines } = manifest;
		const { devDependencies, peerDependencies, peerDependenciesMeta } = manifest;
		expect(lock.packages['']).toEqual({
			name,
			version,
			license,
			engines,
			devDependencies,
			peerDependencies,
			peerDependenciesMeta,
		});
	});

	it('holds every package that package.json asks for, in a version that fits', () => {
		for (const [name, wanted] of Object.entries(manifest.devDependencies)) {
			const found = String(lock.packages[`node_modules/${name}`]?.version);
			if (/^\d/.test(wanted)) expect(found, name).toBe(wanted);
			else expect(found.split('.')[0], name).toBe(wanted.replace(/^\D+/, '').split('.')[0]);
		}
	});
});

describe('the files of the project', () => {
	it('name no folder of a machine they were written on', () => {
		// Put together from parts: this file is one of those that are searched.
		const folders = ['work', 'root', 'home/[a-z]+', 'Users/[A-Za-z]+', 'tmp/[a-z_]+'];
		const quoted = new RegExp(`(?:^|[\\s"'\`(=:])/(?:${folders.join('|')})/`);
		expect(linesLike(quoted)).toEqual([]);
	});

	it('name no package registry', () => {
		expect(linesLike(new RegExp(['registry', '(?:npmjs|npmmirror|yarnpkg)'].join('\\.')))).toEqual(
			[],
		);
	});

	it('stay in the agreed places', () => {
		const allowed = ['nodes', 'credentials', 'icons', 'docs', 'test'];
		const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'gulpfile.js'];
		const known = new Set([
			...allowed,
			...files,
			'eslint.config.mjs',
			'AGENTS.md',
			'CONTRIBUTING.md',
			'README.md',
			'LICENSE.md',
			'CHANGELOG.md',
			'SECURITY.md',
		]);
		const top = new Set(ownFiles().map((name) => name.split('/')[0]));
		expect([...top].filter((name) => !name.startsWith('.') && !known.has(name))).toEqual([]);
	});

	it('have no picture outside icons/, which the build would ship', () => {
		const pictures = ownFiles().filter((name) => /\.(?:png|svg)$/i.test(basename(name)));
		expect(pictures.filter((name) => !name.startsWith('icons/'))).toEqual([]);
	});
});
