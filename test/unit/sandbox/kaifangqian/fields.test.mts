import { readFileSync } from 'node:fs';
import { PDFDocument, PDFName } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { RECORDINGS } from '../../../replay/replay.mjs';
import { chopPages, pagesIn } from '../../../sandbox/kaifangqian/fields/pageList.mjs';
import { pagesOf } from '../../../sandbox/kaifangqian/pdf/pages.mjs';
import { findKeyword } from '../../../sandbox/kaifangqian/pdf/pieces.mjs';
import { autoSeal, company, lisi, pdfOf, person } from '../../../sandbox/kaifangqian/testing.mjs';
import { position, useStage } from './support.mjs';

const stage = useStage();
const recorded = (name: string) => readFileSync(`${RECORDINGS}/files/${name}.pdf`);

const placeAll = async (more: Record<string, unknown>, docId = stage.docId) => {
	const signerList = [person(lisi, '1', { positionParamList: [position(docId, more)] })];
	const id = await stage.contract({ send: '0', signDocumentList: [{ docId }], signerList });
	return stage.sandbox.control.placed(id);
};
const refusal = async (more: Record<string, unknown>, docId = stage.docId) => {
	const signerList = [person(lisi, '1', { positionParamList: [position(docId, more)] })];
	return await stage.answer({ send: '0', signDocumentList: [{ docId }], signerList });
};
/** Of our own company's seal step. */
const placeSeal = async (more: Record<string, unknown>, docId = stage.docId) => {
	const node = autoSeal('1', {
		sealId: stage.sandbox.sealId,
		positionParamList: [position(docId, more)],
	});
	const id = await stage.contract({
		send: '0',
		signDocumentList: [{ docId }],
		signerList: [company('SENDER', '1', node)],
	});
	return stage.sandbox.control.placed(id);
};

describe('page lists', () => {
	it.each<[string, number, number[]]>([
		['ALL', 3, [1, 2, 3]],
		['EVEN_NUMBER', 5, [1, 3, 5]],
		['ODD_NUMBER', 5, [2, 4]],
		['ODD_NUMBER', 1, []],
		['1,3-4', 5, [1, 3, 4]],
		['2,2', 2, [2, 2]],
		['3,1', 3, [3, 1]],
		['1,', 1, [1]],
		['１-２', 3, [1, 2]],
	])('%s of %i', (config, count, expected) => {
		expect(pagesIn(config, count)).toEqual(expected);
	});

	it.each(['0', '0-2', '3-1', '1,0'])('%s: not a list of pages', (config) => {
		expect(() => pagesIn(config, 3)).toThrow('业务处理失败,页码配置参数异常');
	});

	it.each([
		['9', '1-based index out of bounds: 9'],
		['2-9', '1-based index out of bounds: 4'],
		['last', 'For input string: "last"'],
		['all', 'For input string: "all"'],
		['-1', 'For input string: ""'],
		['1, 2', 'For input string: " 2"'],
		['1，2', 'For input string: "1，2"'],
		['1,,2', 'For input string: ""'],
		['1-', 'Index 1 out of bounds for length 1'],
	])('%s breaks the call', (config, text) => {
		expect(() => pagesIn(config, 3)).toThrow(`操作失败，${text}`);
	});

	it('of a seal across pages say what they mean, and a list says nothing', () => {
		expect(['ALL', 'EVEN_NUMBER', 'ODD_NUMBER', '1,2', '0'].map(chopPages)).toEqual([
			'all',
			'even_number',
			'odd_number',
			'all',
			'all',
		]);
	});
});

