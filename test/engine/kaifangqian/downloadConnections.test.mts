/** A download whose file is not read to its end leaves no connection open. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { core } from '../engine.mjs';
import { startServer } from '../localServer.mjs';
import { runNode } from '../node.mjs';

const COMPLETED = JSON.stringify({
	code: 10000,
	message: '成功',
	result: { status: 'COMPLETE', todoTaskList: [] },
});

/** Downloads from a server that answers the question for the status, and the download as told. */
const download = async (answer: (response: ServerResponse) => void, count = 1) => {
	const open = new Set<Socket>();
	const origin = await startServer((request, response) => {
		open.add(request.socket);
		request.socket.once('close', () => open.delete(request.socket));
		if (request.url?.includes('/download')) {
			response.writeHead(200, { 'content-type': 'application/octet-stream' });
			answer(response);
			return;
		}
		const headers = { 'content-type': 'application/json', connection: 'close' };
		response.writeHead(200, headers).end(COMPLETED);
	});
	const { error } = await runNode(
		{
			platform: 'kaifangqian',
			resource: 'contract',
			operation: 'download',
			contractId: '={{ $json.id }}',
			contact: '13800138000',
			options: { callsPerSecond: 0, retries: 0, timeout: 1 },
		},
		{
			input: Array.from({ length: count }, (_, id) => ({ json: { id } })),
			node: { onError: 'continueRegularOutput' },
			secrets: {
				cnEsignApi: {
					platform: 'kaifangqian',
					baseUrl: `${origin}/openAPI/V2`,
					appAuthToken: 'made-up-token',
				},
			},
		},
	);
	expect(error).toBeUndefined();
	return open;
};

describe('no connection is left by downloads', () => {
	it.each([1, 20])('that stall after their first bytes (%i)', async (count) => {
		const open = await download((response) => void response.write('%PDF-1.7\n'), count);
		await expect.poll(() => open.size, { timeout: 3000 }).toBe(0);
	});

	it('that are no file, and do not end', async () => {
		const open = await download((response) => void response.write('<html>'));
		await expect.poll(() => open.size, { timeout: 3000 }).toBe(0);
	});

	it('that n8n cannot store', async () => {
		const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
		vi.spyOn(core.BinaryDataService.prototype, 'store').mockRejectedValue(full);
		const open = await download((response) => {
			const more = setInterval(() => response.write(Buffer.alloc(65_536, 'x')), 5);
			response.once('close', () => clearInterval(more));
			response.write('%PDF-1.7\n');
		});
		await expect.poll(() => open.size, { timeout: 3000 }).toBe(0);
	});
});
