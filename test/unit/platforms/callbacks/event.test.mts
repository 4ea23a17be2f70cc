import { describe, expect, it } from 'vitest';
import {
	bodyIdOf,
	eventIdOf,
	idInLife,
	textOf,
} from '../../../../nodes/CnEsign/platforms/callbacks/event.js';

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
