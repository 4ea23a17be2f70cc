/** The figures of `docs/reliability.md`: a table between two marks, one line per figure. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { alone } from '../tools/lock.mjs';
import { inRoot } from '../tools/project.mjs';

const FILE = inRoot('docs', 'reliability.md');

const lineOf = (label: string, value: string | number) =>
	`| ${label} | ${typeof value === 'number' ? value.toLocaleString('en') : value} |`;

const sectionOf = (text: string, mark: string) => {
	const [open, close] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
	const start = text.indexOf(open) + open.length;
	const end = text.indexOf(close);
	expect(start, mark).toBeGreaterThanOrEqual(open.length);
	expect(end, mark).toBeGreaterThanOrEqual(start);
	return { before: text.slice(0, start), lines: text.slice(start, end), after: text.slice(end) };
};

/**
 * Prints a figure, and with UPDATE_DOCS=1 writes it down. One that a machine's speed has no part in is
 * compared with what is written there.
 */
export const figure = async (
	mark: string,
	label: string,
	value: string | number,
	{ measured = false } = {},
): Promise<void> => {
	console.log(`${label}: ${value}`);
	const line = lineOf(label, value);
	if (process.env.UPDATE_DOCS !== '1') {
		const { lines } = sectionOf(readFileSync(FILE, 'utf8'), mark);
		if (!measured) expect(lines.split('\n')).toContain(line);
		return;
	}
	const write = async () => {
		const { before, lines, after } = sectionOf(readFileSync(FILE, 'utf8'), mark);
		const rows = lines.split('\n').filter((row) => row.startsWith('| '));
		const head = rows.length > 0 ? rows : ['| what | figure |'];
		const known = head.findIndex((row) => row.startsWith(`| ${label} |`));
		if (known < 0) head.push(line);
		else head[known] = line;
		const [title, ...body] = head.filter((row) => !/^\|\s*-/.test(row));
		const table = [title, '| --- | --- |', ...body].join('\n');
		writeFileSync(FILE, `${before}\n${table}\n\n${after}`);
	};
	await alone(write, {
		file: inRoot('.cache', 'reliability.lock'),
		what: 'another test that writes its figures',
	});
};
