/** Texts as spreadsheets, forms and keyboards deliver them: put right where that is certain, else refused. */
import type { IDataObject } from 'n8n-workflow';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { fileItem } from '../engine.mjs';
import { refusing, row, rows, sending } from './sendFiles.support.mjs';
import { bodyOf, fromList, lisi, pdf, pdfItem, stage, wangwu } from './support.mjs';

const setting = await stage();
const { sandbox, act, sent, refused, contract } = setting;
const send = sending(setting);
const refusal = refusing(setting);

const draft = () => bodyOf(sent('/contract/draft')[0]);
const receiverOf = () => (draft().signerList as IDataObject[])[0].receiver;

describe('a phone number', () => {
	it.each([
		'+8613900139000',
		'+86 139 0013 9000',
		'0086-139-0013-9000',
		'86 13900139000',
		'139 0013 9000',
		'139-0013-9000',
		'139\u20110013\u20119000',
		'(139) 0013.9000',
		'１３９００１３９０００',
		'＋８６ １３９－００１３－９０００',
		'\u202d13900139000\u202c',
		'\ufeff13900139000\u00a0',
		'={{ 13900139000 }}',
	])('is sent in the form that the platform reaches: %j', async (contact) => {
		const { error } = await send([await pdfItem()], { signers: rows(row({ contact })) });
		expect(error).toBeUndefined();
		expect(receiverOf()).toEqual(lisi);
		expect(sandbox.control.contracts()).toMatchObject([{ status: 'SIGNING' }]);
	});

	it('is cleaned for the sender, too', async () => {
		const operatorContact = sandbox.operator.contact.replace(/^(...)(....)/, '+86 $1 $2 ');
		const { error } = await send([await pdfItem()], { operatorContact });
		expect(error).toBeUndefined();
		expect(draft().operator).toMatchObject({ contact: sandbox.operator.contact });
	});

	it.each(['+852 6123 4567', '+1 415 555 0100', '021-12345678', '139001390001', '1390013900O'])(
		'of another kind is refused: %j',
		async (contact) => {
			const { message } = await refusal([await pdfItem()], { signers: rows(row({ contact })) });
			expect(message).toContain('is neither a mobile number nor an email address');
		},
	);
});

describe('an email address', () => {
	it.each([
		' wangwu@example.com ',
		'ｗａｎｇｗｕ＠ｅｘａｍｐｌｅ．ｃｏｍ',
		'wangwu\u200b@example.com',
		'王五 <wangwu@example.com>',
		'mailto:wangwu@example.com',
		'wangwu @ example.com',
	])('is sent as it is meant: %j', async (contact) => {
		const signers = rows(row({ name: '王五', contact }));
		const { error } = await send([await pdfItem()], { signers });
		expect(error).toBeUndefined();
		expect(receiverOf()).toEqual(wangwu);
	});
});

describe('a contact that the platform would take and never reach', () => {
	it.each([
		'zhang wu@example.com',
		'wangwu@example.com;13800138000',
		'wangwu@example.com/13800138000',
		'wangwu@example.com、',
		'wangwu@example.com.',
		'王五 wangwu@example.com',
	])('is refused: %j', async (contact) => {
		const { message } = await refusal([await pdfItem()], { signers: rows(row({ contact })) });
		expect(message).toBe(
			"'Signers 1 → Phone or Email' is neither a mobile number nor an email address",
		);
	});
});

describe('pages', () => {
	const at = (pageConfig: string) =>
		rows(row({}, { signPositionType: 'POSITION', x: 1, y: 1, pageConfig }));
	it.each(['1 2', '1\n2', '1， 2', '1、2'])('keep apart what stood apart: %j', async (pages) => {
		const { error } = await send([await pdfItem()], { signers: at(pages) });
		expect(error).toBeUndefined();
		expect(draft().signerList).toMatchObject([{ positionParamList: [{ pageConfig: '1,2' }] }]);
	});

	it.each(['1～2', '1–2', '1 — 2', '1~2', '１－２'])('may be a range: %j', async (pages) => {
		const { error } = await send([await pdfItem()], { signers: at(pages) });
		expect(error).toBeUndefined();
		expect(draft().signerList).toMatchObject([{ positionParamList: [{ pageConfig: '1-2' }] }]);
	});

	it.each(['1,1', '1-2,2', '2,1-2'])('are not signed twice: %j', async (pages) => {
		const { message } = await refusal([await pdfItem()], { signers: at(pages) });
		expect(message).toMatch(/^'Signers 1 → Positions 1 → Pages' names page \d twice$/);
	});
});

