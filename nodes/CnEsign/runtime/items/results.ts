import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { isRecord } from './values';

/** An answer's `result` as items: an array gives one item per element. */
export function toItems(result: IDataObject | IDataObject[]): INodeExecutionData[] {
	return (Array.isArray(result) ? result : [result]).map((json) => ({ json }));
}

const asObject = (value: unknown): IDataObject =>
	isRecord(value) ? (value as IDataObject) : { value: value as string };

/** The envelope's `result` as items; without one, `success` and the ids that were sent. */
export function resultItems(result: unknown, sent: IDataObject = {}): INodeExecutionData[] {
	if (Array.isArray(result)) return toItems(result.map(asObject));
	return toItems(
		result === undefined || result === null ? { success: true, ...sent } : asObject(result),
	);
}

/** For operations whose answers have more than ten fields. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const isFlat = (value: unknown) => typeof value !== 'object' || value === null;

/**
 * These fields of an answer, in this order: ten at most, and flat. What is no object is passed on as
 * it is, so that an answer of an unexpected shape is not lost.
 */
export function simplified(result: unknown, fields: readonly string[]): unknown {
	if (Array.isArray(result)) return result.map((entry) => simplified(entry, fields));
	if (!isRecord(result)) return result;
	const entries = fields.flatMap((name) => {
		if (!Object.hasOwn(result, name)) return [];
		const value = result[name];
		return isFlat(value) ? [[name, value] as const] : [];
	});
	// None of the expected fields: better everything than nothing.
	return entries.length === 0 ? result : Object.fromEntries(entries);
}
