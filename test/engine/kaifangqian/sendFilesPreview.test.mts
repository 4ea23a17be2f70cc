/** Preview Positions: shows where signatures would go, and sends nothing. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { binaryBytes } from '../engine.mjs';
import { pdf, pdfItem, stage, wangwu } from './support.mjs';
import { itemWith, row, rows, sending } from './sendFiles.support.mjs';

const setting = await stage();
const { sandbox, sent } = setting;
const send = sending(setting);

const preview = async (input: INodeExecutionData[], parameters: IDataObject = {}) => {
	const ran = await send(input, { previewPositions: true, ...parameters });
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
				row({ pageConfig: '2', offsetX: '0.62', offsetY: '0.81', files: '2' }),
				row({ ...wangwu, company: '乙方公司' }),
				row({ signPositionType: 'KEYWORD', keyword: '乙方', files: '1' }),
				row({ signPositionType: 'NONE', files: '1' }),
			),
		},
	);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	const { positions, files, note } = items[0].json;
	expect(files).toEqual([
		{ file: 1, fileName: 'a.pdf' },
		{ file: 2, fileName: 'b.pdf' },
	]);
	const seal = {
		signer: 2,
		person: '王五',
		company: '乙方公司',
		where: 'POSITION',
		pages: '1',
		offsetX: '0.1',
		offsetY: '0.8',
		width: 120,
		height: 120,
	};
	expect(positions).toEqual([
		{
			signer: 1,
			person: '李四',
			file: 2,
			fileName: 'b.pdf',
			where: 'POSITION',
			pages: '2',
			offsetX: '0.62',
			offsetY: '0.81',
			width: 112,
			height: 52,
			sheet: 1,
		},
		{ ...seal, file: 1, fileName: 'a.pdf', sheet: 2 },
		{ ...seal, file: 2, fileName: 'b.pdf', sheet: 3 },
		{
			signer: 3,
			person: '李四',
			file: 1,
			fileName: 'a.pdf',
			where: 'KEYWORD',
			keyword: '乙方',
			keywordType: '1',
			width: 112,
			height: 52,
		},
		{ signer: 4, person: '李四', where: 'NONE' },
	]);
	expect(note).toContain('not documented');
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
		signers: rows(row({ signPositionType: 'KEYWORD', keyword: '乙方' })),
	});
	expect(items[0].json.positions).toHaveLength(1);
	expect(items[0].binary).toBeUndefined();
});

it('shows what a run without it then sends', async () => {
	const signers = rows(row(), row(wangwu));
	const { items } = await preview([await pdfItem()], { signers });
	await send([await pdfItem()], { signers });
	const shown = (items[0].json.positions as IDataObject[]).map(({ offsetX, offsetY }) => ({
		offsetX,
		offsetY,
	}));
	const body = JSON.parse((sent('/contract/draft')[0].rawBody as Buffer).toString());
	expect(
		body.signerList.map(({ positionParamList }: { positionParamList: IDataObject[] }) => ({
			offsetX: positionParamList[0].offsetX,
			offsetY: positionParamList[0].offsetY,
		})),
	).toEqual(shown);
});

it('refuses what a run would refuse, and starts nothing for a contract that is named', async () => {
	const { error } = await preview([await pdfItem()], { signers: rows(row({ contact: 'x' })) });
	expect(error?.message).toContain('Phone or Email');
	const named = await preview([await pdfItem()], { additionalFields: { contractId: 'c' } });
	expect(named.items[0].json.preview).toBe(true);
});
