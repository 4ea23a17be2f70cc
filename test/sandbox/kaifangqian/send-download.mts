import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Download } from './endpoint.mjs';
import type { World } from './world.mjs';

/** Where the connection is destroyed, if at all. */
export type Cut = 'none' | 'before' | 'half';

const CHUNK = 64 * 1024;

/** Headers and bytes exactly as api/kaifangqian.md §6.13 has them. */
export async function sendDownload(
	world: World,
	reply: FastifyReply,
	{ fileName, content, length }: Download,
	cut: Cut,
): Promise<void> {
	const name = encodeName(fileName, world.switches.fileNameEncoding);
	const stream =
		content instanceof Readable ? content : Readable.from(slices(content), { objectMode: false });
	reply.hijack();
	const { raw } = reply;
	if (cut === 'before') {
		stream.destroy();
		raw.destroy();
		return;
	}
	raw.writeHead(200, {
		'Content-Type': 'application/octet-stream',
		'Content-Disposition': `attachment;fileName=${name}`,
		fileName: name,
		'Content-Length': length,
	});
	try {
		if (cut === 'none') return await pipeline(stream, raw);
		await pipeline(stream, firstBytes(Math.ceil(length / 2)), raw, { end: false });
		// What has been written still leaves, then the connection is cut.
		raw.socket?.destroySoon();
	} catch {
		// The client went away before the end.
		raw.destroy();
	}
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function firstBytes(limit: number) {
	return async function* (source: AsyncIterable<Buffer>) {
		let left = limit;
		for await (const chunk of source) {
			yield chunk.subarray(0, left);
			left -= Math.min(left, chunk.length);
			if (left === 0) return;
		}
	};
}

function encodeName(fileName: string, encoding: 'percent' | 'form'): string {
	const percent = encodeURIComponent(fileName);
	return encoding === 'form' ? percent.replace(/%20/g, '+') : percent;
}
