import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTemporaryFolder, pack, unpack } from '../tools/pack.mjs';
import { filesBelow, inRoot, manifest, ownFiles, type Manifest } from './project.mjs';

interface Locked {
	version: string;
	integrity?: string;
	license?: string;
	optional?: boolean;
}

const lockIn = (file: string) =>
	Object.entries(
		(JSON.parse(readFileSync(inRoot(file), 'utf8')) as { packages: Record<string, Locked> })
			.packages,
	).filter(([path]) => path !== '');

const nameOf = (path: string) => path.split('node_modules/').at(-1)!;

const npm = (cwd: string, ...args: string[]) =>
	spawnSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

describe('the published package', () => {
	it('has nothing to audit: as n8n installs it, its tree is empty', async () => {
		await inTemporaryFolder(async (folder) => {
			const target = unpack(pack(folder), join(folder, 'package'));
			const file = join(target, 'package.json');
			const published = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
			const { devDependencies: _dev, peerDependencies: _peer, ...rest } = published;
			writeFileSync(file, JSON.stringify(rest));
			const { status, stdout } = npm(target, 'ls', '--all', '--json', '--offline');
			expect(status).toBe(0);
			expect(JSON.parse(stdout)).toEqual({ name: manifest.name, version: manifest.version });
			// And what it loads at run time is n8n's, Node's own, or in the package.
			const loaded = filesBelow(target)
				.filter((name) => name.endsWith('.js'))
				.flatMap((name) => {
					const text = readFileSync(join(target, name), 'utf8');
					return [...text.matchAll(/\b(?:require|import)\(\s*([^)]*)\)/g)].map(([, what]) => what);
				})
				.filter((what) => !/^["']\.{1,2}\//.test(what));
			expect([...new Set(loaded)].sort()).toEqual(['"crypto"', '"n8n-workflow"']);
		});
	});
});

describe('the lock file', () => {
	const lockFiles = ownFiles().filter((name) => name.endsWith('package-lock.json'));

	it.each(lockFiles)('%s has a hash of every package', (file) => {
		const packages = lockIn(file);
		expect(packages.length).toBeGreaterThan(0);
		// The programs that the tests install hold four binaries for other systems without one; the
		// project's own file has no such gap.
		const isElsewhere = ({ optional }: Locked) => file !== 'package-lock.json' && optional === true;
		const without = packages.filter(
			([, entry]) => !isElsewhere(entry) && !/^sha512-.{86}==$/.test(entry.integrity ?? ''),
		);
		expect(without.map(([path]) => path)).toEqual([]);
	});

	it('is honoured: npm ci takes it with this package.json, and refuses another', async () => {
		await inTemporaryFolder(async (folder) => {
			for (const name of ['package.json', 'package-lock.json'])
				copyFileSync(inRoot(name), join(folder, name));
			const dry = ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
			expect(npm(folder, ...dry).status).toBe(0);
			const other = {
				...manifest,
				devDependencies: { ...manifest.devDependencies, vitest: '1.0.0' },
			};
			writeFileSync(join(folder, 'package.json'), JSON.stringify(other));
			expect(npm(folder, ...dry).status).not.toBe(0);
		});
	});
});

// None of these ends up in the package; what is asked is whether the tools may be used at all.
const ALLOWED = new Set([
	...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
	...['Python-2.0', 'Unlicense', '(MIT AND Zlib)', '(MIT OR CC0-1.0)', '(AFL-2.1 OR BSD-3-Clause)'],
]);
// Weak copyleft, for its own files only: a tool that vitest's build step may use.
const FILE_BY_FILE: Record<string, RegExp> = { 'MPL-2.0': /^lightningcss(?:-|$)/ };
// n8n's Sustainable Use Licence: its engine, which the tests run.
const OF_N8N = /^(?:@n8n\/|@n8n_io\/|n8n-)/;
const N8N_LICENCES = new Set(['SEE LICENSE IN LICENSE.md', 'LicenseRef-n8n-enterprise']);

/** The licence in the lock file, or, where it holds none, the one that the package itself names. */
const licenceOf = ([path, { license }]: [string, Locked]): string => {
	if (license !== undefined) return license;
	try {
		const { licenses } = JSON.parse(readFileSync(inRoot(path, 'package.json'), 'utf8')) as {
			licenses?: Array<{ type: string }>;
		};
		return licenses?.map(({ type }) => type).join(' AND ') ?? 'none';
	} catch {
		return 'none';
	}
};

const isAllowed = (name: string, licence: string): boolean =>
	ALLOWED.has(licence) ||
	(FILE_BY_FILE[licence]?.test(name) ?? false) ||
	(N8N_LICENCES.has(licence) && OF_N8N.test(name));

describe('the licences of the tools', () => {
	const packages = lockIn('package-lock.json');

	it('are all known ones that allow it', () => {
		const others = packages
			.map((entry) => [nameOf(entry[0]), licenceOf(entry)] as const)
			.filter(([name, licence]) => !isAllowed(name, licence));
		expect(others.map(([name, licence]) => `${name}: ${licence}`)).toEqual([]);
		console.log(
			`${packages.length} packages of ${new Set(packages.map(licenceOf)).size} licences.`,
		);
	});

	it('would not pass if they were others', () => {
		for (const licence of ['GPL-3.0', 'AGPL-3.0-only', 'UNLICENSED', 'none', 'SSPL-1.0', 'MPL-2.0'])
			expect(isAllowed('some-package', licence)).toBe(false);
		expect(isAllowed('some-package', 'SEE LICENSE IN LICENSE.md')).toBe(false);
	});
});

describe('the workflows', () => {
	const workflows = ownFiles().filter((name) => /^\.github\/workflows\/.+\.ya?ml$/.test(name));
	const textOf = (name: string) => readFileSync(inRoot(name), 'utf8');

	it('pin every action to a commit, and may only read', () => {
		expect(workflows.length).toBeGreaterThan(0);
		for (const name of workflows) {
			const uses = [...textOf(name).matchAll(/uses: *(.+)/g)].map(([, what]) => what);
			for (const what of uses)
				expect(what, name).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)+$/);
			expect(textOf(name)).toContain('contents: read');
			expect(textOf(name)).not.toMatch(/write-all|pull_request_target|contents: write/);
		}
	});

	it('publish with provenance, from the lock file, after the tests, without a token', () => {
		const publish = textOf('.github/workflows/publish.yml');
		const steps = ['npm ci --ignore-scripts', 'npm test', 'npm run scan', 'npm run release'];
		const places = steps.map((step) => publish.indexOf(`run: ${step}`));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((a, b) => a - b));
		expect(publish).toContain('id-token: write');
		expect(publish).toContain("NPM_CONFIG_PROVENANCE: 'true'");
		expect(publish).not.toMatch(/secrets\./);
	});
});

it('SECURITY.md says how to report, and names no address that package.json does not have', () => {
	const text = readFileSync(inRoot('SECURITY.md'), 'utf8');
	const { author, bugs } = manifest;
	expect(text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)).toEqual([author.email]);
	expect(text).toContain(bugs.url.replace(/issues$/, 'security/advisories/new'));
});