describe('a day', () => {
	it.each([
		'2030年6月29日星期六',
		'2030 年 6 月 29 日',
		'2030-06-29（周六）',
		'2030–06–29',
		'2030‐6‐29 18:00',
	])('may be written so: %j', async (expireDate) => {
		const { error } = await send([await pdfItem()], { options: { expireDate } });
		expect(error).toBeUndefined();
		expect(draft().expireDate).toBe('2030-06-29');
	});
});

describe('full-width digits', () => {
	it('are numbers', async () => {
		const position = { x: '５０', y: '1０', files: '１', controlWidth: '１００' };
		const signers = rows(row({ order: '３' }, { signPositionType: 'POSITION', ...position }));
		const { error } = await send([await pdfItem()], { signers });
		expect(error).toBeUndefined();
		expect(draft().signerList).toMatchObject([
			{
				signerOrder: '3',
				positionParamList: [{ offsetX: '0.5', offsetY: '0.1', controlWidth: '100' }],
			},
		]);
	});
});

describe('what the platform would take and spoil', () => {
	it('a document that is named twice', async () => {
		const docId = await setting.upload();
		sandbox.forgetRequests();
		const { message } = await refused('contract', 'create', {
			operatorName: sandbox.operator.name,
			operatorContact: sandbox.operator.contact,
			signReId: fromList(sandbox.lines.free),
			signDocumentList: `${docId}, ${docId}`,
			signers: rows(row()),
		});
		expect(message).toBe(`'Document IDs' holds '${docId}' twice`);
	});

	it.each<[string, IDataObject]>([
		["'Signers May Move Positions' is none of", { options: { controlChangeFlag: 'NECESSARY' } }],
		[
			"'Return Page' is longer than 500 characters",
			{ options: { callbackPage: `https://x.example/${'y'.repeat(500)}` } },
		],
		[
			"'Signers 1 → Seal ID' is '1.9E+18', which cannot be an ID",
			{ signers: rows(row({ side: 'sender', sealId: '1.9E+18' })) },
		],
		["'Output' is neither contract nor signer", { options: { output: 'Signer' } }],
		[
			"'Signers 1 → Name' holds a tab",
			{ signers: rows(row({ name: `${lisi.name}\t${lisi.contact}` })) },
		],
		["'Subject' begins with 'undefined'", { subject: '={{ $json.customer + "的合同" }}' }],
		["'Subject' holds a character that the platform cannot store", { subject: '合同\ud83d' }],
		[
			"'Signers 1 → Name' holds an expression that was not evaluated",
			{ signers: rows(row({ name: '{{ $json.name }}' })) },
		],
		[
			"'Signers 1 → Name' is '#N/A', an error of the spreadsheet",
			{ signers: rows(row({ name: '#N/A' })) },
		],
	])('%s', async (says, parameters) => {
		const { message } = await refusal([await pdfItem()], parameters);
		expect(message).toContain(says);
	});

	it.each<[string, string]>([
		['=?UTF-8?B?5ZCI5ZCM?=.pdf', '合同'],
		['谁签?甲方合同.pdf', '谁签_甲方合同'],
		['C:\\fakepath\\合同.pdf', '合同'],
		['/srv/files/合同.pdf', '合同'],
		['https://x.example/a/%E5%90%88%E5%90%8C.pdf?token=a/b', '合同'],
		['download.do?id=3', 'download'],
		['download?name=a', 'download'],
		['张三%2F李四.pdf', '张三_李四'],
	])('a file that is called %j', async (name, subject) => {
		const { error } = await send([await fileItem(pdf, name, 'application/pdf')]);
		expect(error).toBeUndefined();
		expect(draft().subject).toBe(subject);
	});

	it('but no file whose number of pages stands somewhere else', async () => {
		const text = Buffer.from(await (await PDFDocument.load(pdf)).save({ useObjectStreams: false }))
			.toString('latin1')
			.replace(/\/Count 2/, '/Count 1 0 R');
		const input = [await fileItem(Buffer.from(text, 'latin1'), 'a.pdf', 'application/pdf')];
		const signers = rows(row({}, { pageConfig: '2', x: 1, y: 1 }));
		await send(input, { signers });
		expect(sent('/document/file')).toHaveLength(1);
	});
});

