import { isRecord } from '../../../../runtime/items/values';
import {
	hasLineBreak,
	joinedCells,
	spoiltBy,
	withoutInvisible,
	cleanContact,
	MOBILE,
} from '../../../../runtime/items/cleanText';
import { contactTypeOf } from '../../fields';
import { CONTACT_HINT, EMAIL, NOT_STORABLE, NOT_STORABLE_HINT, STORABLE } from '../../rules';

/** Ends the item; `path` is where in the structure, as in `signerList[1].receiver.contact`. */
export type WireFail = (path: string, reason: string, hint?: string) => never;

/** An object of the wire, as it was given or as it is sent. */
export type Raw = Record<string, unknown>;

/** Reads one object of a wire structure; every message names the path. */
export interface WireReader {
	raw: Raw;
	/** Text or number as text; blank counts as not given. */
	text(key: string): string | undefined;
	required(key: string): string;
	oneOf(key: string, allowed: string[]): string | undefined;
	/** A number as text, as the wire wants it. */
	decimal(key: string, min: number, max: number, why: string): string | undefined;
	integerText(key: string, why: string): string | undefined;
	list(key: string): WireReader[] | undefined;
	child(key: string): WireReader | undefined;
	fail(key: string, reason: string, hint?: string): never;
}

/** A number without exponent: a very small one would be written as 1e-7. */
const plain = (value: number): string =>
	String(value).includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : String(value);

/** `path` is where the value is, for messages. What is no object ends the item. */
export function wireReader(value: unknown, path: string, fail: WireFail): WireReader {
	if (!isRecord(value)) return fail(path, 'is not an object', 'Put the fields between { and }.');
	const raw = value;
	const here = (key: string) => `${path}.${key}`;

	const text = (key: string): string | undefined => {
		const found = raw[key];
		if (found === undefined || found === null) return undefined;
		if (typeof found === 'number' || typeof found === 'boolean') return String(found);
		if (typeof found !== 'string') return fail(here(key), 'is not a text');
		const visible = withoutInvisible(found);
		const spoilt = spoiltBy(visible);
		if (spoilt) return fail(here(key), spoilt.reason, spoilt.hint);
		return visible === '' ? undefined : visible;
	};
	const number = (key: string, why: string): number | undefined => {
		const found = text(key)?.normalize('NFKC');
		if (found === undefined) return undefined;
		const parsed = Number(found);
		if (!/^-?\d+(?:\.\d+)?$/.test(found)) return fail(here(key), 'is not a number', why);
		return parsed;
	};

	return {
		raw,
		text,
		fail: (key, reason, hint) => fail(here(key), reason, hint),
		required: (key) => text(key) ?? fail(here(key), 'is missing'),
		oneOf: (key, allowed) => {
			const found = text(key);
			if (found === undefined || allowed.includes(found)) return found;
			return fail(here(key), `is not one of ${allowed.join(', ')}`);
		},
		decimal: (key, min, max, why) => {
			const found = number(key, why);
			if (found === undefined) return undefined;
			if (found < min || found > max)
				return fail(here(key), `is not between ${min} and ${max}`, why);
			return plain(found);
		},
		integerText: (key, why) => {
			const found = number(key, why);
			if (found === undefined) return undefined;
			if (!Number.isSafeInteger(found)) return fail(here(key), 'is not a whole number', why);
			return String(found);
		},
		list: (key) => {
			const found = raw[key];
			if (found === undefined || found === null) return undefined;
			if (!Array.isArray(found))
				return fail(here(key), 'is not a list', 'Put the entries between [ and ].');
			return found.map((entry, index) => wireReader(entry, `${here(key)}[${index}]`, fail));
		},
		child: (key) => {
			const found = raw[key];
			if (found === undefined || found === null) return undefined;
			return wireReader(found, here(key), fail);
		},
	};
}

/**
 * The wire object: the known keys in the order of the reference, then whatever else was given, untouched,
 * so that a field that the platform knows and this package does not is still sent.
 */
export function withOthers(reader: WireReader, fields: Raw): Raw {
	const result: Raw = {};
	for (const [key, value] of Object.entries(fields)) if (value !== undefined) result[key] = value;
	for (const [key, value] of Object.entries(reader.raw))
		if (!Object.hasOwn(fields, key)) result[key] = value;
	return result;
}

/** A name or a title: one line, without what the platform cannot store. */
export function nameIn(reader: WireReader, key: string): string | undefined {
	const name = reader.text(key);
	if (name === undefined) return undefined;
	if (hasLineBreak(name)) reader.fail(key, 'holds a line break', 'Write it in one line.');
	const joined = joinedCells(name);
	if (joined) reader.fail(key, joined.reason, joined.hint);
	if (!STORABLE.test(name)) reader.fail(key, NOT_STORABLE, NOT_STORABLE_HINT);
	return name;
}

/**
 * `ContractUser` (docs/api/kaifangqian.md, 5.1). `contactType` is told by the contact; one that was given has
 * to fit.
 */
export function contractUser(reader: WireReader, longestName: number): Raw {
	const contact = cleanContact(reader.required('contact'));
	if (!MOBILE.test(contact) && !EMAIL.test(contact))
		reader.fail('contact', 'is neither a mobile number nor an email address', CONTACT_HINT);
	const chosen = reader.oneOf('contactType', ['MOBILE', 'EMAIL', 'auto']) ?? 'auto';
	const actual = contactTypeOf(contact);
	if (chosen !== 'auto' && chosen !== actual)
		reader.fail('contactType', `does not fit the contact, which is ${actual}`);
	const name = nameIn(reader, 'name') ?? reader.required('name');
	if (name.length > longestName)
		reader.fail(
			'name',
			`is longer than ${longestName} characters`,
			longestName === 20
				? 'The platform takes 20 for a person who signs for another company.'
				: 'Shorten it.',
		);
	return withOthers(reader, { name, contactType: actual, contact });
}
