import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	forbiddenKey,
	jsonObject,
	jsonParameter,
	parseLosslessly,
} from '../../../nodes/CnEsign/runtime/json.js';
import { fail, refusalOf } from '../support.mjs';
import { runs } from '../../seed.mjs';

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

describe('forbiddenKey', () => {
	it('names where a key is that could reach a prototype', () => {
		expect(forbiddenKey(JSON.parse('{"a":[{"b":1},{"__proto__":{}}]}'))).toBe('a[1].__proto__');
		expect(forbiddenKey({ constructor: 1 })).toBe('constructor');
		expect(forbiddenKey([{ prototype: 1 }])).toBe('[0].prototype');
	});

	it('finds such a key wherever it is put into any value', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.constant('[]'), fc.constantFrom('a', 'b', '姓名')), { maxLength: 6 }),
				fc.constantFrom('__proto__', 'constructor', 'prototype'),
				(steps, key) => {
					const inner = `{"x":1,"${key}":2}`;
					const text = steps.reduceRight(
						(rest, step) => (step === '[]' ? `[null,${rest}]` : `{"${step}":${rest}}`),
						inner,
					);
					expect(forbiddenKey(JSON.parse(text))?.endsWith(key)).toBe(true);
				},
			),
		);
	});

	it('finds nothing in ordinary values', () => {
		expect(forbiddenKey({ a: [1, 'constructor', null, { toString: 1 }] })).toBeUndefined();
		expect(forbiddenKey('__proto__')).toBeUndefined();
	});
});

describe('jsonParameter', () => {
	const read = (value: unknown) => jsonParameter(value, "'Body'", fail);

	it('takes text and what an expression has already made', () => {
		expect(read('{"a":1}')).toEqual({ a: 1 });
		expect(read({ a: 1 })).toEqual({ a: 1 });
		expect(read('  ')).toBeUndefined();
		expect(read(undefined)).toBeUndefined();
	});

	it('says where it stops being JSON, in lines and columns', () => {
		const refusal = refusalOf(() => read('{\n\t"a": 1,\n\t"b": 2 "c": 3\n}'));
		expect(refusal?.message).toBe("'Body' is not valid JSON");
		expect(refusal?.description).toContain('line 3, column 9');
	});

	it('counts columns in the text as it was given, long numbers included', () => {
		const refusal = refusalOf(() => read('{"id": 1234567890123456789 "b": 2}'));
		expect(refusal?.description).toContain('line 1, column 28');
	});

	it('never quotes the text, which may hold personal data', () => {
		const broken = fc
			.tuple(fc.constantFrom('{', '[', '"', 'x', '{"a":}', '{"a" 1}'), fc.nat(60))
			.map(([wrong, cut]) => `{"contact":"13912345678","name":"王小二"}${wrong}`.slice(cut));
		fc.assert(
			fc.property(broken, (text) => {
				const refusal = refusalOf(() => read(text));
				if (!refusal) return;
				const said = `${refusal.message} ${refusal.description}`;
				expect(said).not.toMatch(/1391|王|contact/);
				expect(said).toContain("'Body' is not valid JSON");
			}),
		);
	});

	it('refuses keys that reach a prototype, from text and from objects', () => {
		for (const value of ['{"a":{"__proto__":{"admin":true}}}', { a: { constructor: 1 } }])
			expect(refusalOf(() => read(value))?.message).toMatch(
				/^'Body' holds the key 'a\.(__proto__|constructor)'/,
			);
	});

	it('wants an object where an object is meant', () => {
		const object = (value: unknown) => jsonObject(value, "'Query'", fail);
		expect(object('{"a":1}')).toEqual({ a: 1 });
		expect(object('')).toBeUndefined();
		expect(object('null')).toBeUndefined();
		for (const text of ['[]', '1', '"a"', 'true'])
			expect(refusalOf(() => object(text))?.message).toBe("'Query' is not a JSON object");
	});

	it('throws nothing but the given refusal', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (value) => {
				refusalOf(() => read(value));
			}),
		);
	});
});
