/** What each operation returns, as n8n's editor reads it before the first run. */
import type { IDataObject } from 'n8n-workflow';

export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

const merged = (schemas: Schema[]): Schema => {
	const types = new Set(schemas.map(({ type }) => type));
	types.delete('null');
	// n8n shows one type; of two forms the text says least.
	const [type = 'null'] = types.size > 1 ? ['string'] : types;
	if (type === 'array') {
		const items = schemas.flatMap((schema) => schema.items ?? []);
		return { type, items: items.length === 0 ? { type: 'object' } : merged(items) };
	}
	if (type !== 'object') return { type };
	const names = [...new Set(schemas.flatMap(({ properties = {} }) => Object.keys(properties)))];
	return {
		type,
		properties: Object.fromEntries(
			names.map((name) => [
				name,
				merged(schemas.flatMap(({ properties = {} }) => properties[name] ?? [])),
			]),
		),
	};
};

const schemaOfValue = (value: unknown): Schema => {
	if (Array.isArray(value))
		return merged([
			{ type: 'array' },
			...value.map((entry) => ({ type: 'array', items: schemaOfValue(entry) })),
		]);
	if (typeof value !== 'object' || value === null)
		return { type: value === null ? 'null' : typeof value };
	return {
		type: 'object',
		properties: Object.fromEntries(
			Object.entries(value).map(([name, entry]) => [name, schemaOfValue(entry)]),
		),
	};
};

/** The fields of these items together. */
export function schemaOf(items: IDataObject[]): Schema {
	return { ...merged(items.map(schemaOfValue)), version: 1 };
}
