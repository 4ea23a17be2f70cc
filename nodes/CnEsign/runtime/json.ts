import type { Fail } from './parameters';

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Path of the first key that could reach an object's prototype, or `undefined`. */
export const forbiddenKey = (value: unknown, path = ''): string | undefined => {
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
};

// A whole JSON text is a sequence of strings and of things between them; only outside strings can a
// run of digits be a number. 16 digits and more may not fit into a double.
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Like JSON.parse, but whole numbers beyond 2^53 become text instead of losing digits: ids of both
 * platforms can be that long (api/qiandun.md §8, trap 9).
 */
export const parseLosslessly = (text: string): unknown => {
	if (!/\d{16}/.test(text)) return JSON.parse(text);
	const guarded = text.replace(STRING_OR_LONG_INTEGER, (token) => {
		if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token;
		return `"${token}"`;
	});
	return JSON.parse(guarded);
};

/** Where and why a text is not JSON, without quoting the text itself: it may hold personal data. */
const explain = (text: string, error: unknown): string => {
	const position = /position (\d+)/.exec((error as Error).message)?.[1];
	if (position === undefined)
		return 'It ends too early, or holds a character that does not belong there.';
	const before = text.slice(0, Number(position)).split('\n');
	return `Look at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
};

/** A JSON parameter: text, or an object that an expression has already made. */
export const jsonParameter = (value: unknown, label: string, fail: Fail): unknown => {
	let parsed: unknown = value;
	if (typeof value === 'string') {
		if (value.trim() === '') return undefined;
		try {
			parsed = parseLosslessly(value);
		} catch (error) {
			return fail(
				`${label} is not valid JSON`,
				`${explain(value, error)} Names and texts go in double quotes, and no comma follows the last entry.`,
			);
		}
	}
	const path = forbiddenKey(parsed);
	if (path)
		return fail(`${label} holds the key '${path}', which is not allowed`, 'Remove this key.');
	return parsed;
};

/** A JSON parameter that must be an object. */
export const jsonObject = (
	value: unknown,
	label: string,
	fail: Fail,
): Record<string, unknown> | undefined => {
	const parsed = jsonParameter(value, label, fail);
	if (parsed === undefined || parsed === null) return undefined;
	if (typeof parsed !== 'object' || Array.isArray(parsed)) {
		return fail(`${label} is not a JSON object`, 'Start it with { and end it with }.');
	}
	return parsed as Record<string, unknown>;
};
