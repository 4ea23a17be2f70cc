import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the proxy makes of one answer. */
export type Rewrite =
	| ((body: string) => string)
	/** The answer comes byte by byte and never ends. */
	| 'drip'
	/** No answer at all. */
	| 'silence'
	/** Headers, then nothing. */
	| 'headersOnly';

/** Stands between n8n and a stand-in for things that the stand-in itself cannot do. */
export const startProxy = async (origin: string) => {
	const rewrites: Rewrite[] = [];
	const heard: string[] = [];
	const server = http.createServer((request, response) => {
		heard.push(`${request.method} ${request.url}`);
		const forwarded = http.request(`${origin}${request.url}`, {
			method: request.method,
			headers: { ...request.headers, host: new URL(origin).host },
		});
		forwarded.on('response', async (answer) => {
			const chunks: Buffer[] = [];
			for await (const chunk of answer) chunks.push(chunk as Buffer);
			const body = Buffer.concat(chunks).toString();
			const rewrite = rewrites.shift();
			if (rewrite === 'silence') return;
			response.writeHead(answer.statusCode!, { 'content-type': answer.headers['content-type'] });
			if (rewrite === 'headersOnly') return response.flushHeaders();
			if (rewrite === 'drip') {
				const timer = setInterval(() => response.write(' '), 50);
				return response.once('close', () => clearInterval(timer));
			}
			response.end(rewrite ? rewrite(body) : body);
		});
		request.pipe(forwarded);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		/** Used up one by one. */
		rewrites,
		heard,
	};
};
