import { isSafeObjectProperty } from 'n8n-workflow';

// `={{ $json.signer['full name'] }}`: what n8n writes when a field of the item is dragged into a parameter.
const FIELD =
	/^=\{\{\s*\$json((?:\.[A-Za-z_]\w*|\[(?:0|[1-9]\d{0,8}|'[^'"\\{}\r\n\u2028\u2029]+'|"[^'"\\{}\r\n\u2028\u2029]+")\])+)\s*\}\}$/;
const STEP = /\.(\w+)|\[(?:(\d+)|['"]([^'"]+)['"])\]/g;

/**
 * n8n refuses some names in expressions, the first word even as a part of one; and where every object has
 * the name, its default engine gives that instead of the item's own value.
 */
const isSpecial = (name: string) =>
	name.includes('constructor') || name in Object.prototype || !isSafeObjectProperty(name);

/** Stands for a value that only n8n can work out. */
export const UNSETTLED = Symbol('unsettled');

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const fieldOf = (expression: string, item: () => unknown): unknown => {
	const path = FIELD.exec(expression)?.[1];
	if (path === undefined) return UNSETTLED;
	let value = item();
	for (const [, name, place, quoted] of path.matchAll(STEP)) {
		const step = name ?? place ?? quoted;
		if (isSpecial(step) || !isObject(value) || !Object.hasOwn(value, step)) return UNSETTLED;
		value = value[step];
	}
	const isSettled =
		typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
	return isSettled ? value : UNSETTLED;
};

/**
 * The value of a parameter without n8n's expression engine, where nothing has to be worked out: no
 * expression, or only such as name a text, number or boolean of the item, which `item` gives. One of these
 * costs n8n as much time and memory as the call to the platform (docs/performance.md, row 1).
 * For all else the answer is `UNSETTLED`, and n8n has to be asked.
 */
export const settledValue = (raw: unknown, item: () => unknown): unknown => {
	if (typeof raw === 'string') return raw.startsWith('=') ? fieldOf(raw, item) : raw;
	if (Array.isArray(raw)) {
		const list = raw.map((entry) => settledValue(entry, item));
		return list.includes(UNSETTLED) ? UNSETTLED : list;
	}
	if (!isObject(raw)) return raw;
	const entries = Object.entries(raw).map(([name, entry]) => [name, settledValue(entry, item)]);
	return entries.some(([, entry]) => entry === UNSETTLED) ? UNSETTLED : Object.fromEntries(entries);
};
