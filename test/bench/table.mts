import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { format } from 'prettier';
import { inRoot } from '../tools/project.mjs';
import type { Line } from './report.mjs';

const HEAD = ['#', 'work', 'ours', 'beside', 'result', 'target', 'verdict'];

const cells = ({ row, work, ours, beside, result, target, verdict, note }: Line): string[] => [
	String(row),
	work,
	ours,
	beside,
	result,
	target,
	note ? `${verdict}: ${note}` : verdict,
];

/** Columns as wide as their longest text. */
export const asText = (lines: Line[]): string => {
	const rows = [HEAD, ...lines.map(cells)];
	const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	const text = rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column]))
			.join('  ')
			.trimEnd(),
	);
	text.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
	return text.join('\n');
};

export const asMarkdown = (lines: Line[]): string => {
	const escaped = (row: string[]) =>
		`| ${row.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
	return [HEAD, HEAD.map(() => '---'), ...lines.map(cells)].map(escaped).join('\n');
};

/** Cores and memory are all that is said about the machine. */
export const machine = (): string =>
	`${availableParallelism()} cores, ${Math.round(totalmem() / 1024 ** 3)} GB`;

const DOCUMENT = inRoot('docs/performance.md');
const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** Puts the table between the marks of docs/performance.md. */
export const writeTable = async (lines: Line[], about: string): Promise<void> => {
	const text = readFileSync(DOCUMENT, 'utf8');
	const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
	if (from < 0 || to < from)
		throw new Error(`docs/performance.md has lost the marks for the table`);
	const block = `${BEGIN}\n\n${about}\n\n${asMarkdown(lines)}\n\n`;
	writeFileSync(
		DOCUMENT,
		await format(text.slice(0, from) + block + text.slice(to), { parser: 'markdown' }),
	);
};
