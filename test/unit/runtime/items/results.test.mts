import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	resultItems,
	toItems,
	simplified,
	simplifyField,
} from '../../../../nodes/CnEsign/runtime/items/results.js';
import { places } from '../../descriptionSupport.mjs';

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

const FIELDS = ['id', 'name', 'status'];

describe('a simplified answer', () => {
	it('has the chosen fields in their order, and nothing nested', () => {
		const answer = { status: 1, extra: 'x', name: { first: '三' }, id: '7' };
		expect(Object.entries(simplified(answer, FIELDS) as object)).toEqual([
			['id', '7'],
			['status', 1],
		]);
	});

	it('keeps a field that is there and empty', () => {
		expect(simplified({ id: null, name: '' }, FIELDS)).toEqual({ id: null, name: '' });
	});

	it('is made of each entry of a list', () => {
		expect(simplified([{ id: '1', more: 1 }, { id: '2' }], FIELDS)).toEqual([
			{ id: '1' },
			{ id: '2' },
		]);
	});

	it('is the whole answer where nothing of it is known', () => {
		expect(simplified({ fresh: { deep: true } }, FIELDS)).toEqual({ fresh: { deep: true } });
	});

	it('never invents anything and never fails, whatever came', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const result = simplified(value, FIELDS);
				if (typeof value !== 'object' || value === null) expect(result).toBe(value);
				else if (Array.isArray(value)) expect(result).toHaveLength(value.length);
				else
					for (const [name, entry] of Object.entries(result as object))
						expect(entry).toBe((value as Record<string, unknown>)[name]);
			}),
		);
	});
});

it('every Simplify of the action node is this one', () => {
	const found = places.filter(({ property }) => property.name === 'simplify');
	expect(found).not.toEqual([]);
	for (const { property } of found) {
		const { displayName, type, default: preferred, description } = property;
		expect({ displayName, type, preferred, description }).toEqual({
			displayName: simplifyField.displayName,
			type: simplifyField.type,
			preferred: simplifyField.default,
			description: simplifyField.description,
		});
	}
});
