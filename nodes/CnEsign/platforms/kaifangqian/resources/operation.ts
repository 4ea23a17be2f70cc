import type { IDataObject } from 'n8n-workflow';
import type { Operation, Resource } from '../../../runtime/types';
import { toItems } from '../../../runtime/types';
import type { KaifangqianClient } from '../client';

export type KaifangqianOperation = Operation<KaifangqianClient>;
export type KaifangqianResource = Resource<KaifangqianClient>;

const asObject = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: { value: value as string };

/** The envelope's `result` as items; without one, `success` and the ids that were sent. */
export const resultItems = (result: unknown, sent: IDataObject = {}) => {
	if (Array.isArray(result)) return toItems(result.map(asObject));
	return toItems(
		result === undefined || result === null ? { success: true, ...sent } : asObject(result),
	);
};
