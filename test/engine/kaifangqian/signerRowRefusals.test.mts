/** Rows that are refused before anything is sent: each message names the row and its field. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { refusing, row, rows, sending, three } from './sendFiles.support.mjs';
import { lisi, pdfItem, stage, wangwu } from './support.mjs';

const setting = await stage();
const { sandbox } = setting;
const refusal = refusing(setting);
const send = sending(setting);

const withRows = async (...signer: IDataObject[]) =>
	await refusal([await pdfItem()], { signers: rows(...signer) });
/** The second of two rows. */
const withRow = async (details: IDataObject, ...positions: IDataObject[]) =>
	await withRows(row(), row(details, ...positions));

const own = { side: 'sender' };
const ownSeal = { ...own, nodeType: 'AUTO_SIGN', name: '', contact: '', sealId: '1' };

describe('a row', () => {
	it.each([
		'1380013800',
		'138001380000',
		'12800138000',
		'+85213800138000',
		'02088888888',
		'name@',
		'@example.com',
		'name@example',
		'张三',
		'13800138000,13900139000',
	])('with the contact %j', async (contact) => {
		const { message, description } = await withRow({ contact });
		expect(message).toBe(
			"'Signers 2 → Phone or Email' is neither a mobile number nor an email address",
		);
		expect(description).toContain('11 digits');
	});

	const who = "'Signers 2 → ";

	it.each<[IDataObject, string]>([
		[{ contact: '' }, "Phone or Email' is empty for this item"],
		[{ contact: ['13900139000'] }, "Phone or Email' is not a text"],
		[{ name: ' ' }, "Name' is empty for this item"],
		[{ name: '', company: '乙方公司' }, "Name' is empty for this item"],
		[
			{ name: '', contact: '', ...own, nodeType: 'ENTERPRISE_SEAL' },
			"Name' is empty for this item",
		],
		[{ name: '李'.repeat(51) }, "Name' is longer than 50 characters"],
		[{ name: '李'.repeat(21), company: '乙方公司' }, "Name' is longer than 20 characters"],
		[{ name: '李😀' }, "Name' holds a character that the platform cannot store"],
		[{ ...ownSeal, contact: 'x' }, "Name' is empty for this item"],
		[{ ...ownSeal, name: '张三', contact: 'x' }, "Phone or Email' is neither a mobile number"],
		[
			{ nodeType: 'AUTO_SIGN' },
			"Company' is empty although 'Signers 2 → Company Signs With' is set",
		],
		[
			{ nodeType: 'LEGAL_PERSON_SIGN', company: ' ' },
			"Company' is empty although 'Signers 2 → Company Signs With' is set",
		],
		[
			{ nodeType: 'APPROVER_CHECK', company: '乙方公司' },
			"Company Signs With' is APPROVER_CHECK under RECEIVER_ENT",
		],
		[
			{ nodeType: 'AUTO_SIGN', company: '乙方公司' },
			"Company Signs With' is set for another company than your own",
		],
		[{ nodeType: 'SEAL', company: '乙方公司' }, "Company Signs With' is not one of"],
		[{ side: 'left' }, "Side' has the unknown value 'left'"],
		[{ ...ownSeal, sealId: '' }, "Seal ID' is missing"],
		[{ ...own, nodeType: 'ENTERPRISE_SEAL' }, "Seal ID' is missing"],
		[{ sealId: '1', company: '乙方公司' }, "Seal ID' is set for another side than your own"],
		[{ sealId: '1' }, "Seal ID' is set for another side than your own"],
		[{ order: 128 }, "Order' is out of range"],
		[{ order: '-1' }, "Order' is out of range"],
		[{ order: '1.5' }, "Order' is not a whole number"],
		[{ order: 'first' }, "Order' is not a number"],
		[{ verifyType: 'SMS' }, "Intent Verification' is not one of"],
		[{ personalSignAuth: 'yes' }, "Real-Name Check' is not one of"],
		[{ sealType: 'PEN' }, "Signature Type' is not one of"],
		[{ agreeSkipWillingness: 'perhaps' }, "Skip Intent Verification' is neither true nor false"],
	])('with %j', async (details, expected) => {
		const { message, description } = await withRow(details);
		expect(message).toContain(who + expected);
		expect(description).toBeTruthy();
	});

	it('that seals automatically with a date, or with nothing but a date', async () => {
		const both = await withRow(ownSeal, {}, { controlType: 'SIGN_DATE' });
		expect(both.message).toBe(
			`${who}Positions' holds a signing date beside a seal that is set automatically`,
		);
		const date = await withRow(ownSeal, { controlType: 'SIGN_DATE' });
		expect(date.message).toBe(`${who}Positions' holds no place for the seal`);
		const none = await withRow(ownSeal, { signPositionType: 'NONE' });
		expect(none.message).toBe(`${who}Positions' holds no place for the seal`);
	});
});

