import { isRecord } from '../items/values';
import { parseLosslessly } from './parseLosslessly';

/** The JSON object that a platform wraps its answers in. */
export type Envelope = Record<string, unknown>;

/** The envelope of an answer, or `undefined` when it is no JSON object. */
export function envelopeOf(text: string): Envelope | undefined {
	try {
		// Some servers put a mark in front of their text.
		const parsed = parseLosslessly(text.replace(/^\ufeff/, ''));
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

const ID_NAME = /(?:^id|Ids?|IDs?)$/;

/** Whether a field holds an ID, or several, told by its name. */
export function isIdName(name: string): boolean {
	return ID_NAME.test(name);
}

const asText = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(asText);
	return typeof value === 'number' ? String(value) : withTextIds(value);
};

/** IDs as text, whatever the platform made of them: a number of 19 digits would lose some. */
export function withTextIds(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withTextIds);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name,
			isIdName(name) ? asText(entry) : withTextIds(entry),
		]),
	);
}
