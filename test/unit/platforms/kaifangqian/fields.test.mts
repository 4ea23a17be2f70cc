import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	additionalFields,
	given,
	idObjects,
	operatorFields,
	operatorAccountOf,
	personFields,
	personOf,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/fields.js';
import { parametersOf } from '../../../../nodes/CnEsign/runtime/parameters.js';
import { fail, refusalOf } from '../../support.mjs';

const operator = (values: Record<string, unknown>, required = true) =>
	personOf(parametersOf(values, operatorFields, fail), 'operator', required);

describe('personOf', () => {
	it('recognizes what kind of contact it is', () => {
		expect(operator({ operatorName: ' 张三 ', operatorContact: '13800138000' })).toEqual({
			name: '张三',
			contactType: 'MOBILE',
			contact: '13800138000',
		});
		expect(
			operator({
				operatorName: '张三',
				operatorContact: 'z@a.example',
				operatorContactType: 'EMAIL',
			}),
		).toEqual({ name: '张三', contactType: 'EMAIL', contact: 'z@a.example' });
		// A mobile number that an expression delivers as a number.
		expect(operator({ operatorName: '张三', operatorContact: 13800138000 })?.contact).toBe(
			'13800138000',
		);
	});

	it('says what is missing or does not fit, by the names on the screen', () => {
		const said = (values: Record<string, unknown>) => refusalOf(() => operator(values))?.message;
		expect(said({ operatorContact: '13800138000' })).toBe("'Operator Name' is empty");
		expect(said({ operatorName: 'x' })).toBe("'Operator Contact' is empty");
		expect(said({ operatorName: 'x', operatorContact: '123' })).toBe(
			"'Operator Contact' is neither a mobile number nor an e-mail address",
		);
		expect(
			said({ operatorName: 'x', operatorContact: '13800138000', operatorContactType: 'EMAIL' }),
		).toBe("'Operator Contact' does not fit 'Operator Contact Type'");
	});

	it('is nobody when nobody is required and nothing is filled in', () => {
		expect(operator({ operatorContactType: 'EMAIL' }, false)).toBeUndefined();
		expect(refusalOf(() => operator({ operatorName: 'x' }, false))?.message).toBe(
			"'Operator Contact' is empty",
		);
	});

	it('has the names of the wire without a prefix', () => {
		expect(personFields('', 'x', 'Signer', false).map(({ name }) => name)).toEqual([
			'name',
			'contact',
			'contactType',
		]);
	});
});

describe('given', () => {
	it('leaves out what was not given, and nothing else', () => {
		expect(given({ a: undefined, b: '', c: [], d: 0, e: false, f: null, g: {}, h: [0] })).toEqual({
			d: 0,
			e: false,
			f: null,
			g: {},
			h: [0],
		});
	});
});

describe('idObjects', () => {
	const field = { displayName: 'Document IDs', name: 'docs', type: 'string', default: '' } as const;
	const ids = (docs: unknown) => idObjects(parametersOf({ docs }, [field], fail), 'docs', 'docId');

	it('takes text, lists and the objects of the API alike', () => {
		const one = fc.stringMatching(/^[\w-]{1,12}$/);
		fc.assert(
			fc.property(fc.array(one), (list) => {
				const expected = list.map((docId) => ({ docId }));
				expect(ids(list.join(', '))).toEqual(expected);
				expect(ids(list)).toEqual(expected);
				expect(ids(expected)).toEqual(expected);
			}),
		);
		expect(ids('')).toEqual([]);
		expect(ids(undefined)).toEqual([]);
	});

	it('refuses objects without the id', () => {
		for (const entry of [{ fileId: 'a' }, { docId: '' }, null])
			expect(refusalOf(() => ids([{ docId: 'a' }, entry]))?.message).toBe(
				"'Document IDs' holds an entry without 'docId'",
			);
	});

	it('ends in ids or in a refusal, whatever an expression gives', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				refusalOf(() => ids(value));
				refusalOf(() => ids([value, { docId: 'a' }]));
			}),
		);
	});
});

describe('additionalFields', () => {
	it('offer the common parameter of every call', () => {
		const field = additionalFields();
		const from = (additional: unknown) =>
			operatorAccountOf(parametersOf({ additionalFields: additional }, [field], fail));
		expect(from({ operatorAccount: 'a-1' })).toEqual({ operatorAccount: 'a-1' });
		expect(given(from({}))).toEqual({});
	});
});
