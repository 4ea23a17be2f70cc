import { describe, expect, it } from 'vitest';
import { gatewayHint, hintFor, hints } from '../../../../nodes/CnEsign/platforms/qiandun/codes.js';

/** docs/api/qiandun.md, 3. */
const CODES = [
	...['500', '400', 'oc_10011', 'oc_20001', 'oc_20002', 'oc_30005', 'oc_30006', 'oc_40001'],
	...['oc_40002', 'oc_40003', 'oc_40005', 'oc_40006', 'oc_40014', 'oc_40016', 'oc_40020'],
	...['oc_40025', 'oc_40026', 'oc_40027'],
];

describe('the hints', () => {
	it('there are for each of the 18 known codes, and no others', () => {
		expect(CODES).toHaveLength(18);
		expect(Object.keys(hints).sort()).toEqual([...CODES].sort());
	});

	it('say something different each, with the words of the vendor', () => {
		expect(new Set(CODES.map(hintFor)).size).toBe(18);
		for (const code of CODES) expect(hintFor(code)).toMatch(/\(.*[一-龥].*\)/);
	});

	it.each([
		['oc_19999', 'users'],
		['oc_29999', 'seals'],
		['oc_39999', 'files'],
		['oc_49999', 'contracts'],
	])('say of %s at least what it is about', (code, what) => {
		expect(hintFor(code)).toBe(`The code belongs to the codes about ${what}.`);
	});

	it.each(['', '404', 'oc_5', 'constructor', 'toString', '__proto__'])(
		'say nothing of %j',
		(code) => {
			expect(hintFor(code)).toBeUndefined();
		},
	);

	it('of the gateway name everything that can be wrong', () => {
		for (const word of ['App Key', 'App Secret', 'Base URL', 'sandbox', 'clock', '15 minutes'])
			expect(gatewayHint).toContain(word);
	});
});
