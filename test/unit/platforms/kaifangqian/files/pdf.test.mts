import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	pdfFacts,
	worksWithout,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/files/pdf.js';
import { withoutBytes } from '../../../../../nodes/CnEsign/runtime/files/inputFile.js';
import { runs } from '../../../../seed.mjs';
import { bytesOf, fileOf, pdfOf } from './support.mjs';

const A4: [number, number] = [595, 842];
const cuts = fc.array(fc.nat(20_000), { maxLength: 6 });

describe('pdfFacts', () => {
	it('counts pages and knows their size, wherever the pieces of the file are cut', async () => {
		const size = fc.tuple(fc.integer({ min: 50, max: 2000 }), fc.integer({ min: 50, max: 2000 }));
		await fc.assert(
			fc.asyncProperty(size, fc.integer({ min: 1, max: 12 }), cuts, async (page, count, at) => {
				const pdf = await pdfOf(Array.from({ length: count }, () => page));
				expect(await pdfFacts(fileOf(pdf, { cuts: at }))).toEqual({
					pages: count,
					size: { width: page[0], height: page[1] },
				});
			}),
			{ numRuns: runs(30) },
		);
	});

	it.each([
		['plain.pdf', 1],
		['landscape.pdf', 1],
		['small-page.pdf', 1],
		['three-pages.pdf', 3],
	])('reads %s, which the real server has taken', async (name, pages) => {
		const file = resolve(import.meta.dirname, '../../../../observed/kaifangqian/files', name);
		const facts = await pdfFacts(fileOf(readFileSync(file)));
		expect(facts.pages).toBe(pages);
		expect(facts.size).toBeDefined();
	});

	it('says no size where pages differ or are turned', async () => {
		expect(await pdfFacts(fileOf(await pdfOf([A4, [842, 595]])))).toEqual({ pages: 2 });
		for (const rotate of [90, 270])
			expect(await pdfFacts(fileOf(await pdfOf([A4], { rotate })))).toEqual({ pages: 1 });
		const upside = await pdfFacts(fileOf(await pdfOf([A4], { rotate: 180 })));
		expect(upside.size).toEqual({ width: 595, height: 842 });
	});

	it('says nothing of what is packed, and of what is no PDF', async () => {
		expect(await pdfFacts(fileOf(await pdfOf([A4, A4], { packed: true })))).toEqual({});
		for (const text of ['', '%PDF-1.7', 'hello', 'endobj'.repeat(10)])
			expect(await pdfFacts(fileOf(text))).toEqual({});
	});

	it('takes the root of the page tree, not its branches, in whatever order their keys stand', async () => {
		const tree = [
			'1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj',
			'2 0 obj\n<< /Count 7 /Kids [3 0 R 4 0 R] /Type/Pages >>\nendobj',
			'3 0 obj\n<< /Type /Pages /Parent 2 0 R /Count 4 >>\nendobj',
			'4 0 obj\n<< /Parent 2 0 R /Count 3\n/Type\n/Pages >>\nendobj',
			'5 0 obj\n<< /Type /PagesX /Count 99 >>\nendobj',
		];
		expect((await pdfFacts(fileOf(tree.join('\n')))).pages).toBe(7);
		// After a change there can be several roots.
		const changed = [...tree, '2 0 obj\n<< /Type /Pages /Count 9 >>\nendobj'];
		expect((await pdfFacts(fileOf(changed.join('\n')))).pages).toBe(9);
	});

	// With one pattern for an object this takes minutes, or more memory than there is.
	it.each([
		['objects without an end', 'obj '.repeat(1_000_000)],
		['a page tree without an end', `1 0 obj /Type /Pages /Count 3 ${'x '.repeat(10_000_000)}`],
		['many page trees', '1 0 obj /Type /Pages /Count 3 endobj\n'.repeat(300_000)],
		['a box without an end', `/MediaBox [${' '.repeat(1_000_000)}`],
		['boxes without an end', '/MediaBox ['.repeat(300_000)],
	])('comes to an end on a hostile file: %s', async (_, text) => {
		expect((await pdfFacts(fileOf(text))).size).toBeUndefined();
	});
});

describe('worksWithout', () => {
	const LINE = Buffer.from('HTTP header or a mark\r\n');

	it('is true where the table of contents is right once the bytes are cut off', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uint8Array({ minLength: 1, maxLength: 900 }),
				fc.boolean(),
				cuts,
				async (prefix, packed, at) => {
					const pdf = await pdfOf([A4], { packed });
					const file = fileOf(Buffer.concat([prefix, pdf]), { cuts: at });
					expect(await worksWithout(file, prefix.length)).toBe(true);
					expect(await bytesOf(withoutBytes(file, prefix.length))).toEqual(pdf);
				},
			),
			{ numRuns: runs(30) },
		);
	});

	it('is false where the table counts the bytes in front', async () => {
		const pdf = await pdfOf([A4]);
		const shifted = pdf
			.toString('latin1')
			.replace(
				/startxref\s+(\d+)/,
				(_, place: string) => `startxref\n${Number(place) + LINE.length}`,
			);
		const file = fileOf(Buffer.concat([LINE, Buffer.from(shifted, 'latin1')]));
		expect(await worksWithout(file, LINE.length)).toBe(false);
	});

	it('is false where there is no table, or it points nowhere', async () => {
		for (const text of [
			'',
			'%PDF-1.7',
			'%PDF-1.7\nstartxref\n9999\n%%EOF',
			'%PDF-1.7\nstartxref\n0\n%%EOF',
		])
			expect(await worksWithout(fileOf(`x${text}`), 1)).toBe(false);
	});
});
