import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	base64Of,
	holdsFile,
	JsonFileBody,
	type FileSource,
} from '../../../../nodes/CnEsign/runtime/http/jsonFileBody.js';
import { chunked } from '../../support.mjs';

const sourceOf = (bytes: Buffer, cuts: number[] = []): FileSource & { opened: number } => ({
	size: bytes.length,
	opened: 0,
	async *open() {
		this.opened++;
		yield* chunked(bytes, cuts);
	},
});

const read = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	return Buffer.concat(parts);
};

const streamed = async (body: Blob) =>
	await read(body.stream() as unknown as AsyncIterable<Uint8Array>);

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const cuts = fc.array(fc.nat(200), { maxLength: 8 });

describe('base64Of', () => {
	it('gives the same Base64 wherever the pieces are cut', async () => {
		await fc.assert(
			fc.asyncProperty(bytes, cuts, async (content, places) => {
				const text = (await read(base64Of(sourceOf(content, places)))).toString('latin1');
				expect(text).toBe(content.toString('base64'));
			}),
		);
	});

	it('reads pieces that are windows into larger memory', async () => {
		const memory = new Uint8Array([9, 9, 1, 2, 3, 4, 9]);
		const source = {
			size: 4,
			async *open() {
				yield memory.subarray(2, 6);
			},
		};
		expect((await read(base64Of(source))).toString()).toBe(
			Buffer.from([1, 2, 3, 4]).toString('base64'),
		);
	});

	it.each([-1, 1])('says when the size announced is wrong by %i', async (by) => {
		const source = { ...sourceOf(Buffer.from('hello')), size: 5 + by };
		await expect(read(base64Of(source))).rejects.toThrow(
			`The file has 5 bytes where ${5 + by} were announced`,
		);
	});
});

describe('JsonFileBody', () => {
	const fields = fc.dictionary(
		fc.string({ unit: 'binary', maxLength: 6 }).filter((key) => key !== '__proto__'),
		fc.oneof(fc.jsonValue(), fc.constant(undefined)),
		{ maxKeys: 5 },
	);

	it('is byte for byte the JSON of the same object with Base64 in it, and knows its size', async () => {
		await fc.assert(
			fc.asyncProperty(
				fields,
				fields,
				bytes,
				bytes,
				cuts,
				async (before, after, one, two, places) => {
					const plain = {
						...before,
						file: one.toString('base64'),
						...after,
						second: two.toString('base64'),
					};
					const body = new JsonFileBody({
						...plain,
						file: sourceOf(one, places),
						second: sourceOf(two, places),
					});
					const sent = await streamed(body);
					expect(sent.toString()).toBe(JSON.stringify(plain));
					expect(body.size).toBe(sent.length);
				},
			),
		);
	});

	it('can be read twice: once to sign it, once to send it', async () => {
		const source = sourceOf(Buffer.from('contract'), [3]);
		const body = new JsonFileBody({ fileName: '合同.pdf', file: source });
		const signed = await read(body.chunks());
		expect(await streamed(body)).toEqual(signed);
		expect(source.opened).toBe(2);
	});

	it('opens the file only when it is read', () => {
		const source = sourceOf(Buffer.alloc(10));
		expect(new JsonFileBody({ file: source }).size).toBe('{"file":""}'.length + 16);
		expect(source.opened).toBe(0);
	});

	it('is a Blob of JSON with a property of its own, so that n8n sends it', () => {
		const body = new JsonFileBody({ file: sourceOf(Buffer.alloc(1)) });
		expect(body).toBeInstanceOf(Blob);
		expect(body.type).toBe('application/json');
		expect(Object.keys(body).length).toBeGreaterThan(0);
	});

	it('breaks off when the file is not as long as announced', async () => {
		const source = { ...sourceOf(Buffer.alloc(10)), size: 11 };
		await expect(streamed(new JsonFileBody({ file: source }))).rejects.toThrow(/10 bytes where 11/);
	});
});

describe('holdsFile', () => {
	it('finds a file among the values', () => {
		expect(holdsFile({ a: 1, file: sourceOf(Buffer.alloc(0)) })).toBe(true);
		expect(holdsFile({ a: { open: 'no' }, b: null, c: 'open' })).toBe(false);
	});
});
