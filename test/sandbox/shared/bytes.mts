import { Readable } from 'node:stream';

/**
 * A stream of `total` bytes that look random, are the same for the same seed, and are never held
 * in memory at once. It starts with `head`, so that the type can be told from the bytes.
 */
export function deterministicBytes(
	total: number,
	head: Buffer = Buffer.alloc(0),
	seed = 1,
): Readable {
	return Readable.from(chunks(total, head, seed), { objectMode: false });
}

const CHUNK = 64 * 1024;

function* chunks(total: number, head: Buffer, seed: number): Generator<Buffer> {
	let state = seed >>> 0 || 1;
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
