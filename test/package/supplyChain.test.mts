import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startServer } from '../engine/localServer.mjs';
import { inRoot, manifest, ownFiles } from './project.mjs';

interface Locked {
	version: string;
	integrity?: string;
	optional?: boolean;
}

const lockIn = (file: string) =>
	Object.entries(
		(JSON.parse(readFileSync(inRoot(file), 'utf8')) as { packages: Record<string, Locked> })
			.packages,
	).filter(([path]) => path !== '');

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
});

// .npmrc leaves out every script of a package, and with it prepublishOnly of this one.
describe('npm publish', () => {
	it('does nothing outside the workflow that can say where the package comes from', async () => {
		const heard: string[] = [];
		const origin = await startServer((request, response) => {
			heard.push(`${request.method}`);
			response.writeHead(request.method === 'GET' ? 404 : 200).end('{}');
		});
		const { GITHUB_ACTIONS: _github, GITLAB_CI: _gitlab, ...env } = process.env;
		const token = `--${origin.replace('http:', '')}/:_authToken=made-up`;
		const child = spawn('npm', ['publish', `--registry=${origin}/`, token], {
			cwd: inRoot(),
			env,
			shell: process.platform === 'win32',
		});
		let words = '';
		child.stderr.on('data', (chunk) => (words += chunk));
		const [code] = await once(child, 'close');
		expect(words).toContain('provenance');
		expect(code).not.toBe(0);
		expect(heard).not.toContain('PUT');
	});

	it('is preceded by no script that anything relies on', () => {
		const settings = readFileSync(inRoot('.npmrc'), 'utf8').split('\n');
		expect(settings).toContain('ignore-scripts=true');
		const { scripts } = manifest;
		const around = Object.keys(scripts).filter((name) => {
			const [, command = ''] = /^(?:pre|post)(.+)$/.exec(name) ?? [];
			return command in scripts;
		});
		expect(around).toEqual([]);
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
		const steps = ['npm ci', 'npm test', 'npm run scan', 'npm run release'];
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
