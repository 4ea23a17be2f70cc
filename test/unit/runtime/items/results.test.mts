import { describe, expect, it } from 'vitest';
import { resultItems, toItems } from '../../../../nodes/CnEsign/runtime/items/results.js';

describe('resultItems', () => {
	it('has the result at the top level, and one item for each entry of a list', () => {
		expect(resultItems({ contractId: 'c' })).toEqual([{ json: { contractId: 'c' } }]);
		expect(resultItems([{ a: 1 }, 'x'])).toEqual([{ json: { a: 1 } }, { json: { value: 'x' } }]);
		expect(resultItems([])).toEqual([]);
		expect(resultItems('text')).toEqual([{ json: { value: 'text' } }]);
	});

	it('says without a result that it went well, and for what', () => {
		for (const result of [undefined, null])
			expect(resultItems(result, { contractId: 'c' })).toEqual([
				{ json: { success: true, contractId: 'c' } },
			]);
		// A result speaks for itself.
		expect(resultItems({ a: 1 }, { contractId: 'c' })).toEqual([{ json: { a: 1 } }]);
	});
});

describe('toItems', () => {
	it('makes items of one object or of several', () => {
		expect(toItems({ a: 1 })).toEqual([{ json: { a: 1 } }]);
		expect(toItems([{ a: 1 }, { a: 2 }])).toEqual([{ json: { a: 1 } }, { json: { a: 2 } }]);
	});
});
