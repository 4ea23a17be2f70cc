/** The table of docs/reliability.md: written with UPDATE_DOCS=1, compared otherwise. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'prettier';
import { expect } from 'vitest';
import { alone } from '../tools/lock.mjs';
import type { PlatformName } from './fault.mjs';
import { faultGroupsOf, faultsOf } from './faults.mjs';
import type { Role } from './inputs/input.mjs';

/** What came of one operation under one fault. */
export interface Pair {
	name: string;
	fault: string;
	role: Role;
	said: string[];
	calls: number[];
	runs: number;
	contracts: number;
	doubled: number;
	/** Connections that were left open. */
	stillOpen: number;
	secrets: number;
}

const root = resolve(import.meta.dirname, '../..');
const file = resolve(root, 'docs/reliability.md');
const ROLES: Role[] = ['changes', 'asks first', 'follows', 'reads', 'downloads'];

const between = (name: string) => new RegExp(`(<!-- ${name} -->\n)([^]*?)(\n<!-- /${name} -->)`);

/** The part between two markers, as the file has it. */
const partOf = (name: string): string => {
	const found = between(name).exec(readFileSync(file, 'utf8'));
	if (!found) throw new Error(`docs/reliability.md has no part '${name}'`);
	return found[2].trim();
};

/** Holds a part of docs/reliability.md to what was measured. */
export const document = async (name: string, text: string): Promise<void> => {
	const wanted = (await format(text, { parser: 'markdown' })).trim();
	if (process.env.UPDATE_DOCS === '1') {
		const lock = { file: resolve(root, '.cache', 'reliability.lock'), what: 'another test file' };
		await alone(async () => {
			const whole = readFileSync(file, 'utf8');
			writeFileSync(
				file,
				whole.replace(between(name), (_all, open, _old, shut) => `${open}\n${wanted}\n${shut}`),
			);
		}, lock);
	}
	expect(partOf(name)).toBe(wanted);
};

const words = (values: Array<string | number>): string => [...new Set(values)].sort().join(' or ');

const cell = (pairs: Pair[]): string => {
	if (pairs.length === 0) return '–';
	const said = words(pairs.flatMap(({ said }) => said));
	const calls = words(pairs.flatMap(({ calls }) => calls));
	return `${said} · ${calls}`;
};

const sum = (pairs: Pair[], what: (pair: Pair) => number) =>
	pairs.reduce((total, pair) => total + what(pair), 0);

const TITLES: Record<Role, string> = {
	changes: 'change something',
	'asks first': 'ask first',
	follows: 'look afterwards',
	reads: 'read',
	downloads: 'download',
};

export const documentMatrix = async (
	platform: PlatformName,
	operations: number,
	pairs: Pair[],
): Promise<void> => {
	const count = (role: Role) =>
		new Set(pairs.filter((pair) => pair.role === role).map(({ name }) => name)).size;
	const roles = ROLES.filter((role) => count(role) > 0);
	const rows = faultGroupsOf(platform).flatMap(([heading, faults]) => [
		`| **${heading}** |${' |'.repeat(roles.length + 1)}`,
		...faults.map(({ name }) => {
			const own = pairs.filter(({ fault }) => fault === name);
			const cells = roles.map((role) => cell(own.filter((pair) => pair.role === role)));
			return `| ${name} | ${[...cells, sum(own, ({ doubled }) => doubled)].join(' | ')} |`;
		}),
	]);
	await document(
		`matrix ${platform}`,
		[
			`| what happens | ${roles.map((role) => `${count(role)} that ${TITLES[role]}`).join(' | ')} | done twice |`,
			`| --- |${' --- |'.repeat(roles.length + 1)}`,
			...rows,
			'',
			`${operations} ways to call, ${faultsOf(platform).length} faults: **${pairs.length} pairs**, ${sum(pairs, ({ runs }) => runs)} runs of three items each. Contracts made: ${sum(pairs, ({ contracts }) => contracts)}. **Doubled: ${sum(pairs, ({ doubled }) => doubled)}. Connections left open: ${sum(pairs, ({ stillOpen }) => stillOpen)}. Secrets or personal data found: ${sum(pairs, ({ secrets }) => secrets)}.**`,
		].join('\n'),
	);
};
