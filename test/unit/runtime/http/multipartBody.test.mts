import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MultipartBody } from '../../../../nodes/CnEsign/runtime/http/multipartBody.js';
import { anyText, chunked } from '../../support.mjs';

const BOUNDARY = '----cnEsign0123456789abcdef';

const fileOf = (bytes: Buffer, cuts: number[] = []) => ({
	size: bytes.length,
	async *open() {
		yield* chunked(bytes, cuts);
	},
});

const partOf = (
	bytes: Buffer,
	cuts: number[] = [],
	fileName = 'a.pdf',
	mimeType = 'application/pdf',
) => ({
	name: 'file',
	fileName,
	mimeType,
	file: fileOf(bytes, cuts),
});

const bytesOf = async (body: Blob): Promise<Buffer> => {
	const parts: Uint8Array[] = [];
	for await (const part of body.stream() as unknown as AsyncIterable<Uint8Array>) parts.push(part);
	return Buffer.concat(parts);
};

/** What a server makes of it: an implementation that has nothing to do with ours. */
const parsed = async (body: MultipartBody): Promise<FormData> =>
	await new Response(new Uint8Array(await bytesOf(body)), {
		headers: { 'content-type': body.contentType },
	}).formData();

describe('a multipart form', () => {
	it('looks as RFC 7578 has it', async () => {
		const body = new MultipartBody({ folder: '合同' }, partOf(Buffer.from('%PDF')), BOUNDARY);
		expect((await bytesOf(body)).toString()).toBe(
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
					expect((await bytesOf(body)).length).toBe(body.size);
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
				await bytesOf(new MultipartBody({ 'a"\r\nX: 1': 'b' }, part, BOUNDARY))
			).toString();
			expect(text.split('\r\n').filter((line) => line.startsWith('X'))).toEqual([]);
			expect(text).toContain('name="a%22  X: 1"');
		},
	);

	it('can be read more than once: to look at it, then to send it', async () => {
		const body = new MultipartBody({ a: '1' }, partOf(Buffer.from('%PDF'), [2]), BOUNDARY);
		expect(await bytesOf(body)).toEqual(await bytesOf(body));
	});

	it('ends in an error, not in a whole form, when the file gives fewer bytes than announced', async () => {
		const part = partOf(Buffer.from('%PDF'), []);
		const body = new MultipartBody({}, { ...part, file: { ...part.file, size: 9 } }, BOUNDARY);
		await expect(bytesOf(body)).rejects.toThrow('The file has 4 bytes where 9 were announced');
	});
});
