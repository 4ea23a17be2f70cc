/** Leaves out what is empty, so that the platform's own defaults hold. */
export function omitEmpty(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).filter(
			([, value]) =>
				value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
		),
	);
}

/** The same; `undefined` where nothing is left. */
export function omitEmptyOrUndefined(
	values: Record<string, unknown>,
): Record<string, unknown> | undefined {
	const found = omitEmpty(values);
	return Object.keys(found).length === 0 ? undefined : found;
}

/** Whether a value is an object with fields: neither a list nor `null`. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text with its percent-encoding decoded; as it is where a percent sign stands for itself. */
export function uriDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
