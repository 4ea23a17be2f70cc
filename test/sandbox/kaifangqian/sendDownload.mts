import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Download } from './endpoint.mjs';

/** Where the connection is destroyed, if at all. */
export type Cut = 'none' | 'before' | 'early';

const CHUNK = 64 * 1024;

/** Headers and bytes exactly as docs/api/kaifangqian.md 6.13 has them; the length is not told. */
export async function sendDownload(
	reply: FastifyReply,
	{ fileName, content }: Download,
	cut: Cut,
): Promise<void> {
	const name = formEncoded(fileName);
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
		'Content-Type': 'application/octet-stream;charset=utf-8',
		'Content-Disposition': `attachment;fileName=${name}`,
		fileName: name,
	});
	try {
		if (cut === 'none') return await pipeline(stream, raw);
		await pipeline(stream, beginning, raw, { end: false });
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

/** Something of the file, never all of it. */
async function* beginning(source: AsyncIterable<Buffer>) {
	for await (const chunk of source) {
		yield chunk.subarray(0, Math.ceil(chunk.length / 2));
		return;
	}
}

/** As Java's URLEncoder does: a blank is +, and of the signs only `.-*_` stay. */
const formEncoded = (text: string): string =>
	encodeURIComponent(text)
		.replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
		.replace(/%20/g, '+');
