/** Answers that do not say that they are JSON are judged once they are read, as every other answer. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { stage } from './support.mjs';

const { act } = await stage();

/** Posts to a server that answers so, with n8n's retries, and counts the calls. */
const posting = async (body: string, isCut: boolean, maxTries: number) => {
	let calls = 0;
	const server = http.createServer((request, response) => {
		calls += 1;
		request.resume().on('end', () => {
			const length = isCut ? { 'content-length': '9999' } : {};
			response.writeHead(200, { 'content-type': 'application/octet-stream', ...length });
			response.flushHeaders();
			response.write(body);
			if (isCut) setTimeout(() => response.destroy(), 50);
			else response.end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const parameters = { method: 'POST', path: '/open/start', body: '{"a":1}' };
	const { error } = await act('api', 'request', parameters, {
		credential: { baseUrl: `http://127.0.0.1:${port}/api` },
		node: { retryOnFail: maxTries > 1, maxTries, waitBetweenTries: 1 },
	});
	server.closeAllConnections();
	server.close();
	return { calls, error };
};

it.each([1, 2])('a refusal is a refusal, in %s tries', async (tries) => {
	const refusal = '{"code":"oc_10011","success":false,"msg":"用户未认证"}';
	const { calls, error } = await posting(refusal, false, tries);
	expect([calls, error?.message]).toEqual([tries, '用户未认证']);
});

it.each([
	['', false],
	['', true],
	['{"result":{"contractId":"19', true],
	['%PDF-1.4', true],
])('%j (cut: %s): unknown, and sent once', async (body, isCut) => {
	for (const tries of [1, 2]) {
		const { calls, error } = await posting(body, isCut, tries);
		expect([calls, error?.context.outcomeUnknown]).toEqual([1, true]);
		expect(error?.description).not.toContain('Run the item again.');
	}
});
