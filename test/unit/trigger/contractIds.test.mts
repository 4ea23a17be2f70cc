import { describe, expect, it } from 'vitest';
import { contractIdsIn, wrongContractId } from '../../../nodes/CnEsign/trigger/contractIds.js';

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
