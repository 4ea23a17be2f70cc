/**
 * The part of the modelled n8n server (`host.mts`) that knows HTTP: reading a request as n8n does
 * before it asks a node, and Express's shorthands for answering.
 */
import type http from 'node:http';
import { parse as parseQuery } from 'node:querystring';
import { gunzipSync, inflateSync } from 'node:zlib';

/** Refused by n8n itself. */
export class HttpRefusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

const collect = async (request: http.IncomingMessage, limit: number): Promise<Buffer> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= limit) chunks.push(chunk);
	}
	if (size > limit) throw new HttpRefusal(413, 'request entity too large');
	return Buffer.concat(chunks);
};

const inflated = (bytes: Buffer, encoding: string | undefined, limit: number): Buffer => {
	const options = { maxOutputLength: limit };
	if (encoding === 'gzip') return gunzipSync(bytes, options);
	return encoding === 'deflate' ? inflateSync(bytes, options) : bytes;
};

/** n8n's reading of the body: a malformed one is refused before the node is asked. */
const parseBody = (rawBody: Buffer, contentType: string, encoding: string): unknown => {
	if (rawBody.length === 0) return undefined;
	try {
		// An encoding that Node does not know throws here, as it does there.
		const text = () => rawBody.toString(encoding as BufferEncoding);
		if (contentType === 'application/json') return JSON.parse(text());
		if (contentType === 'application/x-www-form-urlencoded')
			return parseQuery(text(), undefined, undefined, { maxKeys: 1000 });
		if (contentType === 'text/plain') return text();
	} catch {
		throw new HttpRefusal(422, 'Failed to parse request body');
	}
	return undefined;
};

export const requestOf = async (request: http.IncomingMessage, url: URL, limit: number) => {
	const [type = '', ...parameters] = (request.headers['content-type'] ?? '').split(';');
	const charset = /charset="?([^";\s]+)/i.exec(parameters.join(';'))?.[1] ?? 'utf-8';
	const bytes = inflated(await collect(request, limit), request.headers['content-encoding'], limit);
	const contentType = type.trim().toLowerCase();
	const isMultipart = contentType.startsWith('multipart/');
	return {
		method: request.method,
		headers: request.headers,
		query: { ...parseQuery(url.search.slice(1)) },
		params: {},
		// A multipart stream is read by another parser, and cannot be read a second time.
		rawBody: isMultipart ? undefined : bytes,
		body: isMultipart ? { data: {}, files: {} } : parseBody(bytes, contentType, charset),
		readRawBody: async () => {
			if (isMultipart) throw new Error('stream is not readable');
		},
	};
};

/** Express's shorthands on Node's own response. */
export const expressLike = (response: http.ServerResponse) => {
	const express = Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return express;
		},
		type(value: string) {
			response.setHeader('content-type', value);
			return express;
		},
		json(body: unknown) {
			if (!response.hasHeader('content-type'))
				response.setHeader('content-type', 'application/json; charset=utf-8');
			return response.end(JSON.stringify(body));
		},
		send(body: unknown) {
			if (typeof body !== 'string') return express.json(body);
			if (!response.hasHeader('content-type'))
				response.setHeader('content-type', 'text/html; charset=utf-8');
			return response.end(body);
		},
	});
	return express;
};
