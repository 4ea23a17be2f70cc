import { describe, expect, it } from 'vitest';
import { webAddress } from '../../../../nodes/CnEsign/runtime/items/parameters.js';
import { omitEmpty, omitEmptyOrUndefined } from '../../../../nodes/CnEsign/runtime/items/values.js';

describe('omitEmpty', () => {
	it('leaves out what was not given, and nothing else', () => {
		const values = { a: undefined, b: '', c: [], d: 0, e: false, f: null, g: {}, h: [0] };
		expect(omitEmpty(values)).toEqual({ d: 0, e: false, f: null, g: {}, h: [0] });
		expect(omitEmptyOrUndefined(values)).toEqual(omitEmpty(values));
	});

	it('of nothing is an empty object, or none at all', () => {
		expect(omitEmpty({ a: '' })).toEqual({});
		expect(omitEmptyOrUndefined({ a: '' })).toBeUndefined();
	});
});

describe('webAddress', () => {
	it('takes addresses of the web only', () => {
		for (const address of ['https://a.example/x', 'http://127.0.0.1:8899', 'HTTPS://A.EXAMPLE'])
			expect(webAddress.pattern?.test(address)).toBe(true);
		for (const other of [
			'a.example',
			'ftp://a.example',
			'javascript:alert(1)',
			'https://',
			'https://a b',
		])
			expect(webAddress.pattern?.test(other)).toBe(false);
	});
});
