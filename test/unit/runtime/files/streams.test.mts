import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endSilence, peek, textOf } from '../../../../nodes/CnEsign/runtime/files/streams.js';
import { runs } from '../../../seed.mjs';
import { chunked } from '../../support.mjs';

const read = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	return Buffer.concat(parts);
};

const restOf = async (stream: PassThrough) => {
	const parts: Buffer[] = [];
	for await (const chunk of stream) parts.push(chunk as Buffer);
	return Buffer.concat(parts).toString();
};

const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array));
const cuts = fc.array(fc.nat(100), { maxLength: 5 });

describe('peek', () => {
	it('shows the beginning of a stream and leaves all of it there', async () => {
		const check = async (content: Buffer, at: number[]) => {
			const stream = Readable.from(chunked(content, at), { objectMode: false });
			const head = await peek(stream);
			expect(content.subarray(0, head.length)).toEqual(head);
			expect(head.length > 0).toBe(content.length > 0);
			expect(await read(stream)).toEqual(content);
		};
		// Many side by side: each of them waits for more to come.
		const streams = fc.array(fc.tuple(bytes, cuts), { minLength: 1, maxLength: 40, size: 'max' });
		await fc.assert(
			fc.asyncProperty(streams, async (cases) => {
				await Promise.all(cases.map(async ([content, at]) => await check(content, at)));
			}),
			{ numRuns: runs(5) },
		);
	});

	it('passes on that a stream broke, and leaves no listener', async () => {
		const stream = new PassThrough();
		const head = peek(stream);
		stream.destroy(new Error('aborted'));
		await expect(head).rejects.toThrow('aborted');
		expect(['readable', 'end'].map((name) => stream.listenerCount(name))).toEqual([0, 0]);
	});

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
});

describe('textOf', () => {
	it('puts characters together that were cut in two', async () => {
		const content = Buffer.from('业务处理失败😀');
		for (let cut = 0; cut <= content.length; cut++)
			expect(await textOf(Readable.from(chunked(content, [cut])))).toBe('业务处理失败😀');
	});

	it('stops reading a text that has no end', async () => {
		const endless = Readable.from(
			(function* () {
				for (;;) yield Buffer.alloc(1000, 'x');
			})(),
		);
		expect((await textOf(endless, 5000)).length).toBeLessThan(10_000);
		expect(endless.destroyed).toBe(true);
	});
});

describe('endSilence', () => {
	it('breaks off a stream that falls silent, even one that does not end with its reader', async () => {
		// As the HTTP client gives it: made from a generator that waits for its own source.
		const stream = Readable.from(
			(async function* () {
				yield Buffer.from('%PDF-');
				await new Promise(() => {});
			})(),
			{ objectMode: false },
		);
		let ended = 0;
		endSilence(stream, 50, () => void ended++);
		const reading = restOf(stream as PassThrough);
		await expect(reading).rejects.toMatchObject({ code: 'ETIMEDOUT' });
		// The connection is given up, too.
		expect(ended).toBe(1);
	});

	it('leaves a stream alone that is read slowly, or that comes slowly but comes', async () => {
		const stream = new PassThrough();
		endSilence(stream, 200, () => {
			throw new Error('ended');
		});
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
});
