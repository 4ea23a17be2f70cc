// Sends many requests at once, from a process of its own, so that its work is not taken for n8n's.
// Told by its parent: { requests: [{ url, method, headers, body }], parallel, encoding } → one answer each, in order.
import http from 'node:http';

const send = ({ url, method = 'POST', headers = {}, body }, agent) =>
	new Promise((resolve) => {
		const began = performance.now();
		const done = (status, text) => resolve({ status, text, ms: performance.now() - began });
		const bytes = body === undefined ? undefined : Buffer.from(body, 'base64');
		const request = http.request(url, {
			method,
			agent,
			headers: {
				'content-type': 'application/json',
				...(bytes ? { 'content-length': bytes.length } : {}),
				...headers,
			},
		});
		request.on('response', (response) => {
			let text = '';
			response.on('data', (chunk) => (text += chunk));
			response.on('end', () => done(response.statusCode, text));
			response.on('error', () => done(0, 'broken off'));
		});
		request.on('error', (error) => done(0, error.code ?? error.message));
		request.end(bytes);
	});

process.on('message', async ({ id, requests, parallel }) => {
	const agent = new http.Agent({ keepAlive: true, maxSockets: parallel });
	const answers = await Promise.all(requests.map((request) => send(request, agent)));
	agent.destroy();
	process.send({ id, answers });
});
