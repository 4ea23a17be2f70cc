import { createHash, createHmac } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { signQiandun } from '../../../../nodes/CnEsign/platforms/qiandun/signing.js';
import type { SigningClock } from '../../../../nodes/CnEsign/runtime/http/signableRequest.js';

/** Common values of the vectors of docs/api/qiandun.md, 2.3. */
export const credential = {
	baseUrl: 'https://api.pre-qiandun365.com/api',
	appKey: 'demoKey',
	secret: 'demoSecret',
};

export const fixed: SigningClock = {
	now: () => 1700000000000,
	uuid: () => '11111111-2222-3333-4444-555555555555',
};

export interface Sent {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: unknown;
}

/** Signs with the fixed clock and nonce; `request` may use any generation of option names. */
export const sign = async (
	request: object,
	more: Partial<typeof credential> = {},
	source: SigningClock = fixed,
): Promise<Sent> => {
	const signed = (await signQiandun(
		{ ...credential, ...more },
		request as IHttpRequestOptions,
		source,
	)) as IHttpRequestOptions & { uri?: string };
	return {
		method: signed.method ?? 'GET',
		url: signed.url ?? signed.uri ?? '',
		headers: signed.headers as Record<string, string>,
		body: signed.body,
	};
};

export const bytesOf = async (body: unknown): Promise<Buffer> => {
	if (body === undefined) return Buffer.alloc(0);
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof Blob) {
		const parts: Uint8Array[] = [];
		for await (const part of body.stream() as unknown as AsyncIterable<Uint8Array>)
			parts.push(part);
		return Buffer.concat(parts);
	}
	throw new Error(`What is sent is no bytes: ${typeof body}`);
};

export const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

export const hmac = (secret: string, text: string): string =>
	createHmac('sha256', secret).update(text).digest('base64');

/**
 * The string to sign, read off what goes over the wire. Written from docs/api/qiandun.md, 2.2 alone; the
 * address is taken apart by hand, so that it shares nothing with the code that made it.
 */
export const expectedString = ({ method, url, headers }: Sent): string => {
	const header = (name: string) =>
		Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
	const [address, query = ''] = url.split('?');
	const pairs = query
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => pair.split('=').map(decodeURIComponent))
		.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
		.map(([key, value]) => `${key}=${value}`);
	const path = address.replace(/^https?:\/\/[^/]+/, '');
	const signed = header('X-Ca-Signature-Headers').split(',');
	return [
		`${method.toUpperCase()}\n`,
		`${header('Accept')}\n`,
		`${header('Content-MD5')}\n`,
		`${header('Content-Type')}\n`,
		`${header('Date')}\n`,
		...signed.map((name) => `${name}:${header(name)}\n`),
		pairs.length === 0 ? path : `${path}?${pairs.join('&')}`,
	].join('');
};
