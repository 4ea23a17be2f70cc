// A full n8n in a cache folder outside the project, and the Node that it needs. Nothing here is part
// of the package: its lock files are below this folder, its packages never are.
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { runNpm, withProgress } from '../tools/command.mjs';
import { CLEAN_INSTALL } from '../tools/install.mjs';
import { alone } from '../tools/lock.mjs';
import { inRoot, PlainError, readJson } from '../tools/project.mjs';
import { ensureSqlite } from './sqlite.mjs';

/** Written last: a folder without it is one whose installation was broken off. */
const STAMP = '.complete';

const cacheFolder = () =>
	process.env.CN_ESIGN_CACHE ||
	join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-cn-esign');

const FILES = ['package.json', 'package-lock.json'];

const hashOf = (locked) => {
	const hash = createHash('sha256');
	for (const file of FILES) hash.update(readFileSync(join(locked, file)));
	return hash.digest('hex').slice(0, 12);
};

const npm = async (folder, args, what) => {
	// What a production machine sets would change what is installed.
	const code = await runNpm(args, { cwd: folder, env: { NODE_ENV: 'development' } });
	if (code === 0) return;
	throw new PlainError(
		`${what} could not be installed: npm ended with code ${code}. What it says stands above.\n` +
			`The usual reasons are a missing connection and too little disk space in ${folder}.`,
	);
};

const foldersIn = (folder) => {
	const count = existsSync(folder) ? readdirSync(folder).length : 0;
	return count > 0 ? `, ${count} folders in node_modules` : '';
};

/** What `fill` puts into a folder of the cache, put there once. Returns the folder. */
const once = async (name, what, fill) => {
	const folder = join(cacheFolder(), name);
	const isComplete = () => existsSync(join(folder, STAMP));
	if (isComplete()) return folder;
	const lock = { file: `${folder}.lock`, what: `another installation of ${what}` };
	await alone(async () => {
		if (isComplete()) return;
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await fill(folder);
		writeFileSync(join(folder, `${STAMP}.new`), new Date().toISOString());
		renameSync(join(folder, `${STAMP}.new`), join(folder, STAMP));
	}, lock);
	return folder;
};

/** The packages of test/e2e/<name>/package-lock.json, installed once per lock file; no script of theirs is run. */
const ensureInstalled = async (name, { what, expect }) => {
	const locked = inRoot('test/e2e', name);
	return await once(`${name}-${hashOf(locked)}`, what, async (folder) => {
		for (const file of FILES) copyFileSync(join(locked, file), join(folder, file));
		await withProgress(
			`Installing ${what} into ${folder} (${expect})`,
			async () => await npm(folder, [...CLEAN_INSTALL, '--ignore-scripts'], what),
			() => foldersIn(join(folder, 'node_modules')),
		);
	});
};

/** A community package in exactly this version, as n8n installs it: n8n-workflow is n8n's own. */
export const ensurePackage = async (name, version) => {
	const what = `${name} ${version}`;
	return await once(`${name}-${version}`, what, async (folder) => {
		writeFileSync(join(folder, 'package.json'), '{ "private": true }');
		const flags = [
			'--ignore-scripts',
			'--omit=peer',
			'--no-audit',
			'--no-fund',
			'--loglevel=error',
		];
		await npm(folder, ['install', '--save-exact', `${name}@${version}`, ...flags], what);
	});
};

/** The Node program of one of test/e2e/<name>'s packages; this very one where it is new enough. */
const ensureNode = async (name, major) => {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const part = `node-${system}-${process.arch}`;
	if (part in readJson('test/e2e', name, 'package.json').optionalDependencies) {
		const folder = await ensureInstalled(name, { what: `Node ${major}`, expect: '50 MB' });
		const { bin } = JSON.parse(readFileSync(join(folder, 'node_modules', part, 'package.json')));
		return join(folder, 'node_modules', part, bin.node);
	}
	if (Number(process.versions.node.split('.')[0]) >= major) return process.execPath;
	throw new PlainError(
		`n8n needs Node.js ${major} or newer, and this is ${process.versions.node}. There is no package\n` +
			`with it for ${part}: install it and run the command with it.`,
	);
};

/** Settings under which n8n calls nobody outside. Also what the editor asks its own server to fetch. */
const OFFLINE = {
	NODE_ENV: 'production',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
};

/** Parts of n8n that fetch lists from its maker at every start. */
const CALLING_HOME = ['mcp-registry', 'instance-ai'];

// What a developer's machine may have set for another n8n, and what npm and vitest set for their children.
const FOREIGN =
	/^(?:N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_|GENERIC_|CREDENTIALS_|VITEST|npm_|NODE_OPTIONS$|NODE_PATH$|NODE_ENV$)/;

/**
 * n8n as test/e2e/<name> has it locked. `env(extra)` is the environment in which it has to be started:
 * that of this process without what belongs to other programs, Node in front, nothing from outside.
 */
export const ensureN8n = async ({ name = 'n8n', node: nodeName = 'node24', major = 24 } = {}) => {
	const node = nodeName === 'own' ? process.execPath : await ensureNode(nodeName, major);
	const what = `n8n ${readJson('test/e2e', name, 'package.json').dependencies.n8n}`;
	const expect = '3 GB, usually 3 to 6 minutes, once';
	const folder = await ensureInstalled(name, { what, expect });
	// By itself: where the tools for it are missing, what has been installed stays.
	await ensureSqlite({ folder, node, what });
	const home = join(folder, 'node_modules', 'n8n');
	const { version, bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
	// n8n does not start with a name that it does not know.
	const disabled = CALLING_HOME.filter((part) => existsSync(join(home, 'dist', 'modules', part)));
	const env = (extra = {}) => ({
		...Object.fromEntries(Object.entries(process.env).filter(([key]) => !FOREIGN.test(key))),
		PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
		...OFFLINE,
		...(disabled.length > 0 && { N8N_DISABLED_MODULES: disabled.join(',') }),
		...extra,
	});
	return { version, folder, bin: join(home, bin.n8n), node, env };
};
