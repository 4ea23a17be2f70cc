import { expect, it } from 'vitest';
import { fileItem } from '../engine.mjs';
import { startServer } from '../localServer.mjs';
import { runNode } from '../node.mjs';

const FILE = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(6_000_000, 0x41)]);

/** Begins its answer, a file, with the first bytes of the request, and ends it with the last. */
const hastyServer = async () => {
	const seen = { bytes: 0, announced: 0 };
	const origin = await startServer((request, response) => {
		seen.announced = Number(request.headers['content-length']);
		response.writeHead(200, { 'content-type': 'application/octet-stream' });
		response.write(Buffer.alloc(2048, 1));
		request.on('data', (chunk: Buffer) => {
			seen.bytes += chunk.length;
			// Slower than what is sent, so that most of it is still on its way.
			request.pause();
			setTimeout(() => request.resume(), 1);
		});
		request.on('end', () => response.end());
	});
	return { seen, baseUrl: `${origin}/api` };
};

it.each(['base64', 'multipart'])(
	'a file that is answered before it has been read whole is sent whole: %s',
	async (sendFile) => {
		const { seen, baseUrl } = await hastyServer();
		const { items, error } = await runNode(
			{
				platform: 'qiandun',
				resource: 'api',
				operation: 'request',
				endpoint: 'other',
				method: 'POST',
				path: '/open/any',
				sendFile,
				fileField: 'file',
				binaryPropertyName: 'data',
			},
			{
				input: [await fileItem(FILE, 'a.pdf', 'application/pdf')],
				secrets: {
					cnEsignApi: { platform: 'qiandun', baseUrl, appKey: 'made-up', secret: 'made-up-too' },
				},
			},
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(seen.announced).toBeGreaterThan(FILE.length);
		expect(seen.bytes).toBe(seen.announced);
	},
);
