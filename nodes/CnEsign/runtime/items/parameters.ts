import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';
import { isInexact } from '../http/parseLosslessly';
import { isRecord } from './values';
import { hasLineBreak, joinedCells, spoiltBy, splitList, withoutInvisible } from './cleanText';
import { resolveWithoutEngine, NEEDS_ENGINE } from './resolveWithoutEngine';

/** Ends the item with a message (what happened) and a description (what to do). */
export type Fail = (message: string, description?: string) => never;

export interface TextRule {
	required?: boolean;
	/** Brings the text into the form that is checked and sent. */
	clean?(text: string): string;
	/** Longest text accepted, in characters. */
	max?: number;
	singleLine?: boolean;
	pattern?: RegExp;
	/** Completes "'Label' …" when the pattern does not match. */
	expected?: string;
	/** What to do about it. */
	hint?: string;
	/** What to do where a required text is empty, if more is known than to fill it in. */
	emptyHint?: string;
}

export const webAddress: TextRule = {
	pattern: /^https?:\/\/\S+$/i,
	expected: 'is not a web address',
	hint: 'Start it with https://.',
};

/** Number of an ID document, a company or a card as people write it: in groups, or in full-width digits. */
export const idNumberRule: TextRule = {
	singleLine: true,
	clean: (text) =>
		withoutInvisible(text.normalize('NFKC'))
			.replace(/[^\S\r\n]+/g, '')
			.replace(/^(\d{17})x$/, '$1X'),
};

export interface ListRule {
	/** Every entry has to be an ID. */
	ids?: boolean;
	/** Every entry has to be one of the platform's words, such as CODE_SMS. */
	codes?: boolean;
	/** No entry may come twice. */
	distinct?: boolean;
	/** Entries may also be objects that hold the text under this key. */
	key?: string;
}

export interface NumberRule {
	required?: boolean;
	min?: number;
	max?: number;
	integer?: boolean;
}

/** Parameters of one operation, or of one of its collections, read for one item. */
export interface Parameters {
	fail: Fail;
	/** The parameter's display name in single quotes, for messages. */
	label(name: string): string;
	value(name: string): unknown;
	/** Trimmed text; `''` when nothing was given. Numbers become text. */
	text(name: string, rule?: TextRule): string;
	/** Like `text`, but `undefined` when nothing was given. */
	optional(name: string, rule?: TextRule): string | undefined;
	number(name: string, rule?: NumberRule): number | undefined;
	flag(name: string): boolean | undefined;
	/** IDs or words: an array, or text separated by commas (also 、 and full-width), semicolons or line breaks. */
	list(name: string, rule?: ListRule): string[];
	/** A collection's fields. */
	group(name: string): Parameters;
	/** The entries of a fixed collection with multiple values, or of a list that an expression gives instead. */
	entries(name: string): Parameters[];
}

const EMPTY_HINT =
	'Fill it in. If it holds an expression, the expression gave nothing: look at the input on the left.';

/** What the platforms' IDs consist of. */
export const ID = /^[\w.:-]{1,128}$/;

type Source = (name: string) => unknown;

/** Text of a scalar; dates and luxon values as ISO text; `undefined` for what has no text. */
const scalarText = (value: unknown): string | undefined => {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
		return String(value);
	}
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	const { toISO } = value as { toISO?: () => string | null };
	if (typeof toISO === 'function') return toISO.call(value) ?? undefined;
	return undefined;
};

const childProperties = (property: INodeProperties | undefined): INodeProperties[] =>
	(property?.options ?? []).flatMap((option) => {
		if ('values' in option) return (option as INodePropertyCollection).values;
		return 'type' in option ? [option as INodeProperties] : [];
	});

/** A label without the vendor's Chinese term behind it: messages name many. */
const plainName = (displayName: string): string =>
	displayName.replace(/ \([^()]*\p{Script=Han}[^()]*\)$/u, '');

