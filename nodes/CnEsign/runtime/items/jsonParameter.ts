import { endOfString, isInexact, parseLosslessly } from '../http/parseLosslessly';
import { isRecord } from './values';
import type { Fail } from './parameters';

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Path of the first key that could reach an object's prototype, or `undefined`. */
export function forbiddenKey(value: unknown, path = ''): string | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	for (const key of Object.keys(value)) {
		const here = Array.isArray(value)
			? `${path}[${key}]`
			: `${path === '' ? '' : `${path}.`}${key}`;
		if (FORBIDDEN_KEYS.has(key)) return here;
		const found = forbiddenKey((value as Record<string, unknown>)[key], here);
		if (found) return found;
	}
	return undefined;
}

/** Path of the first whole number that has lost digits, or `undefined`. */
const inexactNumber = (value: unknown, path = ''): string | undefined => {
	if (isInexact(value)) return path;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, entry] of Object.entries(value)) {
		const found = inexactNumber(entry, path === '' ? key : `${path}.${key}`);
		if (found !== undefined) return found;
	}
	return undefined;
};

const BETWEEN_STRINGS = /[ \t\n\r]+|[{}[\]:,]|-?\d[\d.eE+-]*|(?:true|false|null)\b/y;

/** Where the first thing stands that no JSON holds, such as a word or a quotation mark of another kind. */
const strangePlace = (text: string): number | undefined => {
	for (let at = 0; at < text.length;) {
		BETWEEN_STRINGS.lastIndex = at;
		if (text[at] === '"') at = endOfString(text, at);
		else if (BETWEEN_STRINGS.test(text)) at = BETWEEN_STRINGS.lastIndex;
		else return at;
	}
	return undefined;
};

/** Where and why a text is not JSON, without quoting the text itself: it may hold personal data. */
const explain = (text: string): string => {
	let place: number | undefined;
	try {
		JSON.parse(text);
	} catch (error) {
		// Some of the engine's messages name the place, others quote the text instead.
		const position = /position (\d+)/.exec((error as Error).message)?.[1];
		place = position === undefined ? strangePlace(text) : Number(position);
	}
	if (place === undefined)
		return 'It ends too early, or holds a character that does not belong there.';
	const before = text.slice(0, place).split('\n');
	return `Look at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
};

/** A JSON parameter: text, or an object that an expression has already made. */
export function jsonParameter(value: unknown, label: string, fail: Fail): unknown {
	let parsed: unknown = value;
	if (typeof value === 'string') {
		// What files begin with that Windows programs wrote.
		const text = value.replace(/^\ufeff/, '');
		if (text.trim() === '') return undefined;
		try {
			parsed = parseLosslessly(text);
		} catch {
			return fail(
				`${label} is not valid JSON`,
				`${explain(text)} Names and texts go in double quotes, and no comma follows the last entry.`,
			);
		}
	}
	const path = forbiddenKey(parsed);
	if (path)
		return fail(`${label} holds the key '${path}', which is not allowed`, 'Remove this key.');
	const inexact = typeof value === 'string' ? undefined : inexactNumber(parsed);
	if (inexact !== undefined)
		return fail(
			`${label} holds a number too large to be exact under '${inexact}'`,
			'Hand the ID over as text: as a number its last digits are already lost.',
		);
	return parsed;
}

/** A JSON parameter that must be an object. */
export function jsonObject(
	value: unknown,
	label: string,
	fail: Fail,
): Record<string, unknown> | undefined {
	const parsed = jsonParameter(value, label, fail);
	if (parsed === undefined || parsed === null) return undefined;
	if (!isRecord(parsed))
		return fail(`${label} is not a JSON object`, 'Start it with { and end it with }.');
	return parsed;
}
