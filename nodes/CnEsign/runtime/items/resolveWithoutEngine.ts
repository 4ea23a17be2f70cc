import { isSafeObjectProperty } from 'n8n-workflow';

// What n8n writes when a field of the item is dragged into a parameter.
const FIELD = /^=\{\{ \$json\.([A-Za-z_]\w*) \}\}$/;

/** Stands for a value that only n8n can work out. */
export const NEEDS_ENGINE = Symbol('needsEngine');

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** Names that n8n refuses in expressions, or that every object has. */
const isSpecial = (name: string) =>
	name.includes('constructor') || name in Object.prototype || !isSafeObjectProperty(name);

const resolveText = (text: string, item: () => unknown): unknown => {
	if (!text.startsWith('=')) return text;
	const name = FIELD.exec(text)?.[1];
	const json = name === undefined || isSpecial(name) ? undefined : item();
	if (name === undefined || !isObject(json) || !Object.hasOwn(json, name)) return NEEDS_ENGINE;
	const value = json[name];
	const isScalar = ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
	return isScalar ? value : NEEDS_ENGINE;
};

/**
 * The value of a parameter without n8n's expression engine, which takes as long as the call to the platform
 * (docs/performance.md, row 1): of a fixed value, or of a field of the item, which `item` gives. Otherwise
 * `NEEDS_ENGINE`, and n8n has to be asked.
 */
export function resolveWithoutEngine(raw: unknown, item: () => unknown): unknown {
	if (typeof raw === 'string') return resolveText(raw, item);
	if (!isObject(raw)) return raw;
	const entries = Object.entries(raw).map(([key, value]) => [
		key,
		resolveWithoutEngine(value, item),
	]);
	if (entries.some(([, value]) => value === NEEDS_ENGINE)) return NEEDS_ENGINE;
	return Array.isArray(raw) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
