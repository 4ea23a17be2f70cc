import { sampleOf, type Sample } from './statistics.mjs';

export interface Target {
	text: string;
	met(value: number): boolean;
}

export const atLeast = (limit: number, unit = '×'): Target => ({
	text: `≥ ${limit} ${unit}`,
	met: (value) => value >= limit,
});

export const atMost = (limit: number, unit = '×'): Target => ({
	text: `≤ ${limit} ${unit}`,
	met: (value) => value <= limit,
});

export const exactly = (wanted: number, what = ''): Target => ({
	text: `${wanted} ${what}`.trim(),
	met: (value) => value === wanted,
});

/** One line of the table. */
export interface Line {
	row: number;
	work: string;
	/** Our figure, and beside it the other side's; texts that name their unit. */
	ours: string;
	beside: string;
	/** What is held against the target. */
	result: string;
	target: string;
	verdict: 'met' | 'missed' | 'stated' | 'not measured';
	/** Why it could not be measured. */
	note?: string;
}

export const figure = (value: number): string => {
	if (Number.isInteger(value)) return String(value);
	const size = Math.abs(value);
	const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
	return value.toFixed(digits);
};

/** `12.3 (11.9–13.0) MB`: the median, and between what the single measurements lay. */
export const shown = ({ median, min, max, count }: Sample, unit: string): string =>
	count === 1
		? `${figure(median)} ${unit}`
		: `${figure(median)} (${figure(min)}–${figure(max)}) ${unit}`;

export interface Measured {
	work: string;
	/** Our measurements. */
	ours: number[];
	unit: string;
	/** The other side's, and what it is. */
	beside?: { name: string; values: number[]; unit?: string };
	/** What is held against the target, and its unit; our own measurements unless told. */
	result?: { sample: Sample; unit: string };
	target?: Target;
}

export const lineOf = (
	row: number,
	{ work, ours, unit, beside, result, target }: Measured,
): Line => {
	const own = sampleOf(ours);
	const judged = result ?? { sample: own, unit };
	const met = target?.met(judged.sample.median);
	return {
		row,
		work,
		ours: shown(own, unit),
		beside: beside ? `${beside.name}: ${shown(sampleOf(beside.values), beside.unit ?? unit)}` : '–',
		result: result ? shown(result.sample, result.unit) : '–',
		target: target?.text ?? '–',
		verdict: met === undefined ? 'stated' : met ? 'met' : 'missed',
	};
};

export const brokenLine = (row: number, work: string, error: unknown): Line => ({
	row,
	work,
	ours: '–',
	beside: '–',
	result: '–',
	target: '–',
	verdict: 'not measured',
	note: (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 2).join(' '),
});
