import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export const inRoot = (...parts: string[]) => join(root, ...parts);

export interface Manifest {
	name: string;
	version: string;
	description: string;
	keywords: string[];
	license: string;
	homepage: string;
	author: { name: string; email: string };
	repository: { type: string; url: string };
	bugs: { url: string };
	engines: Record<string, string>;
	scripts: Record<string, string>;
	files: string[];
	n8n: { n8nNodesApiVersion: number; strict: boolean; credentials: string[]; nodes: string[] };
	dependencies?: Record<string, string>;
	devDependencies: Record<string, string>;
	peerDependencies: Record<string, string>;
	peerDependenciesMeta: Record<string, { optional: boolean }>;
}

export const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as Manifest;

/** Files below a folder, as paths relative to it, in one order and with forward slashes. */
export const filesBelow = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((name) => name.replaceAll('\\', '/'))
		.sort();

const NOT_OURS =
	/^(?:node_modules|dist|demo-output|coverage|\.cache|\.git|\.n8n-demo|test\/e2e\/screenshots)\//;

/** What belongs to the project: tracked files, and new ones that git would not ignore. */
export const ownFiles = (): string[] => {
	const { status, stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
		cwd: root,
		encoding: 'utf8',
	});
	// Not a git checkout, or no git.
	if (status !== 0) return filesBelow(root).filter((name) => !NOT_OURS.test(name));
	return stdout.split('\0').filter((name) => name !== '' && existsSync(inRoot(name)));
};
