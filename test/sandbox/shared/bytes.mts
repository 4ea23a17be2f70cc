import { Readable } from 'node:stream';

/**
 * A stream of `total` bytes that look random, are the same every time, and are never held in memory at
 * once. It starts with `head`, so that the type can be told from the bytes.
 */
export function deterministicBytes(total: number, head: Buffer): Readable {
	return Readable.from(chunks(total, head), { objectMode: false });
}

const CHUNK = 64 * 1024;

function* chunks(total: number, head: Buffer): Generator<Buffer> {
	let state = 1;
	let sent = 0;
	while (sent < total) {
		const chunk = Buffer.allocUnsafe(CHUNK);
		for (let offset = 0; offset < CHUNK; offset += 4) {
			// xorshift32
			state ^= state << 13;
			state ^= state >>> 17;
			state ^= state << 5;
			chunk.writeInt32LE(state | 0, offset);
		}
		if (sent === 0) head.copy(chunk);
		const size = Math.min(CHUNK, total - sent);
		sent += size;
		yield size === CHUNK ? chunk : chunk.subarray(0, size);
	}
}
