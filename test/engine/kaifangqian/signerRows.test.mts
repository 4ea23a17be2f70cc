/** Signers as rows, from fields or as JSON, and their places on the paper. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../sandbox/kaifangqian/index.mjs';
import { itemWith, row, rows, sending } from './sendFiles.support.mjs';
import { bodyOf, fromList, lisi, pdf, pdfItem, stage, wangwu } from './support.mjs';

const setting = await stage();
const { sandbox, sent } = setting;
const { control, templateId } = sandbox;
const send = sending(setting);

const signersOf = () => bodyOf(sent('/contract/draft')[0]).signerList as IDataObject[];
const positionsOf = (signer = 0) => signersOf()[signer].positionParamList as IDataObject[];
/** Where the fields stand on the paper, from its top left corner, in points. */
const placed = ({ json }: { json: IDataObject }) =>
	control
		.placed(String(json.contractId))
		.map(({ control: kind, page, x, y }: Field) => [
			kind,
			page,
			x === null ? null : Math.round(x),
			Math.round(y),
		]);

describe('the positions of a row', () => {
	it('may be several: each with its page, its place and its kind', async () => {
		const { items, error } = await send([await pdfItem()], {
			signers: rows(
				row(
					{},
					{ signPositionType: 'POSITION', pageConfig: '1,2', x: '62', y: '81' },
					{ controlType: 'SIGN_DATE', pageConfig: '2', x: '62', y: '90' },
					{ signPositionType: 'KEYWORD', keyword: 'Second', xOffset: '100', yOffset: -5 },
				),
			),
		});
		expect(error).toBeUndefined();
		const [{ docId }] = items[0].json.documents as IDataObject[];
		const relationDocList = [{ docType: '1', docId }];
		expect(positionsOf()).toEqual([
			{
				controlType: 'SIGNATURE',
				signPositionType: 'POSITION',
				relationDocList,
				pageConfig: '1,2',
				offsetX: '0.62',
				offsetY: '0.81',
			},
			{
				controlType: 'SIGN_DATE',
				signPositionType: 'POSITION',
				relationDocList,
				pageConfig: '2',
				offsetX: '0.62',
				offsetY: '0.9',
				signDateFormat: 'LINE',
			},
			{
				controlType: 'SIGNATURE',
				signPositionType: 'KEYWORD',
				relationDocList,
				keyword: 'Second',
				keywordType: '1',
				offsetX: '100',
				offsetY: '-5',
			},
		]);
		// The page is 595 by 842 points.
		expect(placed(items[0])).toEqual([
			['signature', '1', 369, 682],
			['signature', '2', 369, 682],
			['sign-date', '2', 369, 758],
			['signature', '2', 164, 105],
		]);
	});

	it.each([
		[0, '0'],
		['1', '0.01'],
		['1.5', '0.015'],
		['33.333', '0.33333'],
		[62, '0.62'],
		['62', '0.62'],
		['100', '1'],
		['={{ 1/3 * 100 }}', '0.333333'],
	])('are in per cent of the page: %s is %s of it', async (x, offsetX) => {
		const { error } = await send([await pdfItem()], { signers: rows(row({}, { x, y: x })) });
		expect(error).toBeUndefined();
		expect(positionsOf()).toMatchObject([{ offsetX, offsetY: offsetX }]);
	});

	it('are in the files of those numbers, and in templates', async () => {
		const input = [await itemWith({ a: [pdf, 'a.pdf'], b: [pdf, 'b.pdf'], c: [pdf, 'c.pdf'] })];
		const { items, error } = await send(input, {
			binaryPropertyNames: 'a,b,c',
			signReId: fromList(sandbox.lines.template),
			signers: rows(row({}, { files: '1、3' }, { files: '2', templateIds: templateId }, {})),
			options: { send: '0' },
		});
		expect(error).toBeUndefined();
		const [a, b, c] = (items[0].json.documents as IDataObject[]).map(({ docId }) => docId);
		const idsOf = ({ relationDocList }: IDataObject) =>
			(relationDocList as IDataObject[]).map(({ docType, docId }) => [docType, docId]);
		expect(positionsOf().map(idsOf)).toEqual([
			[
				['1', a],
				['1', c],
			],
			[
				['1', b],
				['2', templateId],
			],
			[
				['1', a],
				['1', b],
				['1', c],
			],
		]);
	});

	it('of a seal are seals; a paging seal goes across all pages, at the middle', async () => {
		const seal = { company: sandbox.companyName, side: 'sender', sealId: sandbox.sealId };
		const { items, error } = await send([await pdfItem()], {
			signers: rows(
				row(
					{ ...seal, nodeType: 'AUTO_SIGN', name: '', contact: '' },
					{ x: 10, y: 10 },
					{ controlType: 'CHOP_STAMP' },
				),
				row(),
			),
		});
		expect(error).toBeUndefined();
		const [{ positionParamList }] = signersOf()[0].internalNodeList as IDataObject[];
		expect(positionParamList).toMatchObject([
			{ controlType: 'SEAL', offsetX: '0.1', offsetY: '0.1' },
			{ controlType: 'CHOP_STAMP', pageConfig: 'ALL', offsetY: '0.43' },
		]);
		expect(placed(items[0])).toContainEqual(['chop-stamp', 'all', null, 362]);
	});

	it('are one on page 1 beside the signer before, where none is given', async () => {
		const { error } = await send([await pdfItem()], {
			signers: rows(row(), row(wangwu, { pageConfig: '2', y: '5' }), row({}, {}), row()),
		});
		expect(error).toBeUndefined();
		const found = [0, 1, 2, 3].map((signer) => positionsOf(signer)[0]);
		expect(found.map(({ pageConfig, offsetX, offsetY }) => [pageConfig, offsetX, offsetY])).toEqual(
			[
				['1', '0.1', '0.8'],
				['2', '0.4', '0.05'],
				['1', '0.7', '0.8'],
				['1', '0.1', '0.64'],
			],
		);
	});

	it('forget what was filled in before another kind was chosen', async () => {
		const { error } = await send([await pdfItem()], {
			signers: rows(
				row(
					{ nodeType: 'ENTERPRISE_SEAL' },
					{
						signPositionType: 'KEYWORD',
						keyword: 'Contract',
						x: '10',
						y: '10',
						pageConfig: '2',
						signDateFormat: 'LINE',
					},
				),
				row({}, { signPositionType: 'NONE', x: '10', keyword: 'Contract' }),
			),
		});
		expect(error).toBeUndefined();
		expect(Object.keys(positionsOf()[0]).sort()).toEqual(
			['controlType', 'keyword', 'keywordType', 'relationDocList', 'signPositionType'].sort(),
		);
		expect(signersOf()[1]).not.toHaveProperty('positionParamList');
	});
});

