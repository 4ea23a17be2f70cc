import { forbiddenKey } from '../../runtime/items/jsonParameter';
import { parseLosslessly } from '../../runtime/http/parseLosslessly';
import { isRecord } from '../../runtime/isRecord';
import type { Delivery, Opened } from './event';

const DEEPEST_BODY = 20;

const depthOf = (value: unknown, depth = 0): number => {
	if (typeof value !== 'object' || value === null || depth > DEEPEST_BODY) return depth;
	return Object.values(value).reduce<number>(
		(deepest, entry) => Math.max(deepest, depthOf(entry, depth + 1)),
		depth,
	);
};

/** The bytes as text. Self-hosted installations may send in the server's own character set (GBK). */
export function decode(bytes: Buffer): string {
	for (const encoding of ['utf-8', 'gbk']) {
		try {
			return new TextDecoder(encoding, { fatal: true }).decode(bytes);
		} catch {
			// Not this one.
		}
	}
	return bytes.toString('utf8');
}

const MALFORMED: Opened = {
	kind: 'malformed',
	reason: 'its body is not a JSON object of reasonable depth',
};

/** A body that is a plain JSON object, whatever content type the platform has put on it. */
export function openJson({ rawBody }: Delivery): Opened {
	try {
		const parsed = parseLosslessly(decode(rawBody));
		if (!isRecord(parsed) || depthOf(parsed) > DEEPEST_BODY || forbiddenKey(parsed))
			return MALFORMED;
		return { kind: 'event', body: parsed };
	} catch {
		return MALFORMED;
	}
}
