/** Preview Positions: shows where signatures would go, and sends nothing. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { binaryBytes } from '../engine.mjs';
import { bodyOf, pdf, pdfItem, stage, wangwu } from './support.mjs';
import { itemWith, row, rows, sending } from './sendFiles.support.mjs';

const setting = await stage();
const { sandbox, sent } = setting;
const send = sending(setting);

const preview = async (input: INodeExecutionData[], parameters: IDataObject = {}) => {
	const ran = await send(input, {
		...parameters,
		options: { previewPositions: true, ...(parameters.options as IDataObject) },
	});
	expect(sent()).toEqual([]);
	expect(sandbox.control.contracts()).toEqual([]);
	return ran;
};

it('gives a row for each signer in each file, with what would be sent', async () => {
	const { items, error } = await preview(
		[await itemWith({ a: [pdf, 'a.pdf'], b: [pdf, 'b.pdf'] })],
		{
			binaryPropertyNames: 'a,b',
			signers: rows(
				row({}, { pageConfig: '2', x: '62', y: '81', files: '2' }),
				row({ ...wangwu, company: '乙方公司' }),
				row({}, { signPositionType: 'KEYWORD', keyword: '乙方', files: '1', xOffset: '5' }),
				row({}, { signPositionType: 'NONE', files: '1' }),
			),
		},
	);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	const { positions, files, note } = items[0].json;
	expect(files).toEqual([
		{ file: 1, fileName: 'a' },
		{ file: 2, fileName: 'b' },
	]);
	const seal = {
		signer: 2,
		signerName: '王五',
		signerCompany: '乙方公司',
		where: 'POSITION',
		pages: '1',
		x: 10,
		y: 80,
		controlType: 'SEAL',
		width: 120,
		height: 120,
	};
	expect(positions).toEqual([
		{
			signer: 1,
			signerName: '李四',
			file: 2,
			fileName: 'b',
			where: 'POSITION',
			pages: '2',
			x: 62,
			y: 81,
			controlType: 'SIGNATURE',
			width: 112,
			height: 52,
			sheet: 1,
		},
		{ ...seal, file: 1, fileName: 'a', sheet: 2 },
		{ ...seal, file: 2, fileName: 'b', sheet: 3 },
		{
			signer: 3,
			signerName: '李四',
			file: 1,
			fileName: 'a',
			where: 'KEYWORD',
			keyword: '乙方',
			keywordType: '1',
			xOffset: '5',
			controlType: 'SIGNATURE',
			width: 112,
			height: 52,
		},
		{ signer: 4, signerName: '李四', where: 'NONE' },
	]);
	expect(note).toContain('Nothing was sent.');
	expect(items[0].binary?.preview).toMatchObject({
		mimeType: 'image/png',
		fileName: 'positions.png',
	});
	const png = await binaryBytes(items[0], 'preview');
	// Three sheets of 238 by 337 pixels beside each other, with 24 pixels around each.
	expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([810, 385]);
});

it('has no picture where no place on a page is given', async () => {
	const { items } = await preview([await pdfItem()], {
		signers: rows(row({}, { signPositionType: 'KEYWORD', keyword: '乙方' })),
	});
	expect(items[0].json.positions).toHaveLength(1);
	expect(items[0].binary).toBeUndefined();
});

it('shows what a run without it then sends', async () => {
	const signers = rows(row(), row(wangwu));
	const { items } = await preview([await pdfItem()], { signers });
	await send([await pdfItem()], { signers });
	const signerList = bodyOf(sent('/contract/draft')[0]).signerList as IDataObject[];
	const places = signerList.flatMap(({ positionParamList }) => positionParamList as IDataObject[]);
	// Shown in per cent as in the form, sent as parts of 1.
	expect(items[0].json.positions).toMatchObject(
		places.map(({ offsetX, offsetY }) => ({
			x: Math.round(Number(offsetX) * 100),
			y: Math.round(Number(offsetY) * 100),
		})),
	);
});

it('refuses what a run would refuse, and starts nothing for a contract that is named', async () => {
	const { error } = await preview([await pdfItem()], { signers: rows(row({ contact: 'x' })) });
	expect(error?.message).toContain('Phone or Email');
	const beyond = await preview([await pdfItem()], { signers: rows(row({}, { x: 0.5 })) });
	expect(beyond.error?.message).toContain('less than one per cent');
	const named = await preview([await pdfItem()], { options: { contractId: 'c' } });
	expect(named.items[0].json.preview).toBe(true);
});

it('shows several positions of a row, each in its own size, on the page that they share', async () => {
	const { items, error } = await preview([await pdfItem()], {
		signers: rows(
			row({}, { x: 10, y: 10 }, { controlType: 'SIGN_DATE', x: 10, y: 20, controlHeight: '20' }),
			row(
				{ company: '乙方公司' },
				{ x: 50, y: 50, controlWidth: 80 },
				{ controlType: 'CHOP_STAMP' },
			),
		),
	});
	expect(error).toBeUndefined();
	const shown = (items[0].json.positions as IDataObject[]).map(
		({ signer, controlType, width, height, sheet, pages }) => [
			signer,
			controlType,
			width,
			height,
			sheet,
			pages,
		],
	);
	expect(shown).toEqual([
		[1, 'SIGNATURE', 112, 52, 1, '1'],
		[1, 'SIGN_DATE', 120, 20, 1, '1'],
		[2, 'SEAL', 80, 120, 1, '1'],
		[2, 'CHOP_STAMP', 120, 120, 2, 'ALL'],
	]);
});
