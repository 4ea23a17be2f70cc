import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	hasLineBreak,
	splitList,
	spoiltBy,
	withoutInvisible,
} from '../../../../nodes/CnEsign/runtime/items/cleanText.js';
import { anyText } from '../../support.mjs';

const invisible = fc.constantFrom(
	...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u200f'],
	// Fillers and variation selectors, which are no format characters.
	...['\u034f', '\u115f', '\u3164', '\uffa0', '\u180e', '\ufe0f', '\u{e0100}', '\u061c'],
	...['\u202a', '\u202e', '\u2066', '\u2069', '\u0000', '\u0007', '\u001b', '\u007f', '\u0085'],
);

describe('withoutInvisible', () => {
	it('takes out what nobody sees, wherever it stands', () => {
		const visible = fc.stringMatching(/^[\w张三+@. ]{0,12}$/u);
		fc.assert(
			fc.property(fc.array(fc.tuple(visible, invisible), { maxLength: 6 }), (parts) => {
				const dirty = parts.map(([text, mark]) => mark + text).join('');
				const clean = parts.map(([text]) => text).join('');
				expect(withoutInvisible(dirty)).toBe(clean.trim());
			}),
		);
	});

	it('keeps line breaks, tabs and every visible character', () => {
		for (const text of [
			'a\nb\tc',
			'a\r\nb',
			'a\vb',
			'a\u2028b',
			'𠮷野',
			'😀',
			'é',
			'　全角　x'.trim(),
			'①〇',
			'ﾊﾝｶｸ',
		])
			expect(withoutInvisible(text)).toBe(text);
	});

	it('does to a clean text nothing more', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const clean = withoutInvisible(text);
				expect(withoutInvisible(clean)).toBe(clean);
				expect(clean).toBe(clean.trim());
			}),
		);
	});
});

describe('hasLineBreak', () => {
	it.each(['\n', '\r', '\r\n', '\v', '\f', '\u2028', '\u2029'])('knows %j', (text) => {
		expect(hasLineBreak(`张三${text}李四`)).toBe(true);
	});

	it('takes nothing else for one', () => {
		for (const text of ['张 三', 'a\tb', 'a　b', '']) expect(hasLineBreak(text)).toBe(false);
	});
});

describe('splitList', () => {
	it('divides at every separator that people type', () => {
		expect(splitList('a,b，c、d;e；f\ng\r\nh')).toEqual([...'abcdefg', '', 'h']);
		expect(splitList('a﹐b､c﹑d﹔e︐f︔g\th\vi\u2028j\u2029k')).toEqual([...'abcdefghijk']);
		expect(splitList('no separator')).toEqual(['no separator']);
	});
});

describe('spoiltBy', () => {
	it.each([
		['undefined', 'undefined'],
		['null', 'null'],
		['NaN', 'NaN'],
		['[object Object]', '[object Object]'],
		['合同 undefined', 'undefined'],
		['合同undefined', 'undefined'],
		['2030-null', 'null'],
		['Contractundefined', 'undefined'],
		['合同 [object Promise]', '[object Promise]'],
		['合同 Invalid Date', 'Invalid Date'],
		['Invalid DateTime', 'Invalid DateTime'],
		['合同[object Object]', '[object Object]'],
	])('%j ends in what stands for a value that was missing', (text, found) => {
		expect(spoiltBy(text)?.reason).toBe(`ends in '${found}'`);
		expect(spoiltBy(text)?.hint).toContain('found no value');
	});

	it.each(['Sinan', 'Renan', 'annull', 'undefined behaviour', 'nan', 'NULL', '[object]', ''])(
		'%j is a text like any other',
		(text) => {
			expect(spoiltBy(text)).toBeUndefined();
		},
	);

	it('tells a text that was read in the wrong character set', () => {
		expect(spoiltBy('\ufffd\ufffd三')).toEqual({
			reason: 'holds characters that were lost',
			hint: 'The text was read in the wrong character set. Read the file again in its own, often GBK.',
		});
		// As it comes about: GBK read as UTF-8.
		const gbk = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]);
		expect(spoiltBy(gbk.toString('utf8'))?.reason).toBe('holds characters that were lost');
	});
});