describe('rows as JSON', () => {
	it.each([
		`\ufeff[{"name":"李四","contact":"13900139000"}]`,
		`[{"name":"李四","contact":"13900139000","company":null,"positions":null}]`,
	])('are understood: %j', async (rowsJson) => {
		const { error } = await send([await pdfItem()], { signersInput: 'rows', rowsJson });
		expect(error).toBeUndefined();
		expect(receiverOf()).toEqual(lisi);
	});

	it('are refused with the place of a blank of another kind', async () => {
		const rowsJson = `[\u00a0{"name":"李四"}]`;
		const { description } = await refusal([await pdfItem()], { signersInput: 'rows', rowsJson });
		expect(description).toContain('Look at line 1, column 2.');
	});
});

describe('what nobody sees in a text', () => {
	it('is taken out of names, subjects and IDs', async () => {
		const contractId = await contract({ subject: '\ufeff服务\u200b合同\u00a0' });
		expect(draft().subject).toBe('服务合同');
		const { error } = await act('contract', 'recall', { contractId: `\u200b${contractId}\u200e ` });
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/recall')[0])).toEqual({ contractId });
	});

	it('is taken out of the name of a signer', async () => {
		const signers = rows(row({ name: '\u202a李\u200d四\u202c' }));
		const { error } = await send([await pdfItem()], { signers });
		expect(error).toBeUndefined();
		expect(receiverOf()).toEqual(lisi);
	});
});

describe('a text that an expression did not find', () => {
	it.each([
		['={{ "合同-" + $json.customer }}', 'undefined'],
		['合同null', 'null'],
		['={{ "合同 " + null }}', 'null'],
		['={{ "第" + Number("x") }}', 'NaN'],
		['={{ "合同 " + {} }}', '[object Object]'],
		['undefined', 'undefined'],
		['null', 'null'],
	])('is refused: %s', async (subject, ending) => {
		const found = await refusal([await pdfItem()], { subject });
		expect(found.message).toBe(`'Subject' ends in '${ending}'`);
		expect(found.description).toContain('An expression in it found no value');
	});

	it.each<[string, IDataObject]>([
		["'Signers 1 → Name'", { signers: rows(row({ name: 'undefined' })) }],
		["'Signers 1 → Company'", { signers: rows(row({ company: '公司 null' })) }],
		["'Contract Number'", { options: { sn: 'HT-undefined' } }],
		["'Sender Name'", { operatorName: 'null' }],
	])('is refused in %s', async (label, parameters) => {
		const { message } = await refusal([await pdfItem()], parameters);
		expect(message).toMatch(
			new RegExp(`^${label.replace(/[()]/g, '.')} ends in '(undefined|null)'$`),
		);
	});

	it('but may be a part of a word', async () => {
		const { error } = await send([await pdfItem()], { subject: 'Agreement of Annullnull' });
		expect(error).toBeUndefined();
	});

	it('is refused where nothing is left of it, and the message says where to look', async () => {
		const { message, description } = await refused('contract', 'recall', {
			contractId: '={{ $json.contractId }}',
		});
		expect(message).toBe("'Contract ID' is empty for this item");
		expect(description).toBe(
			'Fill it in. If it holds an expression, the expression gave nothing: look at the input on the left.',
		);
	});
});

describe('a text in the wrong character set', () => {
	const lost = Buffer.from('b7feceb1bacfcdac', 'hex').toString('utf8');

	it.each<[string, IDataObject]>([
		["'Subject'", { subject: lost }],
		["'Signers 1 → Name'", { signers: rows(row({ name: `李${'\ufffd'}` })) }],
		["'Signers 1 → Company'", { signers: rows(row({ company: lost })) }],
		[
			"'Signers 1 → Positions 1 → Keyword'",
			{
				signers: rows(row({}, { signPositionType: 'KEYWORD', keyword: lost })),
			},
		],
	])('is refused in %s', async (label, parameters) => {
		const { message, description } = await refusal([await pdfItem()], parameters);
		expect(message).toBe(`${label} holds characters that were lost`);
		expect(description).toContain('Read the file again in its own, often GBK.');
	});
});
