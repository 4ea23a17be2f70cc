/** Texts as spreadsheets, forms and keyboards deliver them: put right where that is certain, else refused. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { refusing, row, rows, sending } from './sendFiles.support.mjs';
import { bodyOf, lisi, pdfItem, stage, wangwu } from './support.mjs';

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
	])('is sent as it is meant: %j', async (contact) => {
		const signers = rows(row({ name: '王五', contact }));
		const { error } = await send([await pdfItem()], { signers });
		expect(error).toBeUndefined();
		expect(receiverOf()).toEqual(wangwu);
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
