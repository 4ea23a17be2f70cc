/** The table of docs/reliability.md: written with UPDATE_DOCS=1, compared otherwise. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'prettier';
import { expect } from 'vitest';
import { alone } from '../tools/lock.mjs';
import { faultGroups } from './faults.mjs';
import type { Kind } from './inputs/input.mjs';

/** What came of one operation under one fault. */
export interface Pair {
	name: string;
	fault: string;
	kind: Kind | 'follows';
	said: string[];
	calls: number[];
	runs: number;
	contracts: number;
	doubled: number;
	secrets: number;
}

const root = resolve(import.meta.dirname, '../..');
const file = resolve(root, 'docs/reliability.md');
const KINDS: Array<Pair['kind']> = ['changes', 'follows', 'reads', 'downloads'];

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

export const documentMatrix = async (
	platform: string,
	operations: number,
	pairs: Pair[],
): Promise<void> => {
	const count = (kind: Pair['kind']) =>
		new Set(pairs.filter((pair) => pair.kind === kind).map(({ name }) => name)).size;
	const kinds = KINDS.filter((kind) => count(kind) > 0);
	const rows = faultGroups.flatMap(([heading, faults]) => [
		`| **${heading}** |${' |'.repeat(kinds.length + 1)}`,
		...faults.map(({ name }) => {
			const own = pairs.filter(({ fault }) => fault === name);
			const cells = kinds.map((kind) => cell(own.filter((pair) => pair.kind === kind)));
			return `| ${name} | ${[...cells, sum(own, ({ doubled }) => doubled)].join(' | ')} |`;
		}),
	]);
	const title = {
		changes: 'change something',
		reads: 'read',
		downloads: 'download',
		follows: 'ask on, the contract started',
	};
	await document(
		`matrix ${platform}`,
		[
			`| what happens | ${kinds.map((kind) => `${count(kind)} that ${title[kind]}`).join(' | ')} | done twice |`,
			`| --- |${' --- |'.repeat(kinds.length + 1)}`,
			...rows,
			'',
			`${operations} ways to call, ${faultGroups.flatMap(([, faults]) => faults).length} faults: **${pairs.length} pairs**, ${sum(pairs, ({ runs }) => runs)} runs of three items each. Contracts started: ${sum(pairs, ({ contracts }) => contracts)}. **Doubled: ${sum(pairs, ({ doubled }) => doubled)}. Secrets or personal data found: ${sum(pairs, ({ secrets }) => secrets)}.**`,
		].join('\n'),
	);
};
