import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	forbiddenKey,
	jsonObject,
	jsonParameter,
} from '../../../../nodes/CnEsign/runtime/items/jsonParameter.js';
import { fail, refusalOf } from '../../support.mjs';

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
