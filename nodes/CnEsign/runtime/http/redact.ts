import { isIdName } from './envelope';

// What must never leave through a message: secrets by their value, personal data by value and by form.
const FORMS: Array<[RegExp, string]> = [
	[/https?:\/\/[^\s"'<>，。；]{1,2000}/gi, '[link]'],
	[/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '[email]'],
	// With a date of birth in it, or it could be the ID of a contract.
	[
		/(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/g,
		'[ID number]',
	],
	[/(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d{9}(?![0-9A-Za-z])/g, '[phone number]'],
];

// Not personal, and needed in messages: IDs, enum values of the API, short numbers.
const WIRE_WORD = /^[A-Z][A-Z0-9_]*$|^(?:pc|h5|true|false)$/;
const PLAIN_NUMBER = /^-?[\d.,]{1,7}$/;

const isPublic = (name: string, text: string): boolean =>
	isIdName(name) || WIRE_WORD.test(text) || PLAIN_NUMBER.test(text);

/** Shorter texts would blank out parts of other words. */
const SHORTEST = 3;
const SHORTEST_PERSONAL = 2;
const LONGEST_VALUE = 200;

/** Texts anywhere in what was sent that a message must not repeat, longest first. */
export function sentValues(value: unknown, isPersonal: (name: string) => boolean): string[] {
	const found = new Set<string>();
	const visit = (inner: unknown, name: string) => {
		if (Array.isArray(inner)) inner.forEach((entry) => visit(entry, name));
		else if (typeof inner === 'object' && inner !== null) {
			if (!(Object.getPrototypeOf(inner) === Object.prototype)) return;
			for (const [key, entry] of Object.entries(inner)) visit(entry, key);
		} else if (typeof inner === 'string' || typeof inner === 'number') {
			const text = String(inner);
			const personal = isPersonal(name);
			const shortest = personal ? SHORTEST_PERSONAL : SHORTEST;
			if (text.length < shortest || text.length > LONGEST_VALUE) return;
			if (personal || !isPublic(name, text)) found.add(text);
		}
	};
	visit(value, '');
	return [...found].sort((a, b) => b.length - a.length);
}

/** Decoded, because no pattern sees through percent-encoding. */
const percentDecoded = (text: string): string =>
	text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
		try {
			return decodeURIComponent(encoded);
		} catch {
			return ' ';
		}
	});

// A longer message tells nobody more and costs time in every pattern.
const LONGEST = 2000;

/** Cleans a text that came from outside: known values, then everything that looks personal. */
export function redact(text: string, values: string[] = []): string {
	// Cut at a gap, so that no half of a number or link is left that no pattern knows.
	const cut = text.length > LONGEST ? text.slice(0, LONGEST).replace(/\S{0,200}$/, '') : text;
	// A NUL keeps PostgreSQL from storing the execution at all.
	let clean = percentDecoded(cut).replace(/\p{Cc}/gu, ' ');
	for (const value of values) if (value !== '') clean = clean.replaceAll(value, '[hidden]');
	for (const [form, name] of FORMS) clean = clean.replace(form, name);
	return clean;
}

/** One line, of a length that fits into a message. */
export function shorten(text: string, max = 300): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > max ? `${line.slice(0, max)}…` : line;
}
