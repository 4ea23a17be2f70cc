// A whole number of 16 digits and more, which may not fit into a double, where a value ends.
const LONG_INTEGER = /(?<![\d.eE+-])-?[1-9]\d{15,}(?=\s*(?:[,\]}]|$))/g;

// Where a number can begin. IDs are mostly in quotes, and an answer without any other is parsed as it is.
const MAY_BE_LONG = /(?:^|[:,[\s])-?\d{16}/;

const guard = (token: string) => (Number.isSafeInteger(Number(token)) ? token : `"${token}"`);

/** A whole number that has lost digits: an ID that was read as a number somewhere on its way. */
export function isInexact(value: unknown): boolean {
	return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** Where the string that starts at `start` ends: behind the first quote that no backslash escapes. */
export function endOfString(text: string, start: number): number {
	for (let at = start; ;) {
		at = text.indexOf('"', at + 1);
		if (at < 0) return text.length;
		let before = at;
		while (text[before - 1] === '\\') before--;
		if ((at - before) % 2 === 0) return at + 1;
	}
}

/**
 * Like JSON.parse, but whole numbers beyond 2^53 become text instead of losing digits: IDs can be that long
 * (docs/api/qiandun.md, 8, trap 9). A run of digits is a number only outside of strings. Strings are skipped
 * by hand: a pattern for them takes minutes on a hostile answer, and too much memory on a long one.
 */
export function parseLosslessly(text: string): unknown {
	if (!MAY_BE_LONG.test(text)) return JSON.parse(text);
	let guarded = '';
	for (let at = 0; at < text.length;) {
		const quote = text.indexOf('"', at);
		const start = quote < 0 ? text.length : quote;
		const end = quote < 0 ? start : endOfString(text, quote);
		guarded += text.slice(at, start).replace(LONG_INTEGER, guard) + text.slice(start, end);
		at = end;
	}
	return JSON.parse(guarded);
}
