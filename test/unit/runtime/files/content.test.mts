import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	contentMismatch,
	insteadOfPicture,
	isPdf,
	kindOf,
	pdfStart,
} from '../../../../nodes/CnEsign/runtime/files/content.js';
import {
	annexKind,
	documentKind,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/files/kinds.js';

const HEADS: Record<string, Buffer> = {
	pdf: Buffer.from('%PDF-1.7\n'),
	png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]),
	jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
	rar: Buffer.from('Rar!\x1a\x07'),
	zip: Buffer.from('PK\x03\x04'),
	ole: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]),
	page: Buffer.from('<!doctype html>'),
	text: Buffer.from('合同'),
	nothing: Buffer.alloc(0),
};

/** What may stand behind each suffix that the platform takes. */
const FITTING: Record<string, string[]> = {
	'.pdf': ['pdf'],
	'.png': ['png'],
	'.jpg': ['jpeg'],
	'.rar': ['rar'],
	'.docx': ['zip'],
	'.xlsx': ['zip'],
	'.zip': ['zip'],
	'.doc': ['ole'],
	'.xls': ['ole'],
	// WPS writes both kinds of container.
	'.wps': ['ole', 'zip'],
};

describe('contentMismatch', () => {
	it.each([...new Set([...documentKind.suffixes, ...annexKind.suffixes])])(
		'lets through for %s what such a file holds, and nothing else',
		(suffix) => {
			const fitting = Object.keys(HEADS).filter(
				(kind) => contentMismatch(HEADS[kind], suffix) === undefined,
			);
			expect(fitting.sort()).toEqual([...FITTING[suffix]].sort());
		},
	);

	it('says what it is instead', () => {
		expect(contentMismatch(HEADS.page, '.pdf')).toBe('something else, such as text or a web page');
		expect(contentMismatch(HEADS.pdf, '.docx')).toBe('a PDF file');
		expect(kindOf(HEADS.zip)).toBe('an Office document or ZIP archive');
	});

	it('has no opinion on suffixes that it does not know', () => {
		expect(contentMismatch(HEADS.text, '.txt')).toBeUndefined();
	});
});

describe('a PDF', () => {
	it('begins at its mark, wherever that stands', () => {
		expect(pdfStart(HEADS.pdf)).toBe(0);
		expect(pdfStart(Buffer.concat([Buffer.from('\ufeff\r\n'), HEADS.pdf]))).toBe(5);
		expect(pdfStart(HEADS.text)).toBe(-1);
		expect(isPdf(HEADS.pdf)).toBe(true);
		expect(isPdf(Buffer.concat([Buffer.from(' '), HEADS.pdf]))).toBe(false);
	});

	it('is each of the files that the real server has taken', () => {
		const folder = resolve(import.meta.dirname, '../../../observed/kaifangqian/files');
		for (const name of readdirSync(folder))
			if (name.endsWith('.pdf'))
				expect(isPdf(readFileSync(resolve(folder, name)).subarray(0, 1024)), name).toBe(true);
	});
});

describe('insteadOfPicture', () => {
	it('says what is plainly no picture, and lets every kind of picture through', () => {
		expect(insteadOfPicture(HEADS.pdf)).toBe('a PDF file');
		expect(insteadOfPicture(HEADS.zip)).toBe('an Office document or ZIP archive');
		expect(insteadOfPicture(HEADS.page)).toBe('something else, such as text or a web page');
		const gif = Buffer.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x00, 0xff]);
		const webp = Buffer.from([0x52, 0x49, 0x46, 0x46, 0xfe, 0x01, 0x00, 0x00]);
		for (const head of [HEADS.png, HEADS.jpeg, gif, webp, HEADS.nothing])
			expect(insteadOfPicture(head)).toBeUndefined();
	});
});
