import { tryToParseDateTime } from 'n8n-workflow';
import { cleanContact, MOBILE } from '../../runtime/items/cleanText';
import type { TextRule } from '../../runtime/items/parameters';

/** What the reference says about single fields (docs/api/kaifangqian.md, 3.3, 5, 6). */

/** One address and nothing beside it: whatever else is sent reaches nobody, without a word (5.1). */
export const EMAIL =
	/^[^\s@<>()[\]:;,、"\\]+@[^\s@<>()[\]:;,、"'\\/.]+(?:\.[^\s@<>()[\]:;,、"'\\/.]+)+$/;

/** Whether a text is a name, and not the contact that the platform gives where it has none. */
export function isProperName(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '' && !isContact(cleanContact(value));
}

/** Whether a text, once it is clean, is a mobile number or an email address. */
export function isContact(text: string): boolean {
	return MOBILE.test(text) || EMAIL.test(text);
}

export const CONTACT_HINT =
	'Enter a mobile number of mainland China (11 digits) or an email address.';

export const contactRule: TextRule = {
	required: true,
	clean: cleanContact,
	pattern: new RegExp(`${MOBILE.source}|${EMAIL.source}`),
	expected: 'is neither a mobile number nor an email address',
	hint: CONTACT_HINT,
};

export const mobileRule: TextRule = {
	clean: cleanContact,
	pattern: MOBILE,
	expected: 'is not a mobile number',
	hint: 'Enter 11 digits.',
};

/** The platform's columns hold no characters of four bytes (docs/api/kaifangqian.md, 3.3), nor half of one. */
export const STORABLE = /^[^\u{10000}-\u{10ffff}\p{Surrogate}]*$/u;
export const NOT_STORABLE = 'holds a character that the platform cannot store';
export const NOT_STORABLE_HINT = 'Take out emoji, and write rare characters another way.';

/** A name or a title. */
export function nameRule(max: number, required = false): TextRule {
	return {
		required,
		max,
		singleLine: true,
		pattern: STORABLE,
		expected: NOT_STORABLE,
		hint: NOT_STORABLE_HINT,
	};
}

/** An ID whose length the platform limits (docs/api/kaifangqian.md, 3.3). */
export const shortIdRule: TextRule = { required: true, max: 64 };

/** Characters (docs/api/kaifangqian.md, 3.3). */
export const FILE_NAME_MAX = 128;

const CHINA = 'Asia/Shanghai';

/** Calendar date in China, where the platform's days begin and end. */
export function todayInChina(now: number): string {
	return chinaTime(now).slice(0, 10);
}

// As written in a spreadsheet, a form or a database: 2030-06-29, 2030/6/29, 2030年6月29日星期六.
const DAY =
	/^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?(?=$|[T\s])/;
const TIME = /^T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/;

const plainDate = (text: string): string =>
	text
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\p{Pd}\u2212]/gu, '-');

/** Only what is plainly a date: n8n's function also takes milliseconds, and makes 2030-02-30 a day of March. */
const dateTimeOf = (given: string, zone: string) => {
	const text = plainDate(given);
	const match = DAY.exec(text);
	if (!match) return undefined;
	const day = match
		.slice(1)
		.map((part) => part.padStart(2, '0'))
		.join('-');
	const time = text
		.slice(match[0].length)
		.trim()
		.replace(/^T?(?=\d)/, 'T')
		.replace(/\s+(?=(?:Z|[+-]\d{2}(?::?\d{2})?)$)/, '')
		.replace(/^T(?=\d:)/, 'T0');
	const exists = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(exists.getTime()) || !exists.toISOString().startsWith(day)) return undefined;
	if (time !== '' && !TIME.test(time)) return undefined;
	try {
		return tryToParseDateTime(`${day}${time}`, zone);
	} catch {
		return undefined;
	}
};

/**
 * `yyyy-MM-dd` of a date: the day as written, whatever its offset. One in UTC (`Z`) is an instant out of a
 * database, often the evening before, and means the day that it is in China then.
 */
export function dateOnly(text: string): string | undefined {
	const found = dateTimeOf(text, CHINA);
	return (plainDate(text).endsWith('Z') ? found?.setZone(CHINA) : found)?.toISODate() ?? undefined;
}

/** The instant (ms) of a date and time; without a zone it is meant in `timeZone`. */
export function instantOf(text: string, timeZone: string): number | undefined {
	return dateTimeOf(text, timeZone)?.toMillis();
}

/** `yyyy-MM-dd HH:mm:ss` in China time. That the platform reads it so is UNVERIFIED. */
export function chinaTime(instant: number): string {
	return new Date(instant + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
}
