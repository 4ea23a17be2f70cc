import { PassThrough, Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { endSilence, peek } from '../../../nodes/CnEsign/runtime/binary.js';

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

it('breaks off a stream that falls silent, even one that does not end with its reader', async () => {
	// As the HTTP client gives it: made from a generator that waits for its own source.
	const stream = Readable.from(
		(async function* () {
			yield Buffer.from('%PDF-');
			await new Promise(() => {});
		})(),
		{ objectMode: false },
	);
	endSilence(stream, 50);
	const reading = restOf(stream as PassThrough);
	await expect(reading).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

it('leaves a stream alone that is read slowly, or that comes slowly but comes', async () => {
	const stream = new PassThrough();
	endSilence(stream, 200);
	stream.write('a');
	await new Promise((resolve) => setTimeout(resolve, 500));
	const reading = restOf(stream);
	for (const piece of ['b', 'c', 'd']) {
		await new Promise((resolve) => setTimeout(resolve, 60));
		stream.write(piece);
	}
	stream.end();
	expect(await reading).toBe('abcd');
});