describe('a place by ratio', () => {
	it('is the upper left corner, from the top left of the page', async () => {
		expect(await placeAll({ offsetX: '0.25', offsetY: '0.1' })).toEqual([
			expect.objectContaining({
				control: 'signature',
				page: '1',
				x: expect.closeTo(148.75),
				y: expect.closeTo(84.2),
				width: 112,
				height: 52,
				pageWidth: 595,
				pageHeight: 842,
			}),
		]);
	});

	it('is moved back from beyond the right and the lower edge, not from beyond the others', async () => {
		const at = async (offsetX: string, offsetY: string) => {
			const [{ x, y }] = await placeAll({ offsetX, offsetY });
			return [x, y];
		};
		expect(await at('0.99', '0.5')).toEqual([595 - 112, 421]);
		expect(await at('0', '1.7')).toEqual([0, 842 - 52]);
		expect(await at('-0.2', '-0.1')).toEqual([expect.closeTo(-119), expect.closeTo(-84.2)]);
	});

	it('has the size of its control, or its own', async () => {
		const sizes = [
			...(await placeAll({ controlType: 'SIGN_DATE', signDateFormat: 'BACK_SLASH' })),
			...(await placeAll({ controlWidth: '120', controlHeight: '10' })),
			...(await placeAll({ controlWidth: '', controlHeight: 33 })),
			...(await placeSeal({ controlType: 'SEAL' })),
		].map(({ width, height }) => [width, height]);
		expect(sizes).toEqual([
			[120, 30],
			[120, 10],
			[112, 33],
			[120, 120],
		]);
	});

	it('of a seal across pages is reckoned on paper of 595 × 842', async () => {
		const docId = await stage.api.upload(recorded('landscape'));
		const [field] = await placeSeal(
			{ controlType: 'CHOP_STAMP', pageConfig: '1', offsetX: undefined },
			docId,
		);
		expect(field).toMatchObject({ page: 'all', x: null, y: 421, pageWidth: 595, pageHeight: 842 });
		const [odd] = await placeSeal({
			controlType: 'CHOP_STAMP',
			pageConfig: 'ODD_NUMBER',
			offsetY: '1',
		});
		expect(odd).toMatchObject({ page: 'odd_number', y: 722 });
	});

	it('of a seal across pages is reckoned so by keyword too', async () => {
		const docId = await stage.api.upload(recorded('keywords'));
		const [field] = await placeSeal(
			{
				controlType: 'CHOP_STAMP',
				signPositionType: 'KEYWORD',
				keyword: '盖章',
				keywordType: '1',
				offsetX: '0',
				offsetY: '0',
			},
			docId,
		);
		expect(field).toMatchObject({ page: 'all', x: null, pageWidth: 595, pageHeight: 842 });
	});

	it('is made in each document named', async () => {
		const other = await stage.api.upload(await pdfOf('one'));
		const relationDocList = [stage.docId, other].map((docId) => ({ docType: '1', docId }));
		const signDocumentList = [{ docId: stage.docId }, { docId: other }];
		const on = (pageConfig: string) => ({
			signDocumentList,
			signerList: [
				person(lisi, '1', {
					positionParamList: [position(other, { relationDocList, pageConfig })],
				}),
			],
		});
		const id = await stage.contract(on('1'));
		expect(stage.sandbox.control.placed(id).map(({ docId }) => docId)).toEqual([
			stage.docId,
			other,
		]);
		expect(await stage.answer(on('2'))).toMatchObject({
			message: '操作失败，1-based index out of bounds: 2',
		});
	});
});

