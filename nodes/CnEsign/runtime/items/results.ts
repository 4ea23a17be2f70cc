import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../isRecord';

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
