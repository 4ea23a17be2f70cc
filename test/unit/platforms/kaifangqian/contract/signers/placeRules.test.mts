import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	checkKeyword,
	checkPages,
} from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/placeRules.js';
import { wireReader } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/wireReader.js';
import { refusalOf } from '../../../../support.mjs';
import { wireFail } from './support.mjs';

/** Rules of pages and keywords (docs/api/kaifangqian.md, 5.4). */

const reader = (raw: object) => wireReader(raw, 'position', wireFail);
const pagesOf = (pageConfig: unknown, byRows = true) =>
	checkPages(reader({ pageConfig }), { byRows });
const saidOfPages = (pageConfig: unknown, byRows = true) => {
	const refusal = refusalOf(() => pagesOf(pageConfig, byRows));
	return refusal && `${refusal.message} / ${refusal.description}`;
};
const ofKeyword = (keyword: unknown) => refusalOf(() => checkKeyword(reader({ keyword })));

describe('pages', () => {
	it.each([
		['1', '1'],
		[3, '3'],
		['ALL', 'ALL'],
		['1,2,7-10', '1,2,7-10'],
		// As people write lists.
		[' 1， 3 ', '1,3'],
		['1、3;5；7', '1,3,5,7'],
		['１－３', '1-3'],
		['5-5', '5-5'],
	])('%j become %j', (given, pages) => {
		expect(pagesOf(given)).toBe(pages);
	});

	it('may be missing', () => {
		for (const nothing of [undefined, null, '', '  ']) expect(pagesOf(nothing)).toBeUndefined();
	});

	it.each(['all', '0', '1-', '1,,2', 'x', '-1', '1-2-3', '01', '1.5', ',1', '1,'])(
		'%j are none',
		(pages) => {
			expect(saidOfPages(pages)).toBe(
				'position.pageConfig is not a list of pages / Enter ALL, or page numbers such as 1,2,7-10.',
			);
		},
	);

	it('in a falling range are refused, with the range that was probably meant', () => {
		for (const byRows of [true, false]) {
			expect(saidOfPages('1,10-7', byRows)).toBe(
				'position.pageConfig holds the falling range 10-7 / Enter it as 7-10.',
			);
			expect(saidOfPages('9-10', byRows)).toBeUndefined();
		}
	});

	it('that the platform swaps are refused in rows, and told in the wire form', () => {
		expect(saidOfPages('EVEN_NUMBER')).toContain('is EVEN_NUMBER, which the platform swaps');
		expect(saidOfPages('EVEN_NUMBER')).toContain('take the odd pages');
		expect(saidOfPages('ODD_NUMBER')).toContain('take the even pages');
		const told: string[] = [];
		const warn = (text: string) => void told.push(text);
		expect(checkPages(reader({ pageConfig: 'ODD_NUMBER' }), { warn })).toBe('ODD_NUMBER');
		expect(told).toEqual([expect.stringContaining('swaps even and odd pages')]);
		// A paging seal gets them as written (docs/api/kaifangqian.md, 5.4).
		const seal = reader({ pageConfig: 'EVEN_NUMBER', controlType: 'CHOP_STAMP' });
		expect(checkPages(seal, { warn })).toBe('EVEN_NUMBER');
		expect(told).toHaveLength(1);
	});

	it('are taken exactly where the platform can read them', () => {
		const part = fc.oneof(
			fc.integer({ min: 0, max: 30 }).map(String),
			fc
				.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
				.map((ends) => ends.join('-')),
			fc.constantFrom('', 'x'),
		);
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
				const seen = new Set<number>();
				const isRight = parts.every((one) => {
					const [from, to = from] = one.split('-');
					if (!/^[1-9]\d*$/.test(from) || !/^[1-9]\d*$/.test(to) || Number(from) > Number(to))
						return false;
					for (let page = Number(from); page <= Number(to); page++) {
						if (seen.has(page)) return false;
						seen.add(page);
					}
					return true;
				});
				fc.pre(parts.join(',').trim() !== '');
				expect(saidOfPages(parts.join(',')) === undefined).toBe(isRight);
			}),
		);
	});
});

describe('a keyword', () => {
	it('holds no character that the platform cannot store', () => {
		expect(ofKeyword('𠮷田')?.message).toBe(
			'position.keyword holds a character that the platform cannot store',
		);
	});

	it.each([
		'乙方签字',
		'乙方（盖章）：',
		'Sign_here',
		'A-B',
		'甲方。',
		'“签字”',
		'x',
		'乙方'.repeat(32),
	])('that is one piece of text is taken: %s', (keyword) => {
		expect(ofKeyword(keyword)).toBeUndefined();
	});

	it.each([
		['乙方 签字', '乙方'],
		['Party B signature', 'signature'],
		['乙方(盖章)', '乙方'],
		['乙方:', '乙方'],
		['(签字处)', '签字处'],
		['2030.06.29日签字', '29日签字'],
		['a,b;c!d?e/f[g]hij', 'hij'],
		['乙方\u3000签字盖章', '签字盖章'],
		['乙方\n签字', '乙方'],
	])('%j would never be found; its longest piece is offered', (keyword, piece) => {
		const refusal = ofKeyword(keyword);
		expect(refusal?.message).toContain('where the platform cuts the text of a page into pieces');
		expect(refusal?.description).toBe(
			`It would never be found. Enter one piece, such as ${piece}.`,
		);
	});

	it('that is nothing but such marks is refused, too', () => {
		expect(ofKeyword('( ):')?.description).toBe('Enter a word of the file.');
		expect(ofKeyword('')?.message).toBe('position.keyword is missing');
		expect(ofKeyword(undefined)?.message).toBe('position.keyword is missing');
	});

	it('has at most 64 characters (docs/api/kaifangqian.md, 3.3)', () => {
		expect(ofKeyword('乙'.repeat(65))?.message).toBe(
			'position.keyword is longer than 64 characters',
		);
	});

	it('is taken exactly where none of the marks is in it', () => {
		const marks = '(),:.;!?/[] \t';
		const text = fc.string({
			unit: fc.constantFrom('乙', '方', 'a', '（', '）', '：', '，', '。', '-', ...marks),
			minLength: 1,
			maxLength: 12,
		});
		fc.assert(
			fc.property(text, (keyword) => {
				fc.pre(keyword.trim() !== '');
				const holdsMark = [...keyword.trim()].some((character) => marks.includes(character));
				expect(ofKeyword(keyword) !== undefined).toBe(holdsMark);
			}),
		);
	});
});
