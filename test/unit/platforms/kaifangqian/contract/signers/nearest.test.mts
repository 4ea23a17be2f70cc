import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/nearest.js';
import { rowNames } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/rowProperties.js';

const known = rowNames(true).map(({ name }) => name);

describe('nearest', () => {
	it('finds a name however its letters are set', () => {
		for (const name of known) {
			const words = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
			for (const written of [name.toUpperCase(), words, words.replaceAll('_', '-'), `${name} `])
				expect(nearest(written, known)).toBe(name);
		}
	});

	it('finds a longer name with one letter wrong, missing or too many', () => {
		// One letter tells xOffset and yOffset apart.
		const long = known.filter((name) => name.length > 5 && !/^[xy]Offset$/.test(name));
		const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
		fc.assert(
			fc.property(
				fc.constantFrom(...long),
				fc.nat(),
				letter,
				fc.constantFrom('wrong', 'missing', 'more'),
				(name, place, other, kind) => {
					const at = place % name.length;
					const rest = name.slice(kind === 'more' ? at : at + 1);
					const written = `${name.slice(0, at)}${kind === 'missing' ? '' : other}${rest}`;
					// A slip can make a name that holds another one.
					fc.pre(
						!known.some(
							(one) =>
								one !== name && written.toLowerCase().includes(one.toLowerCase()) && one.length > 3,
						),
					);
					fc.pre(
						!known.some((one) => one !== name && one.toLowerCase().includes(written.toLowerCase())),
					);
					expect(nearest(written, known)).toBe(name);
				},
			),
		);
	});

	it('takes the name that says most of what was written', () => {
		const of = (name: string) =>
			nearest(name, ['name', 'company', 'contact', 'keyword', 'keywordType']);
		expect(of('companyName')).toBe('company');
		expect(of('signerName')).toBe('name');
		expect(of('word')).toBe('keyword');
	});

	it('finds nothing where nothing is near', () => {
		for (const name of ['', 'q', 'zz', 'abc', '姓名', '电话', '123', 'blahblah', 'z'.repeat(5000)])
			expect(nearest(name, known), name).toBeUndefined();
	});
});
