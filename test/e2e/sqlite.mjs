// n8n keeps its data in SQLite, through the one native module that is not in its packages ready-made. The
// maker of sqlite3 has ready-made ones at GitHub; where they cannot be had or loaded it is compiled.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run, runNpm, withProgress } from '../tools/command.mjs';
import { alone } from '../tools/lock.mjs';
import { PlainError } from '../tools/project.mjs';

const TOOLS = [
	{ what: 'Python 3', names: ['python3', 'python'] },
	{ what: 'make', names: ['make', 'gmake'] },
	{ what: 'C++ compiler', names: ['c++', 'g++', 'clang++'] },
];

const NEEDED =
	"Compiling it needs Python 3 (from 3.12 on with its setuptools), make, a C++ compiler and Node's headers,\n" +
	"which npm fetches from nodejs.org unless its setting 'nodedir' names a folder with them.\n" +
	'Debian and Ubuntu: apt-get install python3 python3-setuptools make g++\n' +
	'macOS: xcode-select --install. Windows: the C++ workload of the Visual Studio Build Tools.';

const isThere = (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;

/** On Windows the compiler is not on the path: there npm finds it, or says so. */
const missingTools = () =>
	process.platform === 'win32'
		? []
		: TOOLS.filter(({ names }) => !names.some(isThere)).map(({ what }) => what);

const fetchReadyMade = async (home, what) =>
	await withProgress(`Fetching sqlite3 of ${what} ready-made`, async () => {
		const fetcher = createRequire(join(home, 'package.json')).resolve('prebuild-install/bin.js');
		return await run(process.execPath, [fetcher, '-r', 'napi'], { cwd: home, quiet: true });
	});

const compile = async (home) => {
	const missing = missingTools();
	if (missing.length > 0)
		throw new PlainError(
			'There is no ready-made sqlite3 that can be used here, and to compile it there is no\n' +
				`${missing.join(', no ')}.\n${NEEDED}`,
		);
	await withProgress(
		'There is none that can be used here: compiling it (usually 1 to 4 minutes, once)',
		async () => await runNpm(['run', 'rebuild', '--loglevel=error'], { cwd: home, quiet: true }),
	);
};

/** sqlite3 in the `node_modules` of `folder`, so that this Node can load it. */
export const ensureSqlite = async ({ folder, node, what }) => {
	const home = join(folder, 'node_modules', 'sqlite3');
	const canBeLoaded = () =>
		spawnSync(node, ['-e', "require('sqlite3')"], { cwd: folder, stdio: 'ignore' }).status === 0;
	if (canBeLoaded()) return;
	const lock = { file: `${folder}.lock`, what: `another installation of ${what}` };
	await alone(async () => {
		if (canBeLoaded()) return;
		await fetchReadyMade(home, what);
		if (!canBeLoaded()) await compile(home);
		if (!canBeLoaded())
			throw new PlainError(
				`sqlite3 of ${what} could not be compiled. What the compiler says stands above.\n${NEEDED}`,
			);
	}, lock);
};