describe('a position is refused', () => {
	it.each<[Record<string, unknown>, string]>([
		[{ controlType: 'STAMP' }, '签署控件类型参数错误，不包含当前控件类型STAMP'],
		[{ controlType: 'CHOP_STAMP' }, '个人签署方不能使用企业签章和骑缝签章'],
		[{ signPositionType: 'CORNER' }, '签署位置设置方式不存在'],
		[{ signPositionType: undefined }, '签署位置设置方式不存在'],
		[{ relationDocList: undefined }, '签署位置合集关联文档不存在'],
		[{ relationDocList: [] }, '签署位置合集关联文档不存在'],
		[{ relationDocList: [{ docType: '1', docId: 'nope' }] }, '签署位置合集关联文档不存在'],
		[{ relationDocList: [{ docId: 'nope' }] }, '关联文档-文档类型参数缺失'],
		[{ pageConfig: undefined }, '页码配置缺失'],
		[{ pageConfig: '' }, '页码配置缺失'],
		[{ offsetX: undefined }, '偏移量缺失'],
		[{ offsetY: '' }, '偏移量缺失'],
		[{ offsetY: 'top' }, '偏移量参数解析失败'],
		[{ offsetX: '0,5' }, '偏移量参数解析失败'],
		[{ controlWidth: '9.9' }, '签章位置宽度解析失败'],
		[{ controlWidth: 'wide' }, '签章位置宽度解析失败'],
		[{ controlHeight: '121' }, '签章位置高度解析失败'],
		[{ signPositionType: 'KEYWORD' }, '关键字缺失'],
		[{ signPositionType: 'KEYWORD', keyword: ' ' }, '关键字缺失'],
		[{ signPositionType: 'KEYWORD', keyword: 'one' }, '关键字搜索类型缺失'],
		[{ signPositionType: 'KEYWORD', keyword: 'one', keywordType: '2' }, '关键查询方式不存在'],
		[{ signPositionType: 'KEYWORD', keyword: 'nine', keywordType: '1' }, '未查询到关键字nine'],
	])('%j', async (more, message) => {
		expect(await refusal(more)).toMatchObject({ code: 31000, message: `业务处理失败,${message}` });
	});

	it('with a document of another kind, or one that is not of the contract', async () => {
		const other = await stage.api.upload(await pdfOf('one'));
		for (const related of [
			{ docType: '2', docId: stage.docId },
			{ docType: '1', docId: other },
		])
			expect(await refusal({ relationDocList: [related] })).toMatchObject({
				message: '业务处理失败,签署位置合集关联文档不存在',
			});
	});

	it('a date without a format internally', async () => {
		expect(await refusal({ controlType: 'SIGN_DATE', signDateFormat: '' })).toMatchObject({
			code: null,
			message: '签署日期控件-时间格式不能为空',
		});
		expect(await refusal({ controlType: 'SIGN_DATE', signDateFormat: 'line' })).toMatchObject({
			code: null,
			message: '签署日期控件-时间格式错误：line',
		});
	});
});

describe('a place by keyword', () => {
	const by = (keyword: string, more: Record<string, unknown> = {}) => ({
		signPositionType: 'KEYWORD',
		keyword,
		keywordType: '1',
		offsetX: undefined,
		offsetY: undefined,
		...more,
	});

	it('begins with the piece that holds it, 0.618 of its height above the base line', async () => {
		const docId = await stage.api.upload(await pdfOf('Please sign here: Seal', 'Seal'));
		const places = async (more: Record<string, unknown>) =>
			(await placeAll(more, docId)).map(({ page, x, y }) => [page, x, y]);
		const top = 842 - 700 - 0.618 * 52;
		expect(await places(by('lease'))).toEqual([['1', expect.closeTo(64), expect.closeTo(top)]]);
		const [[, x]] = await places(by('Seal'));
		expect(x).toBeGreaterThan(150);
		expect(await places(by('Seal', { keywordType: '0' }))).toHaveLength(2);
		expect(await places(by('Seal', { keywordType: '-1' }))).toEqual([
			['2', expect.closeTo(64), expect.closeTo(top)],
		]);
		expect(await places(by('Please', { offsetX: '10', offsetY: -20 }))).toEqual([
			['1', expect.closeTo(74), expect.closeTo(top - 20)],
		]);
		expect(await places(by('Please', { offsetY: '-500' }))).toEqual([['1', expect.closeTo(64), 0]]);
	});

	it('is not found across a cut, nor in other letters', async () => {
		const docId = await stage.api.upload(await pdfOf('Party A (seal), no/yes [x] a.b;c!d?e:f'));
		for (const keyword of ['Party A', '(seal)', 'seal)', 'party', 'no/yes', '[x]', 'a.b', 'e:f'])
			expect(await refusal(by(keyword), docId)).toMatchObject({
				code: 31000,
				message: `业务处理失败,未查询到关键字${keyword}`,
			});
		for (const keyword of ['Party', 'seal', 'yes', 'x', 'f'])
			expect(await refusal(by(keyword), docId)).toMatchObject({ code: 10000 });
	});

	it('must be in every document named', async () => {
		const other = await stage.api.upload(await pdfOf('three'));
		const relationDocList = [stage.docId, other].map((docId) => ({ docType: '1', docId }));
		const signerList = [
			person(lisi, '1', { positionParamList: [position(other, by('one', { relationDocList }))] }),
		];
		const signDocumentList = [{ docId: stage.docId }, { docId: other }];
		expect(await stage.answer({ signDocumentList, signerList })).toMatchObject({
			message: '业务处理失败,未查询到关键字one',
		});
	});

	it('is moved by whole points', async () => {
		for (const offset of [{ offsetX: '0.5' }, { offsetY: 1.5 }, { offsetX: 'a' }])
			expect(await refusal(by('one', offset))).toMatchObject({
				success: false,
				message: expect.stringContaining('For input string: "'),
			});
	});
});

