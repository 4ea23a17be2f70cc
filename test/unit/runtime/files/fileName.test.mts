import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	dispositionName,
	formDecoded,
	safeFileName,
	suffixOf,
} from '../../../../nodes/CnEsign/runtime/files/fileName.js';
import { runs } from '../../../seed.mjs';

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

describe('dispositionName', () => {
	it.each([
		['attachment; filename="contract.pdf"', 'contract.pdf'],
		['attachment; filename=contract.pdf', 'contract.pdf'],
		['attachment;filename = contract.pdf ; size=5', 'contract.pdf'],
		['ATTACHMENT; FileName="contract.pdf"', 'contract.pdf'],
		['filename="contract.pdf"', 'contract.pdf'],
		// Written as in an address, which RFC 6266 does not know and servers do.
		['attachment; filename="%E5%90%88%E5%90%8C.zip"', '合同.zip'],
		['attachment; filename=%E5%90%88%E5%90%8C.zip', '合同.zip'],
		['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
		['attachment; filename="a; filename=b.pdf"', 'a; filename=b.pdf'],
		['attachment; filename="100%.pdf"', '100%.pdf'],
		['attachment', ''],
		['attachment; filename=""', ''],
		['', ''],
		// Another parameter whose name ends like it.
		['attachment; oldfilename=a.pdf', ''],
	])('of %j is %j', (header, name) => {
		expect(dispositionName(header)).toBe(name);
	});

	it.each([
		[`attachment; filename="plain.pdf"; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf`, '合同.pdf'],
		[`attachment; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf; filename="plain.pdf"`, '合同.pdf'],
		[`attachment; filename*=utf-8'zh-CN'%E5%90%88%E5%90%8C.pdf`, '合同.pdf'],
		[`attachment; filename* = UTF-8''a%3Bb.pdf; size=5`, 'a;b.pdf'],
		[`attachment; filename="plain.pdf"; filename*="UTF-8''%E5%90%88%E5%90%8C.pdf"`, '合同.pdf'],
		[`attachment; filename*=ISO-8859-1''Vertr%E4ge.pdf; filename="plain.pdf"`, 'Verträge.pdf'],
		[`attachment; filename*=GBK''%BA%CF%CD%AC.pdf; filename="plain.pdf"`, '合同.pdf'],
		[`attachment; filename*=%E5%90%88%E5%90%8C.pdf`, '合同.pdf'],
	])('takes the extended name before the plain one: %s', (header, name) => {
		expect(dispositionName(header)).toBe(name);
	});

	it.each([
		[`attachment; filename="plain.pdf"; filename*=UTF-8''%E5%90.pdf`, 'plain.pdf'],
		[`attachment; filename*=x-none''%E5.pdf; filename="plain.pdf"`, 'plain.pdf'],
		// What stands in quotes is no parameter.
		[`attachment; filename="a; filename*=UTF-8''b.pdf"`, "a; filename*=UTF-8''b.pdf"],
		[`form-data; name="x; filename=b.pdf"; filename="a.pdf"`, 'a.pdf'],
		[`attachment; filename="a.pdf"; filename="b.pdf"`, 'a.pdf'],
		[`attachment; filename="合同; 附录.pdf`, '合同; 附录.pdf'],
	])('takes the plain name where the extended one says nothing: %s', (header, name) => {
		expect(dispositionName(header)).toBe(name);
	});

	const latin1 = (text: string) => Buffer.from(text).toString('latin1');

	it.each([
		[`attachment; filename="${latin1('合同.pdf')}"`, '合同.pdf'],
		[`attachment; filename=${latin1('合同 é.pdf')}`, '合同 é.pdf'],
		// Latin-1 itself.
		['attachment; filename="Vertr\xe4ge.pdf"', 'Verträge.pdf'],
		['attachment; filename="合同.pdf"', '合同.pdf'],
		[
			`attachment; filename="=?UTF-8?B?${Buffer.from('合同.pdf').toString('base64')}?="`,
			'合同.pdf',
		],
		['attachment; filename="=?utf-8?Q?=E5=90=88=E5=90=8C_1.pdf?="', '合同 1.pdf'],
		['attachment; filename="=?GBK?B?us/NrA==?=.pdf"', '合同.pdf'],
	])('reads what servers make of a name that is not in Latin letters: %j', (header, name) => {
		expect(dispositionName(header)).toBe(name);
	});

	it('gives back any name that was written as RFC 5987 has it', () => {
		const name = fc
			.string({ unit: fc.constantFrom('合', '😀', 'é', 'a', ' ', ';', '"', '%', "'", '+', '*') })
			.filter((text) => text !== '');
		fc.assert(
			fc.property(name, (text) => {
				const encoded = encodeURIComponent(text).replace(
					/['()*]/g,
					(character) => `%${character.charCodeAt(0).toString(16)}`,
				);
				const header = `attachment; filename="x.pdf"; filename*=UTF-8''${encoded}`;
				expect(dispositionName(header)).toBe(text);
			}),
		);
	});

	it('never throws, whatever a server writes', () => {
		const part = fc.constantFrom(
			'filename',
			'*',
			'=',
			'"',
			';',
			"''",
			'UTF-8',
			'%',
			'%zz',
			'\\',
			'a',
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
				expect(typeof dispositionName(parts.join(''))).toBe('string');
			}),
			{ numRuns: runs(1000) },
		);
		expect(dispositionName(undefined)).toBe('');
	});
});

describe('formDecoded', () => {
	it('reads a name as a form writes it', () => {
		expect(formDecoded('%E5%90%88+%E5%90%8C.pdf')).toBe('合 同.pdf');
		expect(formDecoded('a%2Bb.pdf')).toBe('a+b.pdf');
		expect(formDecoded('100%.pdf')).toBe('100%.pdf');
	});
});
