import { withoutInvisible } from '../../runtime/items/cleanText';
import { createHash, createHmac } from 'crypto';
import { UserError, type IHttpRequestOptions } from 'n8n-workflow';
import type { BaseCredential } from '../../runtime/http/credential';
import { JsonFileBody, MultipartBody } from '../../runtime/http/bodies';
import {
	fixAddress,
	headerOf,
	queryOf,
	serialise,
	setHeaders,
	targetOf,
	type SignableRequest,
	type QueryPairs,
	type SigningClock,
} from '../../runtime/http/signableRequest';

export interface QiandunCredential extends BaseCredential {
	appKey: string;
	/** AppSecret. */
	secret: string;
}

// Explicit, because HTTP clients that add their own break the signature (docs/api/qiandun.md, 8, trap 1).
const ACCEPT = 'application/json';
const JSON_TYPE = 'application/json';
// In this order, which is alphabetical (docs/api/qiandun.md, 2.2).
const SIGNED_HEADERS = ['X-Ca-Key', 'X-Ca-Nonce', 'X-Ca-Timestamp'];
const FORM_TYPE = /^\s*(?:application\/x-www-form-urlencoded|multipart\/)/i;
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What goes into the string to sign; texts are empty where nothing is sent. */
export interface Signable {
	method: string;
	accept: string;
	contentMd5: string;
	contentType: string;
	headers: Record<string, string>;
	/** Path of the full URL, including the base URL's `/api`. */
	path: string;
	/** Sorted, decoded. */
	query: QueryPairs;
}

/** The string to sign, line by line as in docs/api/qiandun.md, 2.2; no `Date` is sent, so its line is empty. */
export function stringToSign({
	method,
	accept,
	contentMd5,
	contentType,
	headers,
	path,
	query,
}: Signable): string {
	const pairs = query.map(([key, value]) => `${key}=${value}`).join('&');
	return [
		method.toUpperCase(),
		accept,
		contentMd5,
		contentType,
		'',
		...SIGNED_HEADERS.map((name) => `${name}:${headers[name] ?? ''}`),
		pairs === '' ? path : `${path}?${pairs}`,
	].join('\n');
}

type Body = Buffer | JsonFileBody | MultipartBody;

const isStreamed = (body: unknown): body is JsonFileBody | MultipartBody =>
	body instanceof JsonFileBody || body instanceof MultipartBody;

const md5Of = async (body: Buffer | JsonFileBody): Promise<string> => {
	const hash = createHash('md5');
	if (Buffer.isBuffer(body)) hash.update(body);
	else for await (const chunk of body.chunks()) hash.update(chunk);
	return hash.digest('base64');
};

/** The bytes of a file as n8n's HTTP Request node hands it over; `undefined` for anything else. */
const bytesOf = async (body: object): Promise<Buffer | undefined> => {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof Uint8Array) return Buffer.from(body);
	if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
	if (!(Symbol.asyncIterator in body)) return undefined;
	// The MD5 goes out before the first byte, and a stream can be read only once.
	const chunks: Uint8Array[] = [];
	for await (const chunk of body as AsyncIterable<Uint8Array | string>) {
		chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
	}
	return Buffer.concat(chunks);
};

/** The final bytes of the body, or `undefined` without one. Text and bytes are sent as they are. */
const finalBody = async (request: SignableRequest): Promise<Body | undefined> => {
	const { body } = request as { body?: unknown };
	const written = typeof body === 'string' || Buffer.isBuffer(body);
	const isForm =
		(written && FORM_TYPE.test(headerOf(request, 'content-type') ?? '')) ||
		request.form !== undefined ||
		request.formData !== undefined ||
		body instanceof URLSearchParams ||
		body instanceof FormData;
	if (isForm || (typeof body === 'object' && body !== null && 'getBoundary' in body)) {
		throw new UserError('Qiandun has not published how forms are signed', {
			description:
				"Send the body as JSON, or use the operation 'API: Request' of the CN E-Sign node for files.",
		});
	}
	if (isStreamed(body)) return body;
	if (typeof body === 'string') return body === '' ? undefined : Buffer.from(body);
	if (typeof body !== 'object' || body === null) return undefined;
	const bytes = await bytesOf(body);
	if (bytes) return bytes.length === 0 ? undefined : bytes;
	return serialise(body as Record<string, unknown>);
};

const contentTypeOf = (request: SignableRequest, body: Body): string => {
	if (body instanceof MultipartBody) return body.contentType;
	return Buffer.isBuffer(body) ? (headerOf(request, 'content-type') ?? JSON_TYPE) : JSON_TYPE;
};

/**
 * Signs a request for Qiandun (docs/api/qiandun.md, 2): HMAC-SHA256 over method, headers, path and query, with
 * the body's MD5 in it. Signing a signed request again gives a fresh nonce and timestamp.
 */
export async function signQiandun(
	credential: QiandunCredential,
	options: IHttpRequestOptions,
	clock: SigningClock,
): Promise<IHttpRequestOptions> {
	const request = { ...options } as SignableRequest;
	const appKey = withoutInvisible(String(credential.appKey ?? ''));
	const secret = withoutInvisible(String(credential.secret ?? ''));
	if (appKey === '' || secret === '') {
		throw new UserError(
			`'${appKey === '' ? 'App Key' : 'App Secret'}' in the credential is empty`,
			{
				description: 'Both are handed out in the company console (签盾企业控制台).',
			},
		);
	}
	const target = targetOf(request);

	// How an empty parameter is signed is not known (docs/api/qiandun.md, 8, trap 7), so it is left out.
	const query = queryOf(request, target)
		.filter(([, value]) => value !== '')
		.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	fixAddress(request, target, query);

	const method = (request.method ?? 'GET').toUpperCase();
	const body = WITHOUT_BODY.has(method) ? undefined : await finalBody(request);
	// n8n's HTTP client gives calls that may have a body a type of its own where none is set.
	const bodyless = WITHOUT_BODY.has(method) ? undefined : JSON_TYPE;
	const contentType = body ? contentTypeOf(request, body) : bodyless;
	// Content-MD5 is for bodies that are not a form (docs/api/qiandun.md, 2.1).
	const contentMd5 = body && !(body instanceof MultipartBody) ? await md5Of(body) : undefined;
	if (body) request.body = body as unknown as IHttpRequestOptions['body'];
	else delete request.body;

	const headers = {
		'X-Ca-Key': appKey,
		'X-Ca-Nonce': clock.uuid(),
		'X-Ca-Timestamp': String(clock.now()),
	};
	const text = stringToSign({
		method,
		accept: ACCEPT,
		contentMd5: contentMd5 ?? '',
		contentType: contentType ?? '',
		headers,
		path: target.pathname,
		query,
	});
	setHeaders(request, {
		...headers,
		Accept: ACCEPT,
		// Would be part of the string to sign, whose line for it is empty.
		Date: undefined,
		'Content-Type': contentType,
		'Content-MD5': contentMd5,
		'X-Ca-Signature-Headers': SIGNED_HEADERS.join(','),
		'X-Ca-Signature': createHmac('sha256', secret).update(text).digest('base64'),
	});
	return request;
}
