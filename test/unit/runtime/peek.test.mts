import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { peek } from '../../../nodes/CnEsign/runtime/binary.js';

const restOf = async (stream: PassThrough) => {
	const parts: Buffer[] = [];
	for await (const chunk of stream) parts.push(chunk as Buffer);
	return Buffer.concat(parts).toString();
};

it('waits a moment for a first piece that is too short to tell a file by', async () => {
	const stream = new PassThrough();
	stream.write('%');
	setTimeout(() => stream.end('PDF-1.7 and more'), 30);
	expect((await peek(stream)).toString()).toBe('%PDF-1.7 and more');
	expect(await restOf(stream)).toBe('%PDF-1.7 and more');
});

it('hears a stream that breaks off while it waits', async () => {
	const stream = new PassThrough();
	stream.write('%');
	setTimeout(() => stream.destroy(new Error('aborted')), 20);
	await expect(peek(stream)).rejects.toThrow('aborted');
});

it('is empty for a stream without anything', async () => {
	const stream = new PassThrough();
	stream.end();
	expect(await peek(stream)).toHaveLength(0);
});
