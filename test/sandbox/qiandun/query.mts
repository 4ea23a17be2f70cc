/**
 * The query of a request as received, pair by pair. Signing needs the decoded values and the
 * endpoints need the same reading of them, so there is one parser for both.
 */
export interface QueryPair {
	key: string;
	value: string;
}

/** `null` when a percent sequence cannot be decoded. */
export function parseQuery(rawQuery: string, plus: 'space' | 'literal'): QueryPair[] | null {
	const decode = (text: string) =>
		decodeURIComponent(plus === 'space' ? text.replaceAll('+', ' ') : text);
	try {
		return rawQuery
			.split('&')
			.filter((part) => part !== '')
			.map((part) => {
				const at = part.indexOf('=');
				return at < 0
					? { key: decode(part), value: '' }
					: { key: decode(part.slice(0, at)), value: decode(part.slice(at + 1)) };
			});
	} catch {
		return null;
	}
}

/**
 * "k=v pairs sorted by key, joined by &", decoded (docs/api/qiandun.md, 2.2). Keys are compared byte by
 * byte as CODE's language does. How the gateway treats repeated keys is not known (choice): every
 * pair stays, in order of arrival. `empty` decides how an empty value is written, also not known.
 */
export function signedQuery(pairs: QueryPair[], empty: 'key=' | 'key' = 'key='): string {
	return [...pairs]
		.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
		.map(({ key, value }) => (value === '' && empty === 'key' ? key : `${key}=${value}`))
		.join('&');
}

/** A repeated key becomes an array, which no schema of a known endpoint accepts. */
export function queryObject(pairs: QueryPair[]): Record<string, string | string[]> {
	const query: Record<string, string | string[]> = Object.create(null) as Record<
		string,
		string | string[]
	>;
	for (const { key, value } of pairs) {
		const before = query[key];
		query[key] =
			before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
	}
	return query;
}
