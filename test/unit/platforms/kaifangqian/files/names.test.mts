import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	annexKind,
	documentKind,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/files/kinds.js';
import {
	distinctName,
	sentName,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/files/names.js';
import { fileOf, namelessFile } from './support.mjs';

const document = (fileName: string, chosen = '', isPdf = true) =>
	sentName(fileOf('', { fileName }), chosen, { ...documentKind, isPdf });
const annex = (fileName: string, chosen = '') =>
	sentName(fileOf('', { fileName }), chosen, { ...annexKind, isPdf: false });

describe('the name of a document', () => {
	it.each([
		['服务合同.pdf', '服务合同'],
		['A.PDF', 'A'],
		['合同 v1.2', '合同 v1.2'],
		['2030.06.29', '2030.06.29'],
		// Its bytes say that it is a PDF.
		['download.do', 'download'],
		['合同.docx', '合同'],
		['合同.pdf.pdf', '合同.pdf'],
		// As a download or a form gives it: a part of an address.
		['%E5%90%88%E5%90%8C.pdf', '合同'],
		['%E5%90%88%E5%90%8C%20(1).pdf', '合同 (1)'],
		['合同.pdf?token=abc&x=1.zip', '合同'],
		['合同.pdf?', '合同'],
		['100%.pdf', '100%'],
		['100%25.pdf', '100%'],
		['%zz%.pdf', '%zz%'],
		['%E5%90.pdf', '%E5%90'],
		// As a Chinese keyboard writes a full stop.
		['合同．pdf', '合同'],
		['合同。pdf', '合同'],
		['合同｡PDF', '合同'],
		['合同 .pdf', '合同'],
		['合同.pdf ', '合同'],
		['合同.pdf#page=2', '合同'],
		['合同#3.pdf', '合同#3'],
		// UTF-8 that a server or a node before has read as Latin-1.
		[Buffer.from('合同.pdf').toString('latin1'), '合同'],
		['Vertr\xe4ge.pdf', 'Verträge'],
		['a/b\\c:d.pdf', 'a_b_c_d'],
		['a%2Fb.pdf', 'a_b'],
		['con\u202etract.pdf', 'contract'],
		['.pdf', 'pdf'],
	])(
		'of %j is %j, for the platform adds .pdf itself (docs/api/kaifangqian.md, 6.2)',
		(name, stem) => {
			expect(document(name)).toEqual({ stem, suffix: '.pdf' });
		},
	);

	it('is that of its kind where the bytes are none of a PDF', () => {
		expect(document('合同.docx', '', false)).toEqual({ stem: '合同', suffix: '.docx' });
		expect(document('合同.DOC', '', false)).toEqual({ stem: '合同', suffix: '.doc' });
		expect(document('合同', '', false)).toEqual({ stem: '合同', suffix: '' });
		expect(document('合同.txt', '', false)).toEqual({ stem: '合同', suffix: '.txt' });
	});

	it('is the one that the user has chosen, as it was written', () => {
		expect(document('x.pdf', '新合同')).toEqual({ stem: '新合同', suffix: '.pdf' });
		for (const chosen of ['新合同.pdf', '新合同．pdf', ' 新合同 .PDF '])
			expect(document('x.pdf', chosen)).toEqual({ stem: '新合同', suffix: '.pdf' });
		expect(document('x.pdf', '100%25?.pdf')).toEqual({ stem: '100%25_', suffix: '.pdf' });
		// What the file is, its own name says.
		expect(document('x.docx', '新合同 v1.2', false)).toEqual({
			stem: '新合同 v1.2',
			suffix: '.docx',
		});
	});

	it('is made up where there is none', () => {
		const options = { ...documentKind, isPdf: true };
		for (const file of [
			namelessFile(''),
			fileOf('', { fileName: '' }),
			fileOf('', { fileName: '?' }),
		])
			expect(sentName(file, '', options)).toEqual({ stem: 'document', suffix: '.pdf' });
	});

	it('is never cut: what is too long for the platform is refused later', () => {
		const long = '合'.repeat(300);
		expect(document(`${long}.pdf`).stem).toBe(long);
	});

	it('keeps every ordinary name', () => {
		const stems = fc
			.string({ unit: fc.constantFrom('合', '同', 'a', 'B', '1', ' ', '-', '(', ')', '_', '，') })
			.map((text) => `x${text}y`);
		fc.assert(
			fc.property(stems, fc.constantFrom('.pdf', '.PDF', '.Pdf'), (stem, suffix) => {
				expect(document(`${stem}${suffix}`)).toEqual({ stem, suffix: '.pdf' });
				expect(document(`${encodeURIComponent(stem)}${suffix}`)).toEqual({ stem, suffix: '.pdf' });
			}),
		);
	});
});

describe('the name of an attachment', () => {
	it.each([
		['报价.zip', '报价', '.zip'],
		['photo.JPEG', 'photo', '.jpg'],
		['photo.jpg', 'photo', '.jpg'],
		['data.tar.gz', 'data.tar', '.gz'],
		['none', 'none', ''],
	])('of %j is %j with %j', (name, stem, suffix) => {
		expect(annex(name)).toEqual({ stem, suffix });
	});

	it('takes the suffix of the file where the chosen name has none that fits', () => {
		expect(annex('a.zip', '报价')).toEqual({ stem: '报价', suffix: '.zip' });
		expect(annex('a.zip', '报价 2.0')).toEqual({ stem: '报价 2.0', suffix: '.zip' });
		expect(annex('a.zip', '报价.rar')).toEqual({ stem: '报价', suffix: '.rar' });
		expect(annex('a.exe', '报价')).toEqual({ stem: '报价', suffix: '' });
	});
});

describe('names of one contract (docs/api/kaifangqian.md, 6.13)', () => {
	it('are told apart by a number behind the second', () => {
		const taken = new Set<string>();
		const given = ['合同', '附录', '合同', '合同', '合同 (2)'];
		expect(given.map((stem) => distinctName(stem, taken))).toEqual([
			...['合同', '附录', '合同 (2)', '合同 (3)', '合同 (2) (2)'],
		]);
	});

	it('are all different, whatever the files are called', () => {
		const stem = fc.constantFrom('a', 'b', 'a (2)', 'a (3)', 'a (2) (2)');
		fc.assert(
			fc.property(fc.array(stem, { maxLength: 20 }), (stems) => {
				const taken = new Set<string>();
				const names = stems.map((one) => distinctName(one, taken));
				expect(new Set(names).size).toBe(stems.length);
				expect(taken).toEqual(new Set(names));
				// Who comes first keeps the name.
				if (stems.length > 0) expect(names[0]).toBe(stems[0]);
			}),
		);
	});
});
