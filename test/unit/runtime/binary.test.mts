import { PassThrough, Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputFile, peek, textOf } from '../../../nodes/CnEsign/runtime/binary.js';
import { runs } from '../../seed.mjs';
import { chunked } from '../support.mjs';

const read = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	return Buffer.concat(parts);
};

/** An input item whose file is in the item itself, or behind an id in n8n's storage. */
const itemWith = (content: Buffer, stored: boolean, cuts: number[] = []) =>
	({
		helpers: {
			assertBinaryData: () => ({
				id: stored ? 'filesystem-v2:1' : undefined,
				data: stored ? 'filesystem-v2' : content.toString('base64'),
				fileName: '合同.pdf',
				mimeType: 'application/pdf',
			}),
			getBinaryMetadata: async () => ({ fileSize: content.length }),
			getBinaryStream: async () => Readable.from(chunked(content, cuts)),
		},
	}) as unknown as IExecuteFunctions;

const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array));
const cuts = fc.array(fc.nat(100), { maxLength: 5 });

describe('inputFile', () => {
	it('reads the same bytes from either kind of storage, as often as asked', async () => {
		await fc.assert(
			fc.asyncProperty(
				bytes,
				fc.boolean(),
				cuts,
				fc.nat(120),
				async (content, stored, at, count) => {
					const file = await inputFile(itemWith(content, stored, at), 0, 'data');
					expect(file.size).toBe(content.length);
					expect(await file.head(count)).toEqual(content.subarray(0, count));
					expect(await read(file.open())).toEqual(content);
					expect(await read(file.open())).toEqual(content);
				},
			),
		);
	});
});

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
