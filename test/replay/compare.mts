// What counts as the same: test/observed/kaifangqian/README.md, "How exactly".
import type { ExpectedAnswer, Json, JsonObject } from './scenario.mjs';

/** A difference in words; none where everything is as recorded. */
export type Difference = string;

export interface GivenAnswer {
	status: number;
	type: string;
	body: Buffer;
	headers: Record<string, string>;
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const differs = (path: string, expected: unknown, got: unknown): Difference =>
	`${path}: expected ${typeof expected === 'string' ? expected : show(expected)}, got ${show(got)}`;

export function compareAnswer(expected: ExpectedAnswer, given: GivenAnswer): Difference[] {
	const found: Difference[] = [];
	if (given.status !== expected.status)
		found.push(differs('status', expected.status, given.status));
	if (given.type !== expected.type) found.push(differs('type', expected.type, given.type));
	for (const [name, value] of Object.entries(expected.headers ?? {})) {
		const header = given.headers[name.toLowerCase()];
		if (header === undefined || !isSameText(value, header))
			found.push(differs(`header ${name}`, value, header));
	}
	if (expected.begins !== undefined) {
		const begins = beginning(given.body);
		if (begins !== expected.begins) found.push(differs('begins', expected.begins, begins));
	}
	if (expected.json !== undefined) {
		const json = parsed(given.body);
		if (json === undefined)
			found.push(differs('body', 'JSON', given.body.toString().slice(0, 200)));
		else found.push(...compareJson(expected.json, json, 'json'));
	}
	return found;
}

/** The first five bytes, with a dot for what cannot be printed. */
const beginning = (body: Buffer): string =>
	body
		.subarray(0, 5)
		.toString('latin1')
		.replace(/[^\x20-\x7e]/g, '.');

export function parsed(body: Buffer): Json | undefined {
	try {
		return JSON.parse(body.toString());
	} catch {
		return undefined;
	}
}

const isObject = (value: Json | undefined): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Same keys, same kinds, same values, apart from placeholders. */
export function compareJson(
	expected: Json,
	got: Json | undefined,
	path: string,
	isSameNumber: (expected: number, got: number, path: string) => boolean = Object.is,
): Difference[] {
	if (typeof expected === 'string') {
		return isSameTextOrKind(expected, got) ? [] : [differs(path, expected, got)];
	}
	if (typeof expected === 'number') {
		const isSame = typeof got === 'number' && isSameNumber(expected, got, path);
		return isSame ? [] : [differs(path, expected, got)];
	}
	if (Array.isArray(expected)) {
		if (!Array.isArray(got)) return [differs(path, expected, got)];
		if (path.endsWith('.todoTaskList')) return compareSets(expected, got, path);
		return compareLists(expected, got, path, isSameNumber);
	}
	if (isObject(expected)) {
		if (!isObject(got)) return [differs(path, expected, got)];
		const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
		return [...names].flatMap((name) =>
			name in expected && name in got
				? compareJson(expected[name], got[name], `${path}.${name}`, isSameNumber)
				: [differs(`${path}.${name}`, expected[name], got[name])],
		);
	}
	return Object.is(expected, got) ? [] : [differs(path, expected, got)];
}

function compareLists(
	expected: Json[],
	got: Json[],
	path: string,
	isSameNumber: (expected: number, got: number, path: string) => boolean,
): Difference[] {
	const found =
		expected.length === got.length
			? []
			: [`${path}: expected ${expected.length} of them, got ${got.length}: ${show(got)}`];
	return found.concat(
		expected
			.slice(0, got.length)
			.flatMap((item, index) => compareJson(item, got[index], `${path}[${index}]`, isSameNumber)),
	);
}

/** Every expected one has one of its own, in whatever order. */
function compareSets(
	expected: Json[],
	got: Json[],
	path: string,
	isSame = (one: Json, other: Json) => compareJson(one, other, path).length === 0,
): Difference[] {
	if (expected.length !== got.length)
		return [
			`${path}: expected ${expected.length} of them: ${show(expected)}, got ${got.length}: ${show(got)}`,
		];
	const pairUp = (left: Json[], from: Json[]): boolean => {
		const [first, ...rest] = left;
		if (first === undefined) return true;
		return from.some(
			(candidate, index) =>
				isSame(first, candidate) &&
				pairUp(
					rest,
					from.filter((_, other) => other !== index),
				),
		);
	};
	return pairUp(expected, got) ? [] : [differs(path, expected, got)];
}

function isSameTextOrKind(expected: string, got: Json | undefined): boolean {
	if (expected === '<number>') return typeof got === 'number';
	const lines = /^<lines(?: (with|without) (.+))?>$/s.exec(expected);
	if (lines) return areLines(got, lines[1], lines[2]);
	return typeof got === 'string' && isSameText(expected, got);
}

function areLines(got: Json | undefined, how: string | undefined, id: string | undefined): boolean {
	if (!Array.isArray(got)) return false;
	const ids = got.map((line) => {
		if (!isObject(line) || Object.keys(line).sort().join() !== 'signReId,signReName') return '';
		return isFilled(line.signReId) && isFilled(line.signReName) ? line.signReId : '';
	});
	if (ids.includes('')) return false;
	return how === undefined || ids.includes(id ?? '') === (how === 'with');
}

const isFilled = (value: Json): value is string => typeof value === 'string' && value !== '';

const IN_TEXTS: Record<string, string> = {
	'<id>': '[^\\s&]+',
	'<code>': '[^\\s/?&=#]{8}',
	'<digits>': '\\d+',
	'<address of the console>': 'https?://[^\\s/#?&]+(?:/[^\\s#?&]*)?',
};

const GENERIC = '操作失败，';
const JAVA_CLASS = /^(?:[a-z_][\w$]*\.)+[A-Z][\w$]*: /;

/**
 * Exactly, apart from placeholders, and from texts of Java's own: what stands after 操作失败，, a class name in front, and
 * a text that was shortened need only be there.
 */
export function isSameText(expected: string, got: string): boolean {
	if (expected.startsWith(GENERIC)) return got.startsWith(GENERIC) && got.length > GENERIC.length;
	const [beginning, ...shortened] = expected.split(/ ?… ?/);
	if (shortened.length > 0) return got.length > beginning.length && got.startsWith(beginning);
	if (JAVA_CLASS.test(expected)) {
		const rest = expected.replace(JAVA_CLASS, '');
		return JAVA_CLASS.test(got) && isSameText(rest, got.replace(JAVA_CLASS, ''));
	}
	const pattern = expected
		.split(/(<id>|<code>|<digits>|<address of the console>)/)
		.map((part) => IN_TEXTS[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('');
	return new RegExp(`^${pattern}$`, 's').test(got);
}

/** The bodies that were delivered for a contract, in order: none more, none fewer. */
export const compareCallbacks = (expected: JsonObject[], got: Json[]): Difference[] =>
	compareLists(expected, got, 'callbacks', Object.is);

export interface PlacedField {
	field: JsonObject;
	/** The place was found by a keyword. */
	byKeyword: boolean;
}

/** Fields of a contract, in any order: ± 1 point where a keyword decides, else ± 0.01. */
export function comparePlaced(expected: JsonObject[], got: PlacedField[]): Difference[] {
	const byKeyword = new Map<Json, boolean>(got.map((placed) => [placed.field, placed.byKeyword]));
	return compareSets(
		expected,
		got.map(({ field }) => field),
		'placed',
		(one, other) => {
			const near = byKeyword.get(other) ? 1 : 0.01;
			const isNear = (wanted: number, given: number, path: string) =>
				Math.abs(wanted - given) <= (/\.[xy]$/.test(path) ? near : 0.01) + 1e-9;
			return compareJson(one, other, 'placed', isNear).length === 0;
		},
	);
}

/** How often each answer came: `<status> {"code":…,"message":…}` → count. */
export function compareCounts(
	expected: Record<string, number>,
	answers: GivenAnswer[],
): Difference[] {
	const left = answers.map(summaryOf);
	const found: Difference[] = [];
	for (const [text, count] of Object.entries(expected)) {
		const wanted = wantedOf(text);
		let seen = 0;
		for (let at = left.length - 1; at >= 0; at -= 1) {
			if (!isSummary(wanted, left[at])) continue;
			left.splice(at, 1);
			seen += 1;
		}
		if (seen !== count) found.push(`answers: expected ${count} × ${text}, got ${seen}`);
	}
	return found.concat(left.map((summary) => `answers: nobody expected ${show(summary)}`));
}

interface Summary {
	status: string;
	/** Of an answer in JSON its code, message and `success`, as far as it has them; else its type. */
	rest: Json;
}

function summaryOf({ status, type, body }: GivenAnswer): Summary {
	const json = parsed(body);
	if (!isObject(json)) return { status: String(status), rest: type };
	const told = Object.entries(json).filter(([name]) =>
		['code', 'message', 'success'].includes(name),
	);
	return { status: String(status), rest: Object.fromEntries(told) };
}

function wantedOf(text: string): Summary {
	const at = text.indexOf(' ');
	const rest = text.slice(at + 1);
	return { status: text.slice(0, at), rest: parsed(Buffer.from(rest)) ?? rest };
}

const isSummary = (wanted: Summary, given: Summary): boolean =>
	wanted.status === given.status && compareJson(wanted.rest, given.rest, 'answer').length === 0;
