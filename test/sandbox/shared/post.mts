import http from 'node:http';
import https from 'node:https';

export interface PostOptions {
	headers: Record<string, string>;
	connectTimeoutMs: number;
	readTimeoutMs: number;
	signal?: AbortSignal;
}

const KEEP_ANSWERS_UP_TO = 64 * 1024;

/**
 * One POST with a time-out for connecting and one for reading, which `fetch` does not tell apart.
 * Redirects are not followed.
 */
export function post(
	url: string,
	body: string | Buffer,
	{ headers, connectTimeoutMs, readTimeoutMs, signal }: PostOptions,
): Promise<{ status: number; body: string }> {
	return new Promise((resolve, reject) => {
		const client = url.startsWith('https:') ? https : http;
		const request = client.request(url, {
			method: 'POST',
			headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
			agent: false,
			signal,
		});
		request.once('socket', (socket) => {
			const startReading = () => {
				clearTimeout(connecting);
				socket.setTimeout(readTimeoutMs, () => request.destroy(new Error('read timed out')));
			};
			const connecting = setTimeout(
				() => request.destroy(new Error('connect timed out')),
				connectTimeoutMs,
			);
			socket.once('connect', startReading);
			socket.once('close', () => clearTimeout(connecting));
		});
		request.once('response', (response) => {
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
		request.once('error', reject);
		request.end(body);
	});
}