describe('the text of a page', () => {
	const piecesIn = async (bytes: Uint8Array) =>
		((await pagesOf(bytes)) ?? []).flatMap((page) => page.pieces().map(({ text }) => text));

	it('is cut at blanks and half-width marks, full-width ones stay', async () => {
		expect(await piecesIn(recorded('keywords'))).toEqual([
			'服务合同',
			'请在此处乙方签字',
			'甲方',
			'盖章',
			'甲方（盖章）',
			'Signature',
			'Party',
			'A',
			'签字处',
			'签字处',
			'日期：2030年1月1日',
			'丙方，签字处二',
			'第二页',
			'签字处',
		]);
	});

	it('is read in a Chinese font, moved, stretched and inside a drawing', async () => {
		const pdf = await PDFDocument.create();
		const page = pdf.addPage([595, 842]);
		const { context } = pdf;
		const descendant = context.obj({
			Type: 'Font',
			Subtype: 'CIDFontType0',
			BaseFont: 'STSong-Light',
			DW: 1000,
		});
		const font = context.register(
			context.obj({
				Type: 'Font',
				Subtype: 'Type0',
				BaseFont: 'STSong-Light',
				Encoding: 'UniGB-UCS2-H',
				DescendantFonts: [descendant],
			}),
		);
		const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
		const form = context.register(
			context.flateStream(`BT /F1 10 Tf 5 7 Td <${hex('乙方')}> Tj ET`, {
				Type: 'XObject',
				Subtype: 'Form',
				Matrix: [1, 0, 0, 1, 100, 0],
				Resources: { Font: { F1: font } },
			}),
		);
		page.node.setFontDictionary(PDFName.of('F1'), font);
		page.node.setXObject(PDFName.of('Fm'), form);
		const content =
			`q 1 0 0 1 10 20 cm BT /F1 10 Tf 100 500 Td <${hex('合同甲方盖章处')}> Tj ET Q ` +
			`BT /F1 10 Tf 50 Tz 1 0 0 1 20 300 Tm [<${hex('甲')}> -3000 <${hex('乙')}>] TJ ET /Fm Do`;
		page.node.set(PDFName.of('Contents'), context.register(context.flateStream(content)));
		const [read] = (await pagesOf(await pdf.save())) ?? [];
		expect(findKeyword(read.pieces(), '盖章')).toEqual([
			{ text: '合同甲方盖章处', x: 110, y: 520 },
		]);
		expect(read.pieces().slice(1)).toEqual([
			{ text: '甲', x: 20, y: 300 },
			{ text: '乙', x: 40, y: 300 },
			{ text: '乙方', x: 105, y: 7 },
		]);
	});

	it('of what is no PDF is nothing', async () => {
		expect(await pagesOf(Buffer.from('%PDF-1.4 broken'))).toBeUndefined();
	});
});
