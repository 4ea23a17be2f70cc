/**
 * npm run bench [-- [--quick] [--write] [row] 3 5 …]: this package beside what people would use instead.
 * Ends with a table; a row that breaks says so and does not stop the others.
 *
 * --quick       once, with fewer and smaller items: shows that a row works, its figures mean little
 * --times=<n>   how often everything is measured; 5 unless told
 * --write       puts the table into docs/performance.md
 * --profile=<folder>   lets every process under measurement write a CPU profile there
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endWith, PlainError } from '../tools/project.mjs';
import { prepare } from './n8n.mjs';
import { brokenLine, lineOf, type Line } from './report.mjs';
import { rows } from './rows/index.mjs';
import { startSide } from './side.mjs';
import type { StandInSide } from './sides/standIn.mjs';
import { asText, machine, writeTable } from './table.mjs';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		quick: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
		times: { type: 'string' },
		profile: { type: 'string' },
	},
});

const chosen = () => {
	const wanted = positionals.filter((word) => !/^rows?$/.test(word)).map(Number);
	const unknown = wanted.filter((number) => !rows.some((row) => row.number === number));
	if (unknown.length > 0)
		throw new PlainError(
			`There is no such row. Rows: ${rows.map(({ number }) => number).join(', ')}`,
		);
	return wanted.length === 0 ? rows : rows.filter(({ number }) => wanted.includes(number));
};

const profiling = (folder: string | undefined): string[] =>
	folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(folder)}`];

const minutes = (begun: number) => `${((performance.now() - begun) / 60_000).toFixed(1)} min`;

const main = async () => {
	const begun = performance.now();
	const selected = chosen();
	if (values.write && (values.quick || selected.length < rows.length))
		throw new PlainError(
			'--write goes with the whole bench: a table of other figures would be left',
		);
	const stand = await prepare(profiling(values.profile));
	const times = Number(values.times ?? (values.quick ? 1 : 5));
	const lines: Line[] = [];
	for (const row of selected) {
		const started = performance.now();
		console.log(`\nRow ${row.number}: ${row.title}`);
		const say = (text: string) => console.log(`  ${text}`);
		try {
			const standIn = await startSide<StandInSide>(stand, 'standIn.mts');
			try {
				const platform = await standIn.call('platform');
				await row.measure({
					stand,
					standIn,
					platform,
					times,
					quick: values.quick,
					say,
					add(measured) {
						const line = lineOf(row.number, measured);
						lines.push(line);
						say(
							`${line.work}: ${line.ours} | ${line.beside} | ${line.result} | ${line.target} ${line.verdict}`,
						);
					},
				});
			} finally {
				await standIn.stop();
			}
		} catch (error) {
			console.error(error);
			lines.push(brokenLine(row.number, row.title, error));
		}
		say(`took ${minutes(started)}`);
	}
	const about =
		`Measured on ${machine()}: n8n ${stand.n8n.version}, its Node, expression engine \`vm\` unless a line says otherwise; ` +
		`medians of ${times} (smallest–largest), both sides in turns; ratios pair by pair.`;
	console.log(`\n${about}\n\n${asText(lines)}\n\nThe whole took ${minutes(begun)}.`);
	if (values.write) await writeTable(lines, about);
	if (lines.some(({ verdict }) => verdict === 'not measured')) process.exitCode = 1;
};

// What was started ends with this process: by `exit`, which a signal alone would not bring about.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

await main().catch(endWith);
