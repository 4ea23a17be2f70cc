import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsIntoUrl, sameSecret } from '../../../nodes/CnEsign/trigger/urlSecret.js';
import { anyText } from '../support.mjs';

describe('sameSecret', () => {
	it('is true for the same text, and for nothing else', () => {
		fc.assert(
			fc.property(anyText, anyText, (one, other) => {
				// As bytes, since half a surrogate pair has none of its own.
				const same = Buffer.from(one).equals(Buffer.from(other));
				expect(sameSecret(one, other)).toBe(same);
				expect(sameSecret(one, one)).toBe(true);
			}),
		);
	});

	it('is false for anything that is no text, also where nothing is expected', () => {
		for (const given of [undefined, null, 0, true, [], ['a'], {}, { length: 1 }])
			for (const expected of ['', 'a', 'undefined'])
				expect(sameSecret(given, expected)).toBe(false);
	});
});

describe('fitsIntoUrl', () => {
	it('is true for what an address brings back as it was written', () => {
		const letters = fc.constantFrom(...'aZ09-._~+&#%=? /张');
		fc.assert(
			fc.property(fc.string({ unit: letters, maxLength: 10 }), (secret) => {
				fc.pre(fitsIntoUrl(secret));
				const { searchParams } = new URL(`https://n8n.example/webhook/esign?secret=${secret}`);
				expect(searchParams.get('secret')).toBe(secret);
			}),
		);
		for (const secret of ['a+b', 'a&b', 'a#b', 'a%20b', 'a b', 'a=b', '密'])
			expect(fitsIntoUrl(secret)).toBe(false);
		expect(fitsIntoUrl('aZ09-._~')).toBe(true);
	});
});
