import { describe, expect, it } from 'vitest';
import { chosenEventsIn, wrongEvent } from '../../../nodes/CnEsign/trigger/chosenEvents.js';

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