describe('a position', () => {
	const where = "'Signers 2 → Positions 2 → ";
	const keyword = { signPositionType: 'KEYWORD', keyword: '甲' };

	it.each<[IDataObject, string]>([
		[{ signPositionType: 'SOMEWHERE' }, "Positioned By' has an unknown value"],
		[{ ...keyword, keyword: ' ' }, "Keyword' is empty for this item"],
		[{ ...keyword, keyword: '甲 方' }, "Keyword' holds a blank or one of"],
		[{ ...keyword, keyword: '甲'.repeat(65) }, "Keyword' is longer than 64 characters"],
		[{ ...keyword, keywordType: '2' }, "If Found Several Times' is not one of 0, 1, -1"],
		[{ ...keyword, xOffset: '0.5' }, "X Offset' is not a whole number"],
		[{ ...keyword, yOffset: '5pt' }, "Y Offset' is not a number"],
		[{ pageConfig: 'last' }, "Pages' is not a list of pages"],
		[{ pageConfig: '0' }, "Pages' is not a list of pages"],
		[{ pageConfig: '3-1' }, "Pages' holds the falling range 3-1"],
		[{ pageConfig: 'EVEN_NUMBER' }, "Pages' is EVEN_NUMBER, which the platform swaps"],
		[{ pageConfig: 'ODD_NUMBER' }, "Pages' is ODD_NUMBER, which the platform swaps"],
		[{ x: '101' }, "X Position (%)' is out of range"],
		[{ y: '-1' }, "Y Position (%)' is out of range"],
		[{ y: '62%' }, "Y Position (%)' is not a number"],
		[{ controlType: 'SEAL' }, "Field Type' is SEAL where no company seal is used"],
		[{ controlType: 'CHOP_STAMP' }, "Field Type' is CHOP_STAMP where no company seal is used"],
		[{ controlType: 'TEXT' }, "Field Type' is not one of"],
		[{ controlType: 'SIGN_DATE', signDateFormat: 'ISO' }, "Date Format' is not one of"],
		[{ controlWidth: 9 }, "Width' is not between 10 and 120"],
		[{ controlHeight: '121' }, "Height' is not between 10 and 120"],
		[{ files: '2' }, "Files' names a file that is not there"],
		[{ files: '0' }, "Files' names a file that is not there"],
		[{ files: 'a.pdf' }, "Files' names a file that is not there"],
	])('with %j', async (position, expected) => {
		const { message, description } = await withRow({}, {}, position);
		expect(message).toContain(where + expected);
		expect(description).toBeTruthy();
	});

	it.each([
		[0.5, '50'],
		['0.62', '62'],
		['0.005', '0.5'],
		['={{ 0.81 }}', '81'],
	])('that looks like a part of 1 instead of per cent: %s', async (value, perCent) => {
		for (const [name, label] of [
			['x', 'X Position (%)'],
			['y', 'Y Position (%)'],
		]) {
			const { message, description } = await withRow({}, {}, { x: 1, y: 1, [name]: value });
			const plain = String(value).replace(/[={} ]/g, '');
			expect(message).toBe(`${where}${label}' is ${plain}, which is less than one per cent`);
			expect(description).toContain(`${perCent} instead of ${plain}`);
		}
	});

	it.each([
		['甲方 (签名盖章)', '签名盖章'],
		['乙方签字:', '乙方签字'],
		['2.Sign here', 'Sign'],
	])('with a keyword that would never be found, and what would be: %j', async (text, piece) => {
		const { description } = await withRow({}, {}, { ...keyword, keyword: text });
		expect(description).toBe(`It would never be found. Enter one piece, such as ${piece}.`);
	});
});

describe('a keyword beside several files', () => {
	const at = (more: IDataObject) =>
		rows(row({}, { signPositionType: 'KEYWORD', keyword: 'Contract', ...more }));

	it('has to name those that hold it: the platform wants it in every one', async () => {
		const given = { binaryPropertyNames: '*', signers: at({}) };
		const { message, description } = await refusal([await three()], given);
		expect(message).toBe(
			"'Signers 1 → Positions 1 → Files' is empty beside a keyword, and there are 3 files",
		);
		expect(description).toContain('Enter the numbers of the files that hold it.');
	});

	it.each(['1', '1,2,3'])('is taken with their numbers: %s', async (files) => {
		const given = { binaryPropertyNames: '*', signers: at({ files }) };
		expect((await send([await three()], given)).error).toBeUndefined();
	});
});

