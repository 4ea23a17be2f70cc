import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runNode, withProgress } from './command.mjs';
import { inRoot, PlainError, readJson } from './project.mjs';

const filesBelow = (folder) =>
	readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(inRoot().length + 1))
		.map((name) => name.replaceAll('\\', '/'));

const builtName = (source) => `dist/${source.replace(/(?<!\.d)\.ts$/, '.js')}`;

const changed = (name) => statSync(inRoot(name)).mtimeMs;

/** dist holds what the sources give, neither less nor more nor older. */
const isBuilt = () => {
	if (!existsSync(inRoot('dist'))) return false;
	const sources = ['nodes', 'credentials', 'icons'].flatMap(filesBelow);
	const expected = sources.map(builtName);
	if (!expected.every((name) => existsSync(inRoot(name)))) return false;
	const known = new Set(expected);
	const built = filesBelow('dist');
	if (built.some((name) => name.endsWith('.js') && !known.has(name))) return false;
	const newest = Math.max(
		...[...sources, 'tsconfig.json', 'package.json', 'package-lock.json'].map(changed),
	);
	return expected.every((name) => changed(name) >= newest);
};

/** The package's release build, skipped when nothing has changed since the last one. */
export const build = async () => {
	if (isBuilt()) return;
	const cli = 'node_modules/@n8n/node-cli';
	const { bin } = readJson(cli, 'package.json');
	const code = await withProgress(
		'Building the package',
		// Quiet: its moving spinner is noise where there is no terminal.
		async () => await runNode([inRoot(cli, bin['n8n-node']), 'build'], { quiet: true }),
	);
	if (code !== 0) throw new PlainError('The package does not build; the reason stands above.');
};
