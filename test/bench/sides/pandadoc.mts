/** As much of PandaDoc's API as the bench asks for, on this machine, from the same process as our stand-in. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Switches } from '../../sandbox/kaifangqian/index.mjs';
import { deterministicBytes } from '../../sandbox/shared/bytes.mjs';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Latency and the size of downloads are those of the stand-in's switches. */
export const startPandadoc = async (switches: Switches) => {
	let atOnce = 0;
	let mostAtOnce = 0;
	const server = createServer((request, response) => {
		atOnce += 1;
		mostAtOnce = Math.max(mostAtOnce, atOnce);
		response.once('close', () => {
			atOnce -= 1;
		});
		const id = request.url!.split('/')[4];
		const answer = async () => {
			for await (const chunk of request) void chunk;
			if (switches.latencyMs > 0) await sleep(switches.latencyMs);
			const { downloadBytes } = switches;
			if (request.url!.includes('/download') && downloadBytes !== undefined) {
				response.writeHead(200, {
					'content-type': 'application/octet-stream',
					'content-length': downloadBytes,
				});
				const head = Buffer.from('PK\x03\x04', 'latin1');
				return await pipeline(deterministicBytes(downloadBytes, head), response);
			}
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ id: id ?? 'new', name: 'Contract', status: 'document.sent' }));
		};
		answer().catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		mostAtOnce: () => mostAtOnce,
		reset: () => {
			mostAtOnce = atOnce;
		},
	};
};
