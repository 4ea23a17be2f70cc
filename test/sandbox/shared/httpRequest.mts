import http from 'node:http';
import https from 'node:https';

export interface RequestOptions {
	headers?: Record<string, string>;
	connectTimeoutMs: number;
	readTimeoutMs: number;
	signal?: AbortSignal;
}

export interface HttpAnswer {
	status: number;
	body: string;
}

const KEEP_ANSWERS_UP_TO = 64 * 1024;

export const get = async (url: string, options: RequestOptions): Promise<HttpAnswer> =>
	await request('GET', url, undefined, options);

export const post = async (
	url: string,
	body: string | Buffer,
	{ headers, ...options }: RequestOptions,
): Promise<HttpAnswer> =>
	await request('POST', url, body, {
		...options,
		headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
	});

/**
 * One request with a time-out for connecting and one for reading, which `fetch` does not tell apart.
 * Redirects are not followed.
 */
function request(
	method: string,
	url: string,
	body: string | Buffer | undefined,
	{ headers, connectTimeoutMs, readTimeoutMs, signal }: RequestOptions,
): Promise<HttpAnswer> {
	return new Promise((resolve, reject) => {
		const client = url.startsWith('https:') ? https : http;
		const sending = client.request(url, { method, headers, agent: false, signal });
		sending.once('socket', (socket) => {
			const startReading = () => {
				clearTimeout(connecting);
				socket.setTimeout(readTimeoutMs, () => sending.destroy(new Error('read timed out')));
			};
			const connecting = setTimeout(
				() => sending.destroy(new Error('connect timed out')),
				connectTimeoutMs,
			);
			socket.once('connect', startReading);
			socket.once('close', () => clearTimeout(connecting));
		});
		sending.once('response', (response) => {
			const chunks: Buffer[] = [];
			let size = 0;
			response.on('data', (chunk: Buffer) => {
				size += chunk.length;
				if (size <= KEEP_ANSWERS_UP_TO) chunks.push(chunk);
			});
			response.once('end', () =>
				resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
			);
			response.once('error', reject);
		});
		sending.once('error', reject);
		sending.end(body);
	});
}
