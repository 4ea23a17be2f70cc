import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	decode,
	openJson,
	bodyIdOf,
	eventIdOf,
	idInLife,
	textOf,
} from '../../../nodes/CnEsign/platforms/callbacks.js';
import { runs } from '../../seed.mjs';
import { anyText } from '../support.mjs';

describe('decode', () => {
	it('gives back what was UTF-8', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const bytes = Buffer.from(text);
				fc.pre(!text.startsWith('\ufeff'));
				expect(decode(bytes)).toBe(bytes.toString());
			}),
		);
	});

	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				expect(typeof decode(Buffer.from(bytes))).toBe('string');
			}),
			{ numRuns: runs(500) },
		);
	});

	it('reads GBK where UTF-8 does not fit', () => {
		expect(decode(Buffer.from([0xc0, 0xee, 0xcb, 0xc4]))).toBe('李四');
	});
});

describe('openJson', () => {
	const open = (body: string | Buffer) =>
		openJson({ rawBody: Buffer.from(body), headers: {}, query: {} });

	it('opens a JSON object, whatever character set it comes in', () => {
		expect(open('{"contractId":"c-1"}')).toEqual({ kind: 'event', body: { contractId: 'c-1' } });
		const gbk = Buffer.concat([
			Buffer.from('{"name":"'),
			Buffer.from([0xc0, 0xee, 0xcb, 0xc4]),
			Buffer.from('"}'),
		]);
		expect(open(gbk)).toEqual({ kind: 'event', body: { name: '李四' } });
	});

	it('keeps the digits of long IDs', () => {
		expect(open('{"contractId":1897893172027068416}')).toEqual({
			kind: 'event',
			body: { contractId: '1897893172027068416' },
		});
	});

	it.each([
		['nothing', ''],
		['text', 'success'],
		['a form', 'a=1&b=2'],
		['a list', '[{}]'],
		['null', 'null'],
		['a number', '1'],
		['half an object', '{"a":'],
		['a key that reaches a prototype', '{"a":{"__proto__":{}}}'],
		['an object that is very deep', `${'{"a":'.repeat(30)}1${'}'.repeat(30)}`],
	])('does not open %s', (_, body) => {
		expect(open(body).kind).toBe('malformed');
	});

	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				expect(['event', 'malformed']).toContain(open(Buffer.from(bytes)).kind);
			}),
		);
	});
});

describe('ids', () => {
	it('do not run together where parts meet', () => {
		expect(eventIdOf('a', 'bc')).not.toBe(eventIdOf('ab', 'c'));
		expect(eventIdOf('a', undefined, 'b')).not.toBe(eventIdOf('a', 'b', undefined));
		expect(eventIdOf('a', undefined)).not.toBe(eventIdOf('a', 'null'));
		expect(eventIdOf('a","b')).not.toBe(eventIdOf('a', 'b'));
	});

	it('tell an object from a list of its entries, and 1 from "1"', () => {
		const all = [{ a: 1 }, [['a', 1]], { a: '1' }, { a: [1] }, { a: null }, {}, []];
		expect(new Set(all.map((body) => bodyIdOf('p', body))).size).toBe(all.length);
	});
});

describe('idInLife', () => {
	it('is the plain id in the first life of a contract, and another one in each later life', () => {
		const ids = [1, 2, 3].map((life) => idInLife('abc', life));
		expect(ids[0]).toBe('abc');
		expect(new Set(ids).size).toBe(3);
	});
});

describe('textOf', () => {
	it('is text or nothing', () => {
		expect(['a', 0, 7, '', true, null, undefined, [], {}].map(textOf)).toEqual([
			'a',
			'0',
			'7',
			...Array(6).fill(undefined),
		]);
	});
});
