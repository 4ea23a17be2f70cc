import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyIdOf, decode, eventIdOf, textOf } from '../../../nodes/CnEsign/runtime/callback.js';
import { within } from '../../../nodes/CnEsign/runtime/waiting.js';
import { sameSecret } from '../../../nodes/CnEsign/trigger/secret.js';
import { anyText } from '../support.mjs';
import { runs } from '../../seed.mjs';

describe('sameSecret', () => {
	it('is true for the same text, and for nothing else', () => {
		fc.assert(
			fc.property(anyText, anyText, (one, other) => {
				// As bytes, since half a surrogate pair has none of its own.
				const same = Buffer.from(one).equals(Buffer.from(other));
				expect(sameSecret(one, other)).toBe(same);
				expect(sameSecret(one, one)).toBe(true);
			}),
		);
	});

	it('is false for anything that is no text, also where nothing is expected', () => {
		for (const given of [undefined, null, 0, true, [], ['a'], {}, { length: 1 }])
			for (const expected of ['', 'a', 'undefined'])
				expect(sameSecret(given, expected)).toBe(false);
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

describe('within', () => {
	it('gives what comes in time, and what is thrown in time', async () => {
		expect(await within(5000, Promise.resolve(7))).toBe(7);
		await expect(within(5000, Promise.reject(new Error('no')))).rejects.toThrow('no');
	});

	it('does not wait for what never comes, nor stumble over what fails later', async () => {
		let failLater = (_error: Error) => {};
		const never = new Promise<never>((_, reject) => (failLater = reject));
		await expect(within(10, never)).rejects.toThrow('did not answer in time');
		failLater(new Error('too late'));
		await new Promise((resolve) => setTimeout(resolve, 10));
	});
});
