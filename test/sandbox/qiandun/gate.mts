/**
 * The gateway: a request enters only with a right signature (docs/api/qiandun.md, 2, 9.1–9.7).
 * Written from the document alone and shares nothing with the node's own signing: two
 * implementations that agree by accident of shared code would prove nothing.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parseQuery, signedQuery, type QueryPair } from './query.mjs';
import type { Switches } from './switches.mjs';

/** 15 minutes, for the timestamp and for the nonce (§2.1). */
export const WINDOW_MS = 15 * 60 * 1000;

export interface GateRequest {
	method: string;
	/** Path and query exactly as on the request line. */
	url: string;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	body: Buffer;
}

export type GateReason =
	| 'missingKey'
	| 'missingSignature'
	| 'unknownKey'
	| 'badTimestamp'
	| 'staleTimestamp'
	| 'repeatedNonce'
	| 'unsignedHeaders'
	| 'wrongMd5'
	| 'missingMd5'
	| 'undecodableQuery'
	| 'emptyQueryValue'
	| 'wrongSignature';

/** Texts of `X-Ca-Error-Message`. The vendor's own are not known; these are ours. */
export const GATE_MESSAGES: Record<GateReason, string> = {
	missingKey: 'X-Ca-Key is missing',
	missingSignature: 'X-Ca-Signature is missing',
	unknownKey: 'X-Ca-Key is not known',
	badTimestamp: 'X-Ca-Timestamp is not a time in milliseconds',
	staleTimestamp: 'X-Ca-Timestamp is outside 15 minutes',
	repeatedNonce: 'X-Ca-Nonce was used within 15 minutes',
	unsignedHeaders: 'X-Ca-Key, X-Ca-Nonce and X-Ca-Timestamp must be sent and signed, in this order',
	wrongMd5: 'Content-MD5 does not fit the body',
	missingMd5: 'Content-MD5 is missing',
	undecodableQuery: 'the query cannot be decoded',
	emptyQueryValue: 'a query parameter has an empty value',
	wrongSignature: 'X-Ca-Signature does not fit the request',
};

/**
 * A wrong signature is told with the gateway's own string to sign (docs/api/qiandun.md, 3). A header has neither
 * line breaks nor Chinese; how the gateway writes them is not known (choice).
 */
export function gateMessage(reason: GateReason, toSign: string): string {
	if (reason !== 'wrongSignature') return GATE_MESSAGES[reason];
	const shown = toSign
		.replaceAll('\n', '#')
		.replace(/[^ -~]+/gu, (text) => encodeURIComponent(text));
	return `${GATE_MESSAGES[reason]}, Server StringToSign:${shown}`;
}

export interface GateVerdict {
	/** `null` = let in. */
	refused: GateReason | null;
	/** What the gate signed; holds no secret and shows a caller where its own string differs. */
	stringToSign: string;
}

export const md5 = (body: Buffer | string) => createHash('md5').update(body).digest('base64');

export const signature = (secret: string, stringToSign: string) =>
	createHmac('sha256', secret).update(stringToSign, 'utf8').digest('base64');

/** §2.2, from the request as received. */
export function stringToSign(
	request: GateRequest,
	pairs: QueryPair[],
	empty: 'key=' | 'key' = 'key=',
): string {
	const { headers } = request;
	// A header that is named but not sent still gives `Name:` (gateway rule, unverified for 签盾).
	const signed = signedNames(headers).map((name) => `${name}:${headers[name.toLowerCase()] ?? ''}`);
	const path = rawPath(request.url);
	const query = signedQuery(pairs, empty);
	return [
		request.method.toUpperCase(),
		headers['accept'] ?? '',
		headers['content-md5'] ?? '',
		headers['content-type'] ?? '',
		headers['date'] ?? '',
		...signed,
		query === '' ? path : `${path}?${query}`,
	].join('\n');
}

