// What all tools share. These run before anything is installed: Node's own modules only.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const inRoot = (...parts) => join(root, ...parts);

export const readJson = (...parts) => JSON.parse(readFileSync(inRoot(...parts), 'utf8'));

/** What went wrong in words that are enough: shown without a stack. */
export class PlainError extends Error {}

/** Ends the process with 1 and a message; what was not expected keeps its stack. */
export const endWith = (error) => {
	console.error(`\n${error instanceof PlainError ? error.message : (error?.stack ?? error)}`);
	process.exit(1);
};

export const checkNode = () => {
	const wanted = /\d+(?:\.\d+)*/.exec(readJson('package.json').engines.node)[0];
	const [major, minor = 0] = wanted.split('.').map(Number);
	const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
	if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
	throw new PlainError(
		`Node.js ${wanted} or newer is needed, and this is ${process.versions.node}.\n` +
			'Install a newer one (with nvm: nvm install && nvm use) and run the command again.',
	);
};
