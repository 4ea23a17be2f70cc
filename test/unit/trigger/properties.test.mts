import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	chosenEventsIn,
	wrongEvent,
	contractIdsIn,
	wrongContractId,
	fitsIntoUrl,
	sameSecret,
} from '../../../nodes/CnEsign/trigger/properties.js';
import { anyText } from '../support.mjs';

describe('chosenEventsIn', () => {
	it('reads the list of the editor, and the text that an expression may give', () => {
		const expected = ['contract.signed', 'contract.completed'];
		expect(chosenEventsIn(expected)).toEqual(expected);
		expect(chosenEventsIn('contract.signed、 contract.completed\n')).toEqual(expected);
		for (const nothing of [[], '', undefined, null]) expect(chosenEventsIn(nothing)).toEqual([]);
	});
});

describe('wrongEvent', () => {
	const known = [{ value: 'contract.signed' }, { value: 'contract.completed' }];

	it('is the first that no event ever fits: such a filter would match nothing', () => {
		expect(wrongEvent(['contract.signed', 'contract.finished'], known)).toBe('contract.finished');
		expect(wrongEvent('signed', known)).toBe('signed');
		for (const chosen of [['*'], ['contract.signed', '*'], 'contract.completed', []])
			expect(wrongEvent(chosen, known)).toBeUndefined();
	});
});

describe('contractIdsIn', () => {
	it('reads lists, and texts with any separator that people type', () => {
		const expected = ['a', 'b', 'c', 'd', 'e', 'f'];
		expect(contractIdsIn('a, b，c、d;e\n\u200bf')).toEqual(expected);
		expect(contractIdsIn('a b  c\td e f')).toEqual(expected);
		expect(contractIdsIn([' a ', 'b', 'c', 'd', 'e', 'f', ''])).toEqual(expected);
		expect(contractIdsIn([1897893172])).toEqual(['1897893172']);
		for (const nothing of ['', ' ', undefined, null, []])
			expect(contractIdsIn(nothing)).toEqual([]);
	});
});

describe('wrongContractId', () => {
	it('is the first entry that cannot be an ID: such a filter would match nothing', () => {
		expect(wrongContractId('contract-0001, 1897893172027068416')).toBeUndefined();
		expect(wrongContractId('')).toBeUndefined();
		expect(wrongContractId('contract-0001, 合同, <b>')).toBe('合同');
		expect(wrongContractId('={{$json.id}}')).toBe('={{$json.id}}');
		expect(wrongContractId('x'.repeat(65))).toBe('x'.repeat(65));
		expect(wrongContractId('contract-0001,undefined')).toBe('undefined');
		expect(wrongContractId('null')).toBe('null');
	});
});

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