/** Names as the caller wrote them and in its order; without the header only the key is signed (§9.5). */
function signedNames(headers: GateRequest['headers']): string[] {
	const list = headers['x-ca-signature-headers'];
	if (list === undefined) return ['X-Ca-Key'];
	return list
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

export const rawPath = (url: string) => url.split('?', 1)[0] ?? url;

export const rawQuery = (url: string) => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

/**
 * How form and multipart bodies are signed is not known (choice): their fields stay out of the
 * string, `Content-MD5` is not demanded for them, but must fit when it is sent.
 */
const isForm = (contentType: string) =>
	/^\s*(application\/x-www-form-urlencoded|multipart\/)/i.test(contentType);

export interface Gate {
	check(request: GateRequest): GateVerdict;
	reset(): void;
}

export interface GateOptions {
	secretOf(key: string): string | undefined;
	switches: Switches;
	now(): number;
}

export function createGate({ secretOf, switches, now }: GateOptions): Gate {
	/** key + nonce → when it may be used again. */
	const nonces = new Map<string, number>();

	function nonceSeen(key: string, nonce: string): boolean {
		const at = now();
		for (const [entry, until] of nonces) {
			if (until >= at) break; // in order of arrival, so the rest is younger
			nonces.delete(entry);
		}
		const entry = `${key}\n${nonce}`;
		const until = nonces.get(entry);
		if (until !== undefined && until >= at) return true;
		nonces.set(entry, at + WINDOW_MS);
		return false;
	}

	function timestampRefused(timestamp: string): GateReason | null {
		if (!/^\d{1,16}$/.test(timestamp)) return 'badTimestamp';
		return Math.abs(now() - Number(timestamp)) > WINDOW_MS ? 'staleTimestamp' : null;
	}

	function md5Refused(request: GateRequest): GateReason | null {
		const sent = request.headers['content-md5'];
		if (sent !== undefined) return sent === md5(request.body) ? null : 'wrongMd5';
		const demanded =
			switches.strictMd5 &&
			request.body.length > 0 &&
			!isForm(request.headers['content-type'] ?? '');
		return demanded ? 'missingMd5' : null;
	}

	function headersRefused(headers: GateRequest['headers']): GateReason | null {
		const names = signedNames(headers).map((name) => name.toLowerCase());
		// "In that order (alphabetical)": a list in another order has no documented meaning.
		if (names.some((name, at) => at > 0 && name < (names[at - 1] ?? ''))) return 'unsignedHeaders';
		if (!switches.strictSignedHeaders) return null;
		const wanted = ['x-ca-key', 'x-ca-nonce', 'x-ca-timestamp'];
		return wanted.every((name) => names.includes(name) && headers[name]) ? null : 'unsignedHeaders';
	}

	/** The order of the checks is not known (choice): the signature comes last, so the other reasons show. */
	function reasonFor(request: GateRequest, pairs: QueryPair[] | null): GateReason | null {
		const { headers } = request;
		const key = headers['x-ca-key'];
		const given = headers['x-ca-signature'];
		if (!key) return 'missingKey';
		if (!given) return 'missingSignature';
		const secret = secretOf(key);
		if (secret === undefined) return 'unknownKey';

		const timestamp = headers['x-ca-timestamp'];
		const stale = timestamp === undefined ? null : timestampRefused(timestamp);
		if (stale) return stale;
		// Seen means seen: a refused request has used its nonce up too (choice, the stricter reading).
		const nonce = headers['x-ca-nonce'];
		if (nonce !== undefined && nonceSeen(key, nonce)) return 'repeatedNonce';

		const refused = headersRefused(headers) ?? md5Refused(request);
		if (refused) return refused;
		if (pairs === null) return 'undecodableQuery';
		const hasEmpty = pairs.some(({ value }) => value === '');
		if (hasEmpty && switches.refuseEmptyQuery) return 'emptyQueryValue';

		// How an empty value is signed is not known: with the refusal switched off either form is right.
		const forms = hasEmpty ? (['key=', 'key'] as const) : (['key='] as const);
		const fits = forms.some((form) =>
			same(given, signature(secret, stringToSign(request, pairs, form))),
		);
		return fits ? null : 'wrongSignature';
	}

	return {
		check(request) {
			const pairs = parseQuery(rawQuery(request.url), switches.plusInQuery);
			return {
				refused: reasonFor(request, pairs),
				stringToSign: stringToSign(request, pairs ?? []),
			};
		},
		reset: () => nonces.clear(),
	};
}

function same(given: string, expected: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}
