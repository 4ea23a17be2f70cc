import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
	method: string;
	headers: http.IncomingHttpHeaders;
	body: Buffer;
}

/** A receiver of callbacks that answers as told. */
export async function startReceiver(
	answer: () => { status?: number; body?: string; delayMs?: number } = () => ({}),
) {
	const heard: Heard[] = [];
	const server = http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk) => chunks.push(chunk));
		request.on('end', () => {
			heard.push({
				method: request.method ?? '',
				headers: request.headers,
				body: Buffer.concat(chunks),
			});
			const { status = 200, body = 'success', delayMs = 0 } = answer();
			setTimeout(() => response.writeHead(status).end(body), delayMs);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		heard,
		types: () => heard.map(({ body }) => JSON.parse(body.toString()).callbackType as string),
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}
