/**
 * A caller for the stand-in's own tests: signs as docs/api/qiandun.md, 2.2 says, with every part open to
 * be spoilt. Not the node's signing and not the gate's.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';

export interface CallOptions {
	/** Decoded pairs, in the order they are sent. */
	query?: Array<[string, string]>;
	/** Sent as JSON, unless it is text or bytes. */
	body?: unknown;
	contentType?: string | null;
	timestamp?: string;
	nonce?: string;
	/** `null` leaves a header out after signing, text replaces it after signing. */
	spoil?: Record<string, string | null>;
	/** Headers named in `X-Ca-Signature-Headers`; `null` = not sent. */
	signedHeaders?: string[] | null;
	/** `null` = not computed. */
	md5?: string | null;
	secret?: string;
	/** How the query goes over the wire. */
	encode?: (text: string) => string;
}

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The envelope; `undefined` when it is no JSON. */
	json: Envelope | undefined;
}

export interface Envelope {
	/** Loose on purpose: every test says what it expects. */
	result: any;
	code: string | number;
	msg: string;
	logKey: string;
	ts: string;
	success?: boolean;
}

export interface Target {
	baseUrl: string;
	appKey: string;
	appSecret: string;
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Reply>;

export function createCaller(target: Target): Call {
	return async (method, path, options = {}) => {
		const { query = [], encode = encodeURIComponent } = options;
		const body = bytesOf(options.body);
		const contentType =
			options.contentType === undefined && body ? 'application/json' : options.contentType;
		const md5 = options.md5 === undefined && body ? digest(body) : options.md5;
		const own: Record<string, string> = {
			'X-Ca-Key': target.appKey,
			'X-Ca-Nonce': options.nonce ?? randomUUID(),
			'X-Ca-Timestamp': options.timestamp ?? String(Date.now()),
		};
		const names = options.signedHeaders === undefined ? Object.keys(own) : options.signedHeaders;
		const url = new URL(target.baseUrl + path);
		const sorted = [...query].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
		const shown = sorted.map(([key, value]) => `${key}=${value}`).join('&');
		const lines = [method, 'application/json', md5 ?? '', contentType ?? '', ''];
		lines.push(...(names ?? ['X-Ca-Key']).map((name) => `${name}:${own[name] ?? ''}`));
		lines.push(url.pathname + (shown ? `?${shown}` : ''));

		const headers: Record<string, string> = {
			Accept: 'application/json',
			...own,
			...(contentType ? { 'Content-Type': contentType } : {}),
			...(md5 ? { 'Content-MD5': md5 } : {}),
			...(names ? { 'X-Ca-Signature-Headers': names.join(',') } : {}),
			'X-Ca-Signature': createHmac('sha256', options.secret ?? target.appSecret)
				.update(lines.join('\n'))
				.digest('base64'),
		};
		for (const [name, value] of Object.entries(options.spoil ?? {})) {
			if (value === null) delete headers[name];
			else headers[name] = value;
		}

		const sent = query.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
		const response = await fetch(`${url.href}${sent ? `?${sent}` : ''}`, {
			method,
			headers,
			body: body ?? null,
		});
		const text = await response.text();
		return { status: response.status, headers: response.headers, text, json: parsed(text) };
	};
}

const digest = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('base64');

function bytesOf(body: unknown): Uint8Array<ArrayBuffer> | undefined {
	if (body === undefined) return undefined;
	if (body instanceof Uint8Array) return new Uint8Array(body);
	return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(text: string): Envelope | undefined {
	try {
		return JSON.parse(text) as Envelope;
	} catch {
		return undefined;
	}
}
