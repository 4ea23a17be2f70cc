import fc from 'fast-check';

/** Any JSON object, as a body may be. */
export const anyBody = fc
	.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 8 })
	.map((body) => JSON.parse(JSON.stringify(body)) as Record<string, unknown>);

/** The same content with the fields of every object in another order. */
export const shuffled = (value: unknown, order: Iterator<number>): unknown => {
	if (Array.isArray(value)) return value.map((entry) => shuffled(entry, order));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(
		([key, entry]) => [order.next().value as number, key, shuffled(entry, order)] as const,
	);
	entries.sort(([a], [b]) => a - b);
	// Not by assignment: a field may be called __proto__.
	return Object.fromEntries(entries.map(([, key, entry]) => [key, entry]));
};
