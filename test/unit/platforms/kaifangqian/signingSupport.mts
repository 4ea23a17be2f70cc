import { verify } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import {
	queryToSign,
	signKaifangqian,
	type KaifangqianCredential,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/signing.js';
import type { SigningClock } from '../../../../nodes/CnEsign/runtime/http/signableRequest.js';
import { JsonFileBody } from '../../../../nodes/CnEsign/runtime/http/bodies.js';
import { rsaKeys } from '../../support.mjs';

export const keys = rsaKeys();
export const TOKEN = 'PV9LQWZA';
export const BASE = 'https://sign.example/resrun-paas/kaifangqian/openAPI/V2';
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const credential: KaifangqianCredential = {
	baseUrl: BASE,
	appAuthToken: TOKEN,
	secret: keys.pkcs8,
};
export const unsigned: KaifangqianCredential = { ...credential, secret: '' };

export const source: SigningClock = {
	now: () => 1_775_010_802_000,
	uuid: () => crypto.randomUUID(),
};

export const signed = async (options: object, by = credential, from = source) =>
	await signKaifangqian(by, options as IHttpRequestOptions, from);

export const headersOf = (request: IHttpRequestOptions) =>
	request.headers as Record<string, string>;

export const addressOf = (request: IHttpRequestOptions): URL =>
	new URL((request as { uri?: string }).uri ?? request.url);

/** The pairs as a server decodes them from the address. */
export const sentPairs = (request: IHttpRequestOptions) => [
	...addressOf(request).searchParams.entries(),
];

/** The bytes that go out. */
export const sentBytes = async (request: IHttpRequestOptions): Promise<Buffer> => {
	const body = request.body as unknown;
	if (Buffer.isBuffer(body)) return body;
	if (!(body instanceof JsonFileBody)) throw new Error('The body is neither bytes nor a file body');
	const parts: Uint8Array[] = [];
	for await (const chunk of body.stream() as unknown as AsyncIterable<Uint8Array>)
		parts.push(chunk);
	return Buffer.concat(parts);
};

export const sentJson = async (request: IHttpRequestOptions) =>
	JSON.parse((await sentBytes(request)).toString()) as Record<string, unknown>;

const isValid = (bytes: Buffer, request: IHttpRequestOptions) =>
	verify('sha256', bytes, keys.pair.publicKey, Buffer.from(headersOf(request).sign, 'base64'));

export const bodySignatureIsValid = async (request: IHttpRequestOptions) =>
	isValid(await sentBytes(request), request);

export const querySignatureIsValid = (request: IHttpRequestOptions) =>
	isValid(Buffer.from(queryToSign(sentPairs(request))), request);
