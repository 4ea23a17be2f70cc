// Plays every scenario of a folder and says what differs.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { play, type StepDifference } from './play.mjs';
import { readScenario } from './readScenario.mjs';
import { asError } from './scenario.mjs';

export const RECORDINGS = fileURLToPath(new URL('../observed/kaifangqian', import.meta.url));

/** Scenarios of a folder, by the names of their files without `.json`. */
export const scenariosIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.json') && statSync(join(folder, name)).isFile())
		.map((name) => name.slice(0, -'.json'.length))
		.sort();

/** The folder's own files go before those of the recordings. */
export const filesFor = (folder: string): string[] => [
	join(folder, 'files'),
	join(RECORDINGS, 'files'),
];

/** What differs in one scenario; one that cannot be read differs as a whole. */
export async function playFile(folder: string, file: string): Promise<StepDifference[]> {
	let scenario;
	try {
		scenario = readScenario(file, join(folder, `${file}.json`));
	} catch (error) {
		return [{ number: 0, note: '', difference: `cannot be read: ${asError(error).message}` }];
	}
	return await play(scenario, filesFor(folder));
}

const nameIn = (folder: string, file: string): string | undefined => {
	try {
		return readScenario(file, join(folder, `${file}.json`)).name;
	} catch {
		return undefined;
	}
};

interface Asked {
	folder: string;
	only?: string;
}

export function asked(args: string[]): Asked {
	let folder = RECORDINGS;
	let only: string | undefined;
	const left = [...args];
	for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
		if (arg === '--only') {
			only = left.shift();
			if (!only) throw new Error('--only needs the name of a scenario');
		} else if (arg.startsWith('-')) throw new Error(`unknown option ${arg}`);
		else folder = resolve(arg);
	}
	return { folder, only };
}

/** Plays what the arguments ask for and returns the exit code. */
export async function replay(args: string[], say: (line: string) => void): Promise<0 | 1> {
	const fail = (why: string): 1 => {
		say(why);
		say('0 passed, 0 failed');
		return 1;
	};
	let wanted: Asked;
	try {
		wanted = asked(args);
	} catch (error) {
		return fail(asError(error).message);
	}
	const { folder, only } = wanted;
	if (!existsSync(folder) || !statSync(folder).isDirectory())
		return fail(`There is no folder ${folder}`);
	const files = scenariosIn(folder).filter(
		(file) => only === undefined || file === only || nameIn(folder, file) === only,
	);
	if (files.length === 0)
		return fail(`${folder} holds no scenario${only === undefined ? '' : ` called ${only}`}`);

	let failed = 0;
	for (const file of files) {
		const differences = await playFile(folder, file);
		if (differences.length > 0) failed += 1;
		for (const { number, note, difference } of differences)
			say(`${file}, step ${number}${note ? ` (${note})` : ''}: ${difference}`);
	}
	say(`${files.length - failed} passed, ${failed} failed`);
	return failed > 0 ? 1 : 0;
}
