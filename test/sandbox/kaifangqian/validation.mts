import { badFormat, blank, missing, unsupported } from './answers.mjs';
import type { Schema } from './schemas.mjs';

export interface SchemaFinding {
	keyword: string;
	instancePath: string;
	params: Record<string, unknown>;
}

/** Names the platform is known to use in messages instead of the field's own (§3.2). */
const SPOKEN_NAMES: Record<string, string> = { send: '是否直接发起' };
const spoken = (field: string): string => SPOKEN_NAMES[field] ?? field;

const lastName = (path: string): string =>
	path
		.split('/')
		.filter((part) => part !== '' && !/^\d+$/.test(part))
		.pop() ?? '';

/** Turns the first finding of the schema into the platform's code (api/kaifangqian.md §9). */
export function refuseFinding(finding: SchemaFinding): never {
	const { keyword, instancePath, params } = finding;
	const field = spoken(lastName(instancePath));
	if (keyword === 'required') return missing(spoken(String(params.missingProperty)));
	if (keyword === 'minItems' || params.pattern === '\\S') return blank(field);
	if (keyword === 'enum') return unsupported(field);
	if (keyword === 'maxLength') return badFormat(field, '长度不合法');
	if (keyword === 'type') return badFormat(field, '类型不正确');
	return badFormat(field, '格式不合法');
}

/** A field sent as null is a field not sent: that is how the server's JSON reader sees it. */
export function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, item]) => item !== null)
			.map(([name, item]) => [name, withoutNulls(item)]),
	);
}

/** Paths of fields no document names. They are ignored, as the server does, and recorded for tests. */
export function unknownFields(value: unknown, schema: Schema, path = ''): string[] {
	if (Array.isArray(value)) {
		const items = schema.items as Schema | undefined;
		return items
			? value.flatMap((item, index) => unknownFields(item, items, `${path}[${index}]`))
			: [];
	}
	const properties = schema.properties as Record<string, Schema> | undefined;
	if (!properties || typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, item]) => {
		const here = path ? `${path}.${name}` : name;
		return name in properties ? unknownFields(item, properties[name], here) : [here];
	});
}
