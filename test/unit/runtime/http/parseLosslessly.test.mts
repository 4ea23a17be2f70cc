import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLosslessly } from '../../../../nodes/CnEsign/runtime/http/parseLosslessly.js';
import { runs } from '../../../seed.mjs';

const outcome = (parse: (text: string) => unknown, text: string): unknown => {
	try {
		return { value: parse(text) };
	} catch {
		return 'refused';
	}
};

const isLong = (value: unknown) => Number.isInteger(value) && !Number.isSafeInteger(value);

describe('parseLosslessly', () => {
	it('gives what JSON.parse gives where no digits are lost', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
				// Numbers beyond 2^53 are the next test's.
				const text = JSON.stringify(
					value,
					(_, inner: unknown) => (isLong(inner) ? 0 : inner),
					indent,
				);
				expect(parseLosslessly(text)).toEqual(JSON.parse(text));
			}),
		);
	});

	it('keeps every digit of long whole numbers, as text', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (id) => {
				const safe = Number.isSafeInteger(Number(id));
				const expected = safe ? Number(id) : String(id);
				const text = `{"id":${id},"list":[${id}, ${id} ],"deep":{"id" : ${id}\n}}`;
				expect(parseLosslessly(text)).toEqual({
					id: expected,
					list: [expected, expected],
					deep: { id: expected },
				});
			}),
		);
	});

	it('leaves texts alone, whatever digits, quotes and backslashes they hold', () => {
		const digits = fc.string({
			unit: fc.constantFrom('1234567890123456', '"', '\\', ':', ',', '[', '-', '张', 'u0041'),
		});
		fc.assert(
			fc.property(digits, digits, (key, value) => {
				const text = JSON.stringify({ [key]: value, id: 0 }).replace(
					/"id":0/,
					'"id":99999999999999999999',
				);
				expect(parseLosslessly(text)).toEqual({ [key]: value, id: '99999999999999999999' });
			}),
		);
	});

	it('leaves fractions and exponents numbers', () => {
		const text = '[1234567890123456789.5,12345678901234567890e3,0.12345678901234567890,1e400]';
		expect(parseLosslessly(text)).toEqual(JSON.parse(text));
	});

	it('refuses exactly what JSON.parse refuses', () => {
		const pieces = fc.constantFrom(
			...['{', '}', '[', ']', ':', ',', '"', '\\', '-', '0', '.', 'e', ' ', '"a"', 'true'],
			...['1234567890123456789', '00123456789012345678', '9999999999999999'],
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
				const text = parts.join('');
				const plain = outcome((input) => JSON.parse(input) as unknown, text) === 'refused';
				expect(outcome(parseLosslessly, text) === 'refused').toBe(plain);
			}),
			{ numRuns: runs(2000) },
		);
		for (const text of ['{1234567890123456789:1}', '0012345678901234567', '1 1234567890123456789'])
			expect(() => parseLosslessly(text)).toThrow(SyntaxError);
	});

	// With a pattern that backtracks this takes minutes, and the test's own time limit ends it.
	it('comes to an end on long hostile texts', () => {
		const id = '1234567890123456789';
		expect(() => parseLosslessly(`${id}"${'\\"'.repeat(300_000)}`)).toThrow(SyntaxError);
		expect(() => parseLosslessly(`${id}${'-'.repeat(300_000)}`)).toThrow(SyntaxError);
		expect(() => parseLosslessly(`${'1'.repeat(300_000)}.`)).toThrow(SyntaxError);
		expect(() => parseLosslessly(`${id} ${' '.repeat(300_000)}x`)).toThrow(SyntaxError);
	});

	it('takes texts of 10 MB that consist of escapes', () => {
		const long = '\n'.repeat(5_000_000);
		const parsed = parseLosslessly(`{"id":1234567890123456789,"text":${JSON.stringify(long)}}`);
		expect((parsed as { text: string }).text === long).toBe(true);
		expect(parsed).toMatchObject({ id: '1234567890123456789' });
	});
});
