import { describe, expect, it } from 'vitest';
import { checkPagesExist } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/pagesExist.js';
import type { ContractFile } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/files/contractFiles.js';
import { parametersOf } from '../../../../../../nodes/CnEsign/runtime/items/parameters.js';
import { fail, Refused, thrownBy } from '../../../../support.mjs';
import { fileOf, pdfOf } from '../../files/support.mjs';
import { files, readRows, type Row } from './support.mjs';

const li = { name: '李四', contact: '13900139000' };
const A4: [number, number] = [595, 842];

const pdf = async (pages: number, packed = false): Promise<ContractFile> => ({
	file: fileOf(
		await pdfOf(
			Array.from({ length: pages }, () => A4),
			{ packed },
		),
	),
	fileName: '合同',
	suffix: '.pdf',
});

const check = async (rows: Row[], contract: ContractFile[]) =>
	await checkPagesExist(
		parametersOf({}, [], fail),
		readRows(
			rows.map((row) => ({ ...li, ...row })),
			files(contract.length),
		),
		contract,
	);
const said = async (rows: Row[], contract: ContractFile[]) => {
	const thrown = await thrownBy(async () => await check(rows, contract));
	expect(thrown).toBeInstanceOf(Refused);
	return thrown.message;
};

const at = (pageConfig: string, more: Row = {}): Row => ({ x: 5, y: 5, pageConfig, ...more });

describe('a page beyond the last of a file (docs/api/kaifangqian.md, 5.4)', () => {
	it('is refused before anything is sent, with the signer, the page and the file', async () => {
		const three = [await pdf(3)];
		expect(await said([at('1'), at('4')], three)).toBe(
			'Signer 2 is to sign on page 4, but file 1 has 3 pages',
		);
		expect(await said([at('1,2-7')], three)).toBe(
			'Signer 1 is to sign on page 7, but file 1 has 3 pages',
		);
		expect(await said([at('2')], [await pdf(1)])).toBe(
			'Signer 1 is to sign on page 2, but file 1 has 1 page',
		);
		await check([at('1-3'), at('3'), at('ALL')], three);
	});

	it('counts in every file that the position is in, and in no other', async () => {
		const contract = [await pdf(3), await pdf(1)];
		expect(await said([at('3')], contract)).toBe(
			'Signer 1 is to sign on page 3, but file 2 has 1 page',
		);
		await check([at('3', { files: '1' })], contract);
	});

	it('is no matter for a paging seal, which takes all pages, and at a keyword', async () => {
		const own = { side: 'sender', sealId: 'seal-0001' };
		await check(
			[{ ...own, controlType: 'CHOP_STAMP', pageConfig: '1-9' }, { keyword: '乙方' }, {}],
			[await pdf(1)],
		);
	});

	it('is left to the platform where the file does not tell', async () => {
		const word: ContractFile = { file: fileOf('PK'), fileName: '合同', suffix: '.docx' };
		for (const file of [await pdf(1, true), word, { id: 'doc-1' }]) await check([at('9')], [file]);
	});

	it('reads no file for the first page, and each file once', async () => {
		let opened = 0;
		const file = fileOf(await pdfOf([A4, A4]));
		const counted: ContractFile = {
			fileName: '合同',
			suffix: '.pdf',
			file: {
				...file,
				open: () => {
					opened += 1;
					return file.open();
				},
			},
		};
		await check([at('1'), at('ALL'), { keyword: '乙方' }], [counted]);
		expect(opened).toBe(0);
		await check([at('2'), at('1-2'), at('2')], [counted]);
		expect(opened).toBe(1);
	});
});
