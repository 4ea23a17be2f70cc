/**
 * n8n stores execution data as a flat list in which every text and object has its place and is named
 * by its index. This is the way back.
 */
export const unflatten = (text: string): unknown => {
	const list = JSON.parse(text) as unknown[];
	const built = new Map<number, unknown>();
	const resolve = (index: number): unknown => {
		if (built.has(index)) return built.get(index);
		const value = list[index];
		if (typeof value !== 'object' || value === null) return value;
		const target: unknown = Array.isArray(value) ? [] : {};
		built.set(index, target);
		for (const [key, entry] of Object.entries(value)) {
			(target as Record<string, unknown>)[key] =
				typeof entry === 'string' ? resolve(Number(entry)) : entry;
		}
		return target;
	};
	return resolve(0);
};
