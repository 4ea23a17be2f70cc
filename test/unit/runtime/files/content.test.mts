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
	it.each([
		['JPEG', HEADS.jpeg],
		['PNG', HEADS.png],
		['GIF', Buffer.from('GIF89a\0\0')],
		['BMP', Buffer.from('BM\x36\0\0\0', 'latin1')],
		['WebP', Buffer.from('RIFF\xfe\x01\0\0WEBPVP8 ', 'latin1')],
		['TIFF of Intel', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
		['TIFF of Motorola', Buffer.from('MM\0*\0\0\0\x08', 'latin1')],
		['HEIC, as phones write it', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')],
		['AVIF', Buffer.from('\0\0\0\x20ftypavif', 'latin1')],
	])('lets a picture through: %s', (_, head) => {
		expect(insteadOfPicture(head)).toBeUndefined();
	});

	const uri = `data:image/jpeg;base64,${Buffer.concat([HEADS.jpeg, Buffer.alloc(40, 7)]).toString('base64')}`;

	it.each([
		['a web page', Buffer.from('<!DOCTYPE html>')],
		['one with a mark in front', Buffer.from('\ufeff<!DOCTYPE html>')],
		['one that begins in Chinese', Buffer.from('<!-- 登录 --><html>')],
		['one in UTF-16', Buffer.from('\ufeff<html>', 'utf16le')],
		['a data URI', Buffer.from(uri)],
		['a data URI that was read as Base64, and so is shifted', Buffer.from(uri, 'base64')],
		['a picture as Base64', Buffer.from(HEADS.jpeg.toString('base64'))],
		['a picture whose first byte is missing', HEADS.jpeg.subarray(1)],
		['a video', Buffer.from('\0\0\0\x20ftypisom', 'latin1')],
		['a sound', Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1')],
		['nothing', HEADS.nothing],
	])('lets nothing else through: %s', (_, head) => {
		expect(insteadOfPicture(head)).toBe('something else, such as text or a web page');
	});

	it('says what it is', () => {
		expect(insteadOfPicture(HEADS.pdf)).toBe('a PDF file');
		expect(insteadOfPicture(HEADS.zip)).toBe('an Office document or ZIP archive');
	});
});
