/**
 * Looks for marked values in everything that leaves the node.
 *
 * Secrets may be nowhere: not in the whole stored run, not in an error, not in a log. (One answer holds
 * the app key by right: Qiandun's list of the apps a seal is authorised for. It counts as personal.)
 * Personal data may be in the `json` and `binary` of an item that succeeded, which is what the platform
 * was asked for, and in what the user has put in: the input items and the node's own parameters. It may
 * be in no error, no failed item, no hint and no log.
 */
import { inspect } from 'node:util';
import type { NodeRun } from '../engine/node.mjs';

export interface Marks {
	secrets: string[];
	personal: string[];
	/** Those among them that are known by their form, wherever they come from; a name is not. */
	recognisable: string[];
}

/** Every text that can be reached from a value, also through properties that JSON leaves out. */
export const textsIn = (
	value: unknown,
	skip: string[] = [],
	seen = new Set<unknown>(),
): string[] => {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	if (ArrayBuffer.isView(value))
		return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')];
	if (value instanceof Map || value instanceof Set) return textsIn([...value], skip, seen);
	return Reflect.ownKeys(value)
		.filter((key) => !skip.includes(String(key)))
		.flatMap((key) => [
			String(key),
			...textsIn((value as Record<PropertyKey, unknown>)[key], skip, seen),
		]);
};

/** A value in the forms in which it may travel. */
const formsOf = (mark: string): string[] => {
	const escaped = mark.replace(
		/[^\0-\x7f]/g,
		(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	const base64 = Buffer.from(mark).toString('base64').replace(/=+$/, '');
	const hex = Buffer.from(mark).toString('hex');
	return [...new Set([mark, encodeURIComponent(mark), escaped, base64, hex])];
};

export const foundIn = (text: string, marks: string[]): string[] =>
	marks.filter((mark) => formsOf(mark).some((form) => text.includes(form)));

const written = (value: unknown): string => {
	const shown = inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null });
	return `${shown}\n${JSON.stringify(value)}`;
};

/** Errors of a run: n8n's own copy of the node hangs on them, with the user's parameters. */
const facesOf = (error: NodeRun['error']) => {
	if (!error) return '';
	const { node: _node, ...rest } = error as unknown as Record<string, unknown>;
	const { message, stack, cause } = error;
	return written({ ...rest, message, stack, cause });
};

/** What of the marks is where it must not be; expected to be nothing. */
export const huntIn = ({ run, items, error }: NodeRun, { secrets, personal }: Marks): string[] => {
	const everything = [...textsIn(run), ...textsIn(error)].join('\n');
	const failed = items.filter(({ json }) => json.error !== undefined);
	const outputs = run.data.resultData.runData['E-Sign'] ?? [];
	// `error` and `data` are looked at by themselves: the one carries the node, the other the results.
	const around = outputs.map(({ error: _error, data: _data, ...rest }) => rest);
	const shown = [
		facesOf(error),
		...outputs.map((output) => facesOf(output.error as NodeRun['error'])),
		...items.map((item) => facesOf(item.error as NodeRun['error'])),
		written(failed),
		written(around),
	].join('\n');
	return [
		...foundIn(everything, secrets).map((mark) => `secret ${mark.slice(0, 6)}… in the run`),
		...foundIn(shown, [...secrets, ...personal]).map((mark) => `${mark} in what is shown`),
	];
};
