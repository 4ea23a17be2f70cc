import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
	base64Of,
	holdsFile,
	JsonFileBody,
	MultipartBody,
	contentDigest,
	fileDigest,
	type FileSource,
} from '../../../../nodes/CnEsign/runtime/http/bodies.js';
import { chunked, anyText } from '../../support.mjs';

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

const BOUNDARY = '----cnEsign0123456789abcdef';

const partOf = (
	bytes: Buffer,
	cuts: number[] = [],
	fileName = 'a.pdf',
	mimeType = 'application/pdf',
) => ({
	name: 'file',
	fileName,
	mimeType,
	file: sourceOf(bytes, cuts),
});

/** What a server makes of it: an implementation that has nothing to do with ours. */
const parsed = async (body: MultipartBody): Promise<FormData> =>
	await new Response(new Uint8Array(await streamed(body)), {
		headers: { 'content-type': body.contentType },
	}).formData();

describe('a multipart form', () => {
	it('looks as RFC 7578 has it', async () => {
		const body = new MultipartBody({ folder: '合同' }, partOf(Buffer.from('%PDF')), BOUNDARY);
		expect((await streamed(body)).toString()).toBe(
			[
				`--${BOUNDARY}`,
				'Content-Disposition: form-data; name="folder"',
				'',
				'合同',
				`--${BOUNDARY}`,
				'Content-Disposition: form-data; name="file"; filename="a.pdf"',
				'Content-Type: application/pdf',
				'',
				'%PDF',
				`--${BOUNDARY}--`,
				'',
			].join('\r\n'),
		);
		expect(body.contentType).toBe(`multipart/form-data; boundary=${BOUNDARY}`);
		expect(body.type).toBe(body.contentType);
	});

	it('brings any file and any fields to the other side, and says beforehand how long it is', async () => {
		const fields = fc.dictionary(
			fc.stringMatching(/^[a-zA-Z0-9_.\u4e00-\u9fa5]{1,8}$/),
			anyText.filter((text) => Buffer.from(text).toString() === text),
			{ maxKeys: 4 },
		);
		await fc.assert(
			fc.asyncProperty(
				fields,
				fc.uint8Array({ maxLength: 500 }),
				fc.array(fc.nat()),
				async (given, data, cuts) => {
					const bytes = Buffer.from(data);
					const body = new MultipartBody(given, partOf(bytes, cuts), BOUNDARY);
					expect((await streamed(body)).length).toBe(body.size);
					const form = await parsed(body);
					const file = form.get('file') as File;
					expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
					const arrived = [...form.entries()].filter(([name]) => name !== 'file');
					expect(arrived).toEqual(Object.entries(given).filter(([name]) => name !== 'file'));
				},
			),
		);
	});

	it.each([
		['合同 "终稿".pdf', '合同 "终稿".pdf'],
		['a"; name="b.pdf', 'a"; name="b.pdf'],
		['a\r\nX-Evil: 1\r\n\r\nbody.pdf', 'a  X-Evil: 1    body.pdf'],
	])('lets no file name break out of its header: %j', async (fileName, expected) => {
		const form = await parsed(
			new MultipartBody({}, partOf(Buffer.from('x'), [], fileName), BOUNDARY),
		);
		expect([...form.keys()]).toEqual(['file']);
		expect((form.get('file') as File).name).toBe(expected);
	});

	it.each(['text/plain\r\nX-Evil: 1', 'text/"plain'])(
		'lets no type break out either: %j',
		async (mimeType) => {
			const part = partOf(Buffer.from('x'), [], 'a.txt', mimeType);
			const text = (
				await streamed(new MultipartBody({ 'a"\r\nX: 1': 'b' }, part, BOUNDARY))
			).toString();
			expect(text.split('\r\n').filter((line) => line.startsWith('X'))).toEqual([]);
			expect(text).toContain('name="a%22  X: 1"');
		},
	);

	it('can be read more than once: to look at it, then to send it', async () => {
		const body = new MultipartBody({ a: '1' }, partOf(Buffer.from('%PDF'), [2]), BOUNDARY);
		expect(await streamed(body)).toEqual(await streamed(body));
	});

	it('ends in an error, not in a whole form, when the file gives fewer bytes than announced', async () => {
		const part = partOf(Buffer.from('%PDF'), []);
		const body = new MultipartBody({}, { ...part, file: { ...part.file, size: 9 } }, BOUNDARY);
		await expect(streamed(body)).rejects.toThrow('The file has 4 bytes where 9 were announced');
	});
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('fileDigest', () => {
	it('is that of the bytes, wherever the pieces are cut', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array(), fc.array(fc.nat(100)), async (array, cuts) => {
				const bytes = Buffer.from(array);
				expect(await fileDigest(sourceOf(bytes, cuts))).toBe(sha256(bytes));
			}),
		);
	});

	it('is the one that was counted while the file was sent', async () => {
		const counted = { ...sourceOf(Buffer.from('x')), digest: async () => 'counted' };
		expect(await fileDigest(counted)).toBe('counted');
	});
});

describe('contentDigest', () => {
	it('has the digest in the place of a file, and everything else as it is', async () => {
		const bytes = Buffer.from('%PDF-1.7');
		expect(await contentDigest({ file: sourceOf(bytes), fileName: '合同' })).toEqual([
			['file', sha256(bytes)],
			['fileName', '合同'],
		]);
		for (const body of [undefined, null, 'text', 5, [1, 2]])
			expect(await contentDigest(body)).toEqual(body);
	});

	it('reads a form by its fields and its file, not by its boundary', async () => {
		const form = (boundary: string, bytes: string, folder = 'a') =>
			new MultipartBody(
				{ folder },
				{ name: 'file', fileName: 'a.pdf', mimeType: 'x', file: sourceOf(Buffer.from(bytes)) },
				boundary,
			);
		const one = JSON.stringify(await contentDigest(form('one', 'x')));
		expect(JSON.stringify(await contentDigest(form('two', 'x')))).toBe(one);
		expect(JSON.stringify(await contentDigest(form('one', 'y')))).not.toBe(one);
		expect(JSON.stringify(await contentDigest(form('one', 'x', 'b')))).not.toBe(one);
	});
});
