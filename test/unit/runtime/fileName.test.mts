import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName, suffixOf } from '../../../nodes/CnEsign/runtime/fileName.js';
import { runs } from '../../seed.mjs';

describe('safeFileName', () => {
	it.each([
		['服务合同.pdf', '服务合同.pdf'],
		['../../etc/passwd', '_.._etc_passwd'],
		['C:\\temp\\a.pdf', 'C__temp_a.pdf'],
		['a\u0000b\r\n.pdf', 'ab.pdf'],
		// Written backwards for the eye: "exe.fdp" would look like "pdf.exe".
		['contract\u202Efdp.exe', 'contractfdp.exe'],
		['  .hidden. ', 'hidden'],
		['con.pdf', '_con.pdf'],
		['LPT1', '_LPT1'],
		['console.pdf', 'console.pdf'],
		['e\u0301.pdf', '\u00e9.pdf'],
	])('%j becomes %j', (name, expected) => {
		expect(safeFileName(name)).toBe(expected);
	});

	it('falls back where nothing is left', () => {
		for (const name of ['', '...', ' ', '\u200b', '///', '.\\.'])
			expect(safeFileName(name, 'contract')).toBe('contract');
		expect(safeFileName('')).toBe('document');
	});

	it('keeps the suffix when it shortens a name', () => {
		const name = safeFileName(`${'合'.repeat(300)}.pdf`);
		expect(name).toMatch(/^合+\.pdf$/);
		expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
	});

	it('is safe on any disk, whatever comes in', () => {
		const nasty = fc.string({
			unit: fc.constantFrom(
				'.',
				' ',
				'/',
				'\\',
				'\u0000',
				'\u202e',
				'\u200d',
				'合',
				'😀',
				'a',
				':',
			),
			maxLength: 400,
		});
		const long = fc
			.tuple(fc.nat(260), fc.constantFrom('.', ' ', '..', '. .', ''), fc.nat(60))
			.map(([before, middle, after]) => `${'a'.repeat(before)}${middle}${'b'.repeat(after)}`);
		const names = fc.oneof(nasty, long, fc.string({ unit: 'binary', maxLength: 300 }));
		fc.assert(
			fc.property(names, (given) => {
				const name = safeFileName(given);
				expect(name).not.toBe('');
				expect(name).not.toMatch(/[<>:"/\\|?*]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
				expect(name).not.toMatch(/^[.\s]|[.\s]$/);
				expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
			}),
			{ numRuns: runs(2000) },
		);
	});

	it('never cuts a character in two', () => {
		fc.assert(
			fc.property(fc.nat(4), fc.constantFrom('😀', '合', 'é'), (shift, character) => {
				const name = safeFileName('a'.repeat(shift) + character.repeat(120));
				expect(name).toBe(Buffer.from(name).toString());
				expect(name).toMatch(new RegExp(`^a{${shift}}(?:${character})+$`, 'u'));
			}),
		);
	});
});

describe('suffixOf', () => {
	it('gives the suffix in small letters, or nothing', () => {
		expect(suffixOf('A.PDF')).toBe('.pdf');
		expect(suffixOf('a.tar.gz')).toBe('.gz');
		expect(suffixOf('合同')).toBe('');
		expect(suffixOf('a.合同')).toBe('');
		expect(suffixOf('2030.06.29 draft')).toBe('');
		expect(suffixOf('a.')).toBe('');
	});
});
