import { readdirSync, readlinkSync } from 'node:fs';
import { ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { fileItem } from '../engine.mjs';
import { startServer } from '../localServer.mjs';
import { runNode } from '../node.mjs';

const FILE = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(8_000_000, 0x41)]);

/** Files of n8n's storage that this process has open. */
const openFiles = (): string[] =>
	readdirSync('/proc/self/fd').flatMap((fd) => {
		try {
			const file = readlinkSync(`/proc/self/fd/${fd}`);
			return file.includes('binary_data') ? [file] : [];
		} catch {
			return [];
		}
	});

/** Ends the connection once so many bytes of the body have come. */
const after = (bytes: number) => (request: IncomingMessage) => {
	let seen = 0;
	request.on('data', (chunk: Buffer) => {
		seen += chunk.length;
		if (seen > bytes) request.socket.destroy();
	});
};

/** A body of this size is given half a minute beyond the time-out; here a second has to do. */
const hurry = (): void => {
	const { setTimeout: usual } = ClientRequest.prototype;
	vi.spyOn(ClientRequest.prototype, 'setTimeout').mockImplementation(function (
		this: ClientRequest,
		milliseconds: number,
		callback?: () => void,
	) {
		return usual.call(this, Math.min(milliseconds, 1000), callback);
	});
};

// Which files a process has open is read from where Linux shows it.
describe.runIf(process.platform === 'linux')(
	'an upload that breaks off leaves no file open',
	() => {
		it.each([
			['at the first bytes', after(0), {}],
			['in the middle', after(5_000_000), {}],
			[
				'by an answer before the body was read',
				(_: IncomingMessage, response: ServerResponse) => {
					response.writeHead(413, { connection: 'close' }).end('too large');
				},
				{},
			],
			['by falling silent', (request: IncomingMessage) => void request.pause(), { timeout: 1 }],
			['when the execution is cancelled', (request: IncomingMessage) => void request.pause(), {}],
		])('%s', async (how, answer, options) => {
			let arrived = () => {};
			const beginning = new Promise<void>((resolve) => {
				arrived = resolve;
			});
			const origin = await startServer((request, response) => {
				arrived();
				answer(request, response);
			});
			if (how.includes('silent')) hurry();
			const item = await fileItem(FILE, 'a.pdf', 'application/pdf');
			let cancel = () => {};
			const running = runNode(
				{
					platform: 'kaifangqian',
					resource: 'document',
					operation: 'upload',
					options: { callsPerSecond: 0, retries: 0, ...options },
				},
				{
					input: [item],
					secrets: {
						cnEsignApi: {
							platform: 'kaifangqian',
							baseUrl: `${origin}/openAPI/V2`,
							appAuthToken: 'made-up-token',
							secret: '',
						},
					},
					onStart: (stop) => {
						cancel = stop;
					},
				},
			);
			await beginning;
			if (how.includes('cancelled')) cancel();
			const { items } = await running;
			expect(items).toEqual([]);
			await expect.poll(openFiles, { timeout: 3000 }).toEqual([]);
		});
	},
);
