import { createHash } from 'crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

/** How an event was proven: by its signature, by asking the platform back, or not at all. */
export type Verified = 'signature' | 'platform' | 'none';

/** A callback in this package's terms. */
export interface CallbackEvent {
	event: string;
	/** The same for every delivery of one event. */
	eventId: string;
	/** `true` where the platform may send two different events that look the same. */
	mayRecur: boolean;
	contractId?: string;
	contractStatus?: string;
	/** Further fields: a few flat ones for the simplified output, all of them for the full one. */
	flat: IDataObject;
	full: IDataObject;
}

export type Verdict =
	| { accepted: true; event: CallbackEvent; verified: Verified; afterwards?: () => Promise<void> }
	/** Said to be untrue by whoever had to prove it. `reason` is for the log only. */
	| { accepted: false; why: 'unproven' | 'malformed' | 'tryAgain'; reason: string };

/** What arrived. */
export interface Delivery {
	rawBody: Buffer;
	body: Record<string, unknown>;
	headers: Record<string, unknown>;
}

/** How a platform's callbacks are understood and proven. */
export interface CallbackAdapter {
	/** The event as the body alone tells it; never throws, never drops. */
	normalise(body: Record<string, unknown>): CallbackEvent;
	/** Proves the event, and returns it as it really is. */
	prove(context: IWebhookFunctions, delivery: Delivery, event: CallbackEvent): Promise<Verdict>;
}

/** A stable id from the parts that make an event what it is. */
export const eventIdOf = (...parts: Array<string | undefined>): string =>
	createHash('sha256')
		.update(JSON.stringify(parts.map((part) => part ?? null)))
		.digest('hex')
		.slice(0, 32);

const sortedKeys = (value: unknown, depth = 0): unknown => {
	if (typeof value !== 'object' || value === null || depth > 50) return value;
	if (Array.isArray(value)) return value.map((entry) => sortedKeys(entry, depth + 1));
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	// In an object of its own, so that it is not taken for a list of pairs.
	return { entries: entries.map(([key, entry]) => [key, sortedKeys(entry, depth + 1)]) };
};

/** An id from everything a body holds, whatever the order of its fields. */
export const bodyIdOf = (platform: string, body: unknown): string =>
	eventIdOf(platform, JSON.stringify(sortedKeys(body)));

/** A field as text, or `undefined` where it is neither text nor number. */
export const textOf = (value: unknown): string | undefined => {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
};

/** The bytes as text. Self-hosted installations may send in the server's own character set (GBK). */
export const decode = (bytes: Buffer): string => {
	for (const encoding of ['utf-8', 'gbk']) {
		try {
			return new TextDecoder(encoding, { fatal: true }).decode(bytes);
		} catch {
			// Not this one.
		}
	}
	return bytes.toString('utf8');
};