describe('rows that do not fit together', () => {
	it('are those of a company between which another signer stands', async () => {
		const company = row({ company: '乙方公司' });
		const { message, description } = await withRows(company, row(wangwu), company);
		expect(message).toBe(
			"'Signers': rows 1 and 3 are of one company, with another signer between them",
		);
		expect(description).toContain('one below the other');
	});

	it('are those that name two companies of the own side', async () => {
		const seal = { ...own, sealId: sandbox.sealId };
		const { message } = await withRows(
			row({ ...seal, company: '甲' }),
			row(seal),
			row({ ...seal, company: '乙' }),
		);
		expect(message).toBe("'Signers': rows 1 and 3 name two companies of your own side");
	});

	it('are those of one company with two orders', async () => {
		const { message, description } = await withRows(
			row({ company: '乙方公司', order: 2 }),
			row({ company: '乙方公司', order: 3 }),
		);
		expect(message).toBe("'Signers': rows 1 and 2 are of one company and have two orders");
		expect(description).toContain('Leave the order of its further rows empty.');
	});

	it('are more than the page has places for', async () => {
		const many = Array.from({ length: 19 }, (_, index) =>
			row({ contact: `139001390${String(index).padStart(2, '0')}` }),
		);
		const { message } = await withRows(...many);
		expect(message).toBe("'Signers 19 → Positions' is empty, and the page is full");
		const listed = await withRows(...many.slice(0, 18), row({}, { pageConfig: '2' }));
		expect(listed.message).toBe(
			"'Signers 19 → Positions 1 → X Position (%)' and 'Signers 19 → Positions 1 → Y Position (%)' are empty, and the page is full",
		);
	});

	it('are none', async () => {
		const untouched = { signer: [{ name: '', contact: '', details: {} }] };
		for (const signers of [{}, untouched])
			expect((await refusal([await pdfItem()], { signers })).message).toBe("'Signers' is empty");
	});
});

describe('rows as JSON', () => {
	const json = async (rowsJson: string) =>
		await refusal([await pdfItem()], { signersInput: 'rows', rowsJson });
	const listed = async (...list: unknown[]) => await json(JSON.stringify(list));
	const person = { name: lisi.name, contact: lisi.contact };

	it.each([
		['[]', "'Signers (JSON)' is empty"],
		['', "'Signers (JSON)' is empty"],
		['{"name":"张三"}', "'Signers (JSON)' is not a list of rows"],
		['[["张三"]]', "'Signers (JSON)' is not a list of rows"],
		['[null]', "'Signers (JSON)' is not a list of rows"],
		['[{"name":"张三"', "'Signers (JSON)' is not valid JSON"],
		['[{"__proto__":1}]', "'Signers (JSON)' holds the key '[0].__proto__', which is not allowed"],
		['[{"contact":13900139000}]', "'Signers (JSON) 1 → name' is empty for this item"],
		['[{"name":"张三","contact":1}]', "'Signers (JSON) 1 → contact' is neither a mobile number"],
	])('that hold no signer: %s', async (text, expected) => {
		expect((await json(text)).message).toContain(expected);
	});

	it.each([
		['Name', 'name'],
		['NAME', 'name'],
		['seal_id', 'sealId'],
		['page', 'pageConfig'],
		['position', 'positions'],
		['companyName', 'company'],
		['signerName', 'name'],
		['phoneContact', 'contact'],
	])('with the unknown field %s, which is perhaps %s', async (field, meant) => {
		const { message, description } = await listed(person, { ...person, [field]: 'x' });
		expect(message).toBe(`'Signers (JSON)': row 2 has the unknown field '${field}'`);
		expect(description).toContain(`Perhaps '${meant}' is meant. Known fields: name, contact, `);
	});

	it.each(['contactType', 'details', '姓名', 'docIds', 'offsetX'])(
		'with the unknown field %s',
		async (field) => {
			const { message, description } = await listed({ ...person, [field]: 'x' });
			expect(message).toBe(`'Signers (JSON)': row 1 has the unknown field '${field}'`);
			expect(description).toContain('Known fields: name, contact, ');
		},
	);

	it('with an unknown field in a position', async () => {
		const { message } = await listed({ ...person, positions: [{ x: 1, y: 1 }, { keyWord: '甲' }] });
		expect(message).toBe("'Signers (JSON)': row 1, position 2 has the unknown field 'keyWord'");
	});

	it.each<[unknown]>([[{ x: 1 }], ['1'], [[1]]])(
		'with positions that are no list: %j',
		async (positions) => {
			const { message } = await listed({ ...person, positions });
			expect(message).toBe("'Signers (JSON)': row 1: positions is not a list");
		},
	);

	it.each<[IDataObject, string]>([
		[{ x: 0.62, y: 0.81 }, "x' is 0.62, which is less than one per cent"],
		[{ keyword: '甲 方' }, "keyword' holds a blank"],
		[{ positions: [{ y: 101 }] }, "positions 1 → y' is out of range"],
		[{ company: '乙', nodeType: 'AUTO_SIGN' }, "nodeType' is set for another company"],
		[{ order: 128 }, "order' is out of range"],
	])('are checked like fields, and called by their own names: %j', async (more, expected) => {
		const { message } = await listed(person, { ...person, ...more });
		expect(message).toContain(`'Signers (JSON) 2 → ${expected}`);
	});
});
