import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDigest, fileDigest } from '../../../../nodes/CnEsign/runtime/http/contentDigest.js';
import { MultipartBody } from '../../../../nodes/CnEsign/runtime/http/multipartBody.js';
import { chunked } from '../../support.mjs';

const fileOf = (bytes: Buffer, cuts: number[] = []) => ({
	size: bytes.length,
	async *open() {
		yield* chunked(bytes, cuts);
	},
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('fileDigest', () => {
	it('is that of the bytes, wherever the pieces are cut', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array(), fc.array(fc.nat(100)), async (array, cuts) => {
				const bytes = Buffer.from(array);
				expect(await fileDigest(fileOf(bytes, cuts))).toBe(sha256(bytes));
			}),
		);
	});

	it('is the one that was counted while the file was sent', async () => {
		const counted = { ...fileOf(Buffer.from('x')), digest: async () => 'counted' };
		expect(await fileDigest(counted)).toBe('counted');
	});
});

describe('contentDigest', () => {
	it('has the digest in the place of a file, and everything else as it is', async () => {
		const bytes = Buffer.from('%PDF-1.7');
		expect(await contentDigest({ file: fileOf(bytes), fileName: '合同' })).toEqual([
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
				{ name: 'file', fileName: 'a.pdf', mimeType: 'x', file: fileOf(Buffer.from(bytes)) },
				boundary,
			);
		const one = JSON.stringify(await contentDigest(form('one', 'x')));
		expect(JSON.stringify(await contentDigest(form('two', 'x')))).toBe(one);
		expect(JSON.stringify(await contentDigest(form('one', 'y')))).not.toBe(one);
		expect(JSON.stringify(await contentDigest(form('one', 'x', 'b')))).not.toBe(one);
	});
});