const read = (
	source: Source,
	properties: INodeProperties[],
	place: string,
	fail: Fail,
): Parameters => {
	const label = (name: string) => {
		const property = properties.find((candidate) => candidate.name === name);
		return `'${place}${plainName(property?.displayName ?? name)}'`;
	};

	const inexact = (name: string): never =>
		fail(
			`${label(name)} is a number too large to be exact`,
			'Hand the ID over as text: as a number its last digits are already lost.',
		);

	const text = (name: string, rule: TextRule = {}): string => {
		const value = source(name);
		const found = scalarText(value);
		if (found === undefined) {
			return fail(
				`${label(name)} is not a text`,
				`Enter one text here instead of ${Array.isArray(value) ? 'a list' : 'an object'}.`,
			);
		}
		if (isInexact(value)) return inexact(name);
		return checked(name, found, rule);
	};

	const checked = (name: string, given: string, rule: TextRule): string => {
		const visible = withoutInvisible(given);
		const found = rule.clean?.(visible) ?? visible;
		if (found === '') {
			if (rule.required)
				fail(`${label(name)} is empty for this item`, rule.emptyHint ?? EMPTY_HINT);
			return '';
		}
		const spoilt = spoiltBy(found);
		if (spoilt) fail(`${label(name)} ${spoilt.reason}`, spoilt.hint);
		if (rule.singleLine && hasLineBreak(found))
			fail(`${label(name)} holds a line break`, 'Enter it in one line.');
		const joined = rule.singleLine ? joinedCells(found) : undefined;
		if (joined) fail(`${label(name)} ${joined.reason}`, joined.hint);
		if (rule.max !== undefined && found.length > rule.max) {
			fail(`${label(name)} is longer than ${rule.max} characters`, rule.hint ?? 'Shorten it.');
		}
		if (rule.pattern && !rule.pattern.test(found)) {
			fail(`${label(name)} ${rule.expected ?? 'is not in the expected form'}`, rule.hint);
		}
		return found;
	};

	const number = (name: string, rule: NumberRule = {}): number | undefined => {
		const found = text(name);
		if (found === '') {
			if (rule.required) fail(`${label(name)} is empty for this item`, EMPTY_HINT);
			return undefined;
		}
		// Chinese keyboards write full-width digits.
		const value = Number(found.normalize('NFKC'));
		if (!Number.isFinite(value)) fail(`${label(name)} is not a number`, 'Enter a number.');
		if (rule.integer && !Number.isInteger(value))
			fail(`${label(name)} is not a whole number`, 'Enter a whole number.');
		const { min = -Infinity, max = Infinity } = rule;
		if (value < min || value > max) {
			fail(
				`${label(name)} is out of range`,
				max === Infinity
					? `Enter a number of at least ${min}.`
					: `Enter a number from ${min} to ${max}.`,
			);
		}
		return value;
	};

	const nested = (name: string, value: unknown, position = ''): Parameters => {
		const property = properties.find((candidate) => candidate.name === name);
		const inner = isRecord(value) ? value : {};
		const shown = plainName(property?.displayName ?? name);
		const prefix = position === '' ? place : `${place}${shown}${position} → `;
		return read(
			(key) => (Object.hasOwn(inner, key) ? inner[key] : undefined),
			childProperties(property),
			prefix,
			fail,
		);
	};

	return {
		fail,
		label,
		value: source,
		text,
		optional: (name, rule) => text(name, rule) || undefined,
		number,
		flag: (name) => {
			const value = source(name);
			if (value === undefined || value === null || value === '') return undefined;
			if (typeof value === 'boolean') return value;
			if (value === 'true' || value === 'false') return value === 'true';
			return fail(
				`${label(name)} is neither true nor false`,
				'Use the switch, or an expression that gives true or false.',
			);
		},
		list: (name, { ids = false, codes = false, distinct = false, key } = {}) => {
			const seen = new Set<string>();
			const value = source(name);
			const parts = Array.isArray(value) ? (value as unknown[]) : splitList(text(name));
			const holdsObjects = key !== undefined && parts.some(isRecord);
			return parts.flatMap((listed, position) => {
				const part = holdsObjects && isRecord(listed) ? listed[key] : listed;
				if (holdsObjects && (part ?? '') === '')
					fail(`${label(name)} holds an entry without '${key}'`, 'Enter a list of IDs.');
				if (isInexact(part)) return inexact(name);
				const found = scalarText(part);
				if (found === undefined) {
					return fail(
						`${label(name)} holds something other than text at place ${position + 1}`,
						'Enter a list of IDs, or one text with commas between them.',
					);
				}
				const entry = withoutInvisible(found);
				const spoilt = spoiltBy(entry);
				if (spoilt) fail(`${label(name)} ${spoilt.reason}`, spoilt.hint);
				if ((ids || codes) && entry !== '' && !ID.test(entry)) {
					const [one, several] = codes ? ['a code', 'codes'] : ['an ID', 'IDs'];
					fail(
						`${label(name)} holds '${entry.slice(0, 40)}', which cannot be ${one}`,
						`Enter ${several} separated by commas, or a list of ${several}.`,
					);
				}
				if (distinct && entry !== '' && seen.has(entry))
					fail(`${label(name)} holds '${entry.slice(0, 40)}' twice`, 'Enter each ID once.');
				seen.add(entry);
				return entry === '' ? [] : [entry];
			});
		},
		group: (name) => nested(name, source(name)),
		entries: (name) => {
			const value = source(name);
			const lists = Array.isArray(value) ? [value] : isRecord(value) ? Object.values(value) : [];
			const rows = lists.flatMap((rowsOfOption) =>
				Array.isArray(rowsOfOption) ? (rowsOfOption as unknown[]) : [rowsOfOption],
			);
			return rows
				.filter((row) => row !== null && row !== undefined)
				.map((row, position) => nested(name, row, ` ${position + 1}`));
		},
	};
};

/** The operation's parameters for one item; messages name the parameter and carry the item. */
export function readParameters(
	exec: IExecuteFunctions,
	itemIndex: number,
	properties: INodeProperties[],
): Parameters {
	const fail: Fail = (message, description) => {
		throw new NodeOperationError(exec.getNode(), message, { description, itemIndex });
	};
	const isLocator = (wanted: string) =>
		properties.some(({ name, type }) => name === wanted && type === 'resourceLocator');
	// What `$json` stands for. n8n's own comes with a proxy of all its data (docs/performance.md, row 1).
	const item = () => exec.getInputData()[itemIndex]?.json;
	const source: Source = (name) => {
		if (isLocator(name))
			return exec.getNodeParameter(name, itemIndex, null, { extractValue: true });
		const raw = exec.getNodeParameter(name, itemIndex, null, { rawExpressions: true }) as unknown;
		const value = resolveWithoutEngine(raw, item);
		return value === NEEDS_ENGINE ? exec.getNodeParameter(name, itemIndex, null) : value;
	};
	return read(source, properties, '', fail);
}

/** Parameters from a plain object, for tests and for values that do not come from the node itself. */
export function parametersOf(
	values: Record<string, unknown>,
	properties: INodeProperties[],
	fail: Fail,
): Parameters {
	return read((name) => values[name], properties, '', fail);
}
