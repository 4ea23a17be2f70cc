import { decode } from '../runtime/callback';
import { forbiddenKey, parseLosslessly } from '../runtime/json';

const DEEPEST_BODY = 20;

const depthOf = (value: unknown, depth = 0): number => {
	if (typeof value !== 'object' || value === null || depth > DEEPEST_BODY) return depth;
	return Object.values(value).reduce<number>(
		(deepest, entry) => Math.max(deepest, depthOf(entry, depth + 1)),
		depth,
	);
};

/** The body as an object, whatever content type the platform has put on it. */
export const bodyOf = (rawBody: Buffer): Record<string, unknown> | undefined => {
	try {
		const parsed = parseLosslessly(decode(rawBody));
		const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
		if (!isObject || depthOf(parsed) > DEEPEST_BODY || forbiddenKey(parsed)) return undefined;
		return parsed as Record<string, unknown>;
	} catch {
		return undefined;
	}
};
