import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runNpm, withProgress } from './command.mjs';
import { inRoot, PlainError, readJson } from './project.mjs';

const STAMP = inRoot('node_modules', '.setup-stamp');

const lockHash = () =>
	createHash('sha256')
		.update(readFileSync(inRoot('package-lock.json')))
		.digest('hex');

const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** npm's own record of what it put into node_modules, written when it was done. */
const isInstalledByHand = () => {
	if (!existsSync(inRoot('node_modules', '.package-lock.json'))) return false;
	const installed = readJson('node_modules', '.package-lock.json').packages;
	// Optional packages are for some machines only.
	return Object.entries(readJson('package-lock.json').packages).every(
		([path, { version, optional, devOptional, link }]) =>
			path === '' || optional || devOptional || link || installed[path]?.version === version,
	);
};

const isInstalled = () => {
	if (textOf(STAMP) === lockHash()) return true;
	if (!isInstalledByHand()) return false;
	writeFileSync(STAMP, lockHash());
	return true;
};

/** `npm ci`, whatever the machine's own settings say. */
export const CLEAN_INSTALL = [
	'ci',
	'--no-audit',
	'--no-fund',
	'--no-progress',
	'--loglevel=error',
	// Settings of a machine that would leave packages out or refuse the lock file.
	'--include=dev',
	'--include=optional',
	'--package-lock=true',
	'--engine-strict=false',
	'--legacy-peer-deps=false',
	'--strict-peer-deps=false',
];

const progress = () => {
	const folder = inRoot('node_modules');
	const count = existsSync(folder) ? readdirSync(folder).length : 0;
	return count > 0 ? `, ${count} folders in node_modules` : '';
};

/** The packages of package-lock.json, installed once. */
export const install = async () => {
	if (isInstalled()) return;
	const code = await withProgress(
		'Installing the packages of package-lock.json (usually 1 to 3 minutes)',
		// What a production machine sets would leave out the tools.
		async () => await runNpm(CLEAN_INSTALL, { env: { NODE_ENV: 'development' } }),
		progress,
	);
	if (code !== 0) {
		throw new PlainError(
			`The packages could not be installed: npm ended with code ${code}. What it says stands above.\n` +
				'The usual reasons are a missing connection and too little disk space (1.5 GB).',
		);
	}
	writeFileSync(STAMP, lockHash());
};
