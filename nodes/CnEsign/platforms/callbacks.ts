import { createHash } from 'crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { parseLosslessly } from '../runtime/http/parseLosslessly';
import { isRecord } from '../runtime/items/values';
import { forbiddenKey } from '../runtime/items/jsonParameter';

/** How an event was proven: by its signature, by asking the platform back, or not at all. */
export type Verified = 'signature' | 'platform' | 'none';

/** A callback in this package's terms. */
export interface CallbackEvent {
	event: string;
	/** The same for every delivery of one event. */
	eventId: string;
	/** `true` where the platform may send two different events that look the same. */
	mayRecur: boolean;
	/** Set where the event starts or ends the life of a contract. */
	turn?: 'starts' | 'ends';
	contractId?: string;
	contractStatus?: string;
	/** Further fields: a few flat ones for the simplified output, all of them for the full one. */
	flat: IDataObject;
	full: IDataObject;
}

/** What arrived. */
export interface Delivery {
	rawBody: Buffer;
	headers: Record<string, unknown>;
	query: Record<string, unknown>;
}

export type CallbackBody = Record<string, unknown>;

/** What a platform gets to open a delivery and to prove its event. */
export interface CallbackContext<Credential> {
	context: IWebhookFunctions;
	delivery: Delivery;
	/** Read when it is first asked for: most forgeries do not get so far. */
	credential(): Promise<Credential>;
}

export type Opened =
	| { kind: 'event'; body: CallbackBody }
	/** A question of the platform whether somebody is there; answered with this text, and no event. */
	| { kind: 'probe'; answer: string }
	/** `unproven`: a signature that has to be checked before anything is decrypted is wrong. `reason` is for the log only. */
	| { kind: 'malformed' | 'unproven'; reason: string };

export type Verdict =
	| { accepted: true; event: CallbackEvent; verified: Verified; afterwards?: () => Promise<void> }
	/** Not proven; `why` decides how the trigger answers. `reason` is for the log only. */
	| { accepted: false; why: 'unproven' | 'malformed' | 'tryAgain'; reason: string };

/** A stable id from the parts that make an event what it is. */
export function eventIdOf(...parts: Array<string | undefined>): string {
	return createHash('sha256')
		.update(JSON.stringify(parts.map((part) => part ?? null)))
		.digest('hex')
		.slice(0, 32);
}

/**
 * The id of an event in one life of its contract, counted from 1: a contract can live again under its ID, and
 * its events then have the bodies of the first. The first life keeps the plain id.
 */
export function idInLife(eventId: string, life: number): string {
	return life <= 1 ? eventId : `${eventId}-${life}`;
}

const sortedKeys = (value: unknown, depth = 0): unknown => {
	if (typeof value !== 'object' || value === null || depth > 50) return value;
	if (Array.isArray(value)) return value.map((entry) => sortedKeys(entry, depth + 1));
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	// In an object of its own, so that it is not taken for a list of pairs.
	return { entries: entries.map(([key, entry]) => [key, sortedKeys(entry, depth + 1)]) };
};

/** An id from everything a body holds, whatever the order of its fields. */
export function bodyIdOf(platform: string, body: unknown): string {
	return eventIdOf(platform, JSON.stringify(sortedKeys(body)));
}

/** A field as text, or `undefined` where it is neither text nor number. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

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