it('rows of one company are one party, in whatever width its name is written', async () => {
	const { error } = await send([await pdfItem()], {
		signers: rows(
			row({ company: '乙方（北京）有限公司' }),
			row({ ...wangwu, company: '乙方(北京) 有限公司', nodeType: 'PERSONAL_SIGN' }),
		),
	});
	expect(error).toBeUndefined();
	expect(signersOf()).toMatchObject([
		{
			signerName: '乙方（北京）有限公司',
			internalNodeList: [{ signer: lisi }, { signer: wangwu }],
		},
	]);
});

describe('rows as JSON', () => {
	const json = (...list: unknown[]) => ({ signersInput: 'rows', rowsJson: JSON.stringify(list) });

	it('have all fields side by side, those of a single position too', async () => {
		const { error } = await send([await pdfItem()], {
			...json(
				{ name: lisi.name, contact: lisi.contact, x: 62, y: 81, pageConfig: '2' },
				{
					name: wangwu.name,
					contact: wangwu.contact,
					company: '乙方公司',
					nodeType: 'PERSONAL_SIGN',
					verifyType: 'CAPTCHA',
					agreeSkipWillingness: true,
					order: 7,
					positions: [{ keyword: 'Contract' }, { x: 5, y: 5 }],
				},
			),
		});
		expect(error).toBeUndefined();
		expect(signersOf()).toMatchObject([
			{
				receiver: lisi,
				positionParamList: [{ offsetX: '0.62', offsetY: '0.81', pageConfig: '2' }],
			},
			{
				signerType: 'RECEIVER_ENT',
				signerName: '乙方公司',
				signerOrder: '7',
				internalNodeList: [
					{
						nodeType: 'PERSONAL_SIGN',
						signer: wangwu,
						verifyType: 'CAPTCHA',
						agreeSkipWillingness: 1,
						positionParamList: [
							{ signPositionType: 'KEYWORD', keyword: 'Contract' },
							{ signPositionType: 'POSITION', offsetX: '0.05' },
						],
					},
				],
			},
		]);
	});

	it('may be a list that an expression gives', async () => {
		const list = [{ name: lisi.name, contact: lisi.contact, keyword: 'Contract' }, { ...wangwu }];
		const people = list.map(({ name, contact, ...more }) => {
			const { contactType: _type, ...position } = more as IDataObject;
			return { name, contact, ...position };
		});
		const { error } = await send([await itemWith({ data: [pdf, 'a.pdf'] }, { list: people })], {
			signersInput: 'rows',
			rowsJson: '={{ $json.list }}',
		});
		expect(error).toBeUndefined();
		expect(signersOf()).toMatchObject([
			{ receiver: lisi, positionParamList: [{ signPositionType: 'KEYWORD', keyword: 'Contract' }] },
			{ receiver: wangwu, positionParamList: [{ signPositionType: 'POSITION', offsetX: '0.1' }] },
		]);
	});
});
