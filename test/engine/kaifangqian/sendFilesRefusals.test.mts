/** What is refused before anything is sent: each message names the parameter, and the item or the row. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { fileItem } from '../engine.mjs';
import { pdf, pdfItem, stage, wangwu } from './support.mjs';
import { itemWith, row, rows, sending, three } from './sendFiles.support.mjs';

const setting = await stage();
const { sandbox, sent } = setting;
const send = sending(setting);

const refusal = async (...call: Parameters<typeof send>) => {
	const { items, error } = await send(...call);
	expect(items).toEqual([]);
	expect(sent()).toEqual([]);
	expect(sandbox.control.contracts()).toEqual([]);
	return { message: error?.message, description: error?.description };
};

const withRows = async (...signer: IDataObject[]) =>
	await refusal([await pdfItem()], { signers: rows(...signer) });

describe('a row of the signers', () => {
	it.each([
		'1380013800',
		'138001380000',
		'12800138000',
		'+8613800138000',
		'138 0013 8000',
		'02088888888',
		'name@',
		'@example.com',
		'a b@example.com',
		'name@example',
		'张三',
		'13800138000,13900139000',
	])('with the contact %j', async (contact) => {
		const { message, description } = await withRows(row(), row({ contact }));
		expect(message).toBe(
			"'Signers 2 → Phone or Email' is neither a mobile number nor an e-mail address",
		);
		expect(description).toContain('11 digits');
	});

	it.each<[IDataObject, string]>([
		[{ contact: '' }, "'Signers 2 → Phone or Email' is empty"],
		[{ contact: ['13900139000'] }, "'Signers 2 → Phone or Email' is not a text"],
		[{ name: ' ' }, "'Signers 2 → Name' is empty"],
		[{ name: '', company: '乙方公司' }, "'Signers 2 → Name' is empty"],
		[
			{ name: '', contact: '', side: 'sender', nodeType: 'ENTERPRISE_SEAL' },
			"'Signers 2 → Name' is empty",
		],
		[
			{ contact: 'x', side: 'sender', nodeType: 'AUTO_SIGN' },
			"'Signers 2 → Phone or Email' is neither a mobile number nor an e-mail address",
		],
		[
			{ nodeType: 'AUTO_SIGN' },
			"'Signers 2 → Company' is empty although 'Signers 2 → Company Signs With' is set",
		],
		[
			{ nodeType: 'LEGAL_PERSON_SIGN', company: ' ' },
			"'Signers 2 → Company' is empty although 'Signers 2 → Company Signs With' is set",
		],
		[
			{ nodeType: 'APPROVER_CHECK', company: '乙方公司' },
			"'Signers 2 → Company Signs With' has an unknown value",
		],
		[{ side: 'left' }, "'Signers 2 → Side' is neither receiver nor sender"],
		[{ signPositionType: 'SOMEWHERE' }, "'Signers 2 → Where to Sign' has an unknown value"],
		[{ signPositionType: 'KEYWORD' }, "'Signers 2 → Keyword' is empty"],
		[
			{ signPositionType: 'KEYWORD', keyword: '甲', keywordType: '2' },
			"'Signers 2 → Which Keyword' is not one of 0, 1, -1",
		],
		[
			{ signPositionType: 'KEYWORD', keyword: '甲', offsetX: '0.5' },
			"'Signers 2 → Horizontal Place' is not a whole number",
		],
		[{ pageConfig: 'last' }, "'Signers 2 → Pages' is not a list of pages"],
		[{ pageConfig: '0' }, "'Signers 2 → Pages' is not a list of pages"],
		[{ offsetX: '1.01' }, "'Signers 2 → Horizontal Place' is not between 0 and 1"],
		[{ offsetY: '62%' }, "'Signers 2 → Vertical Place' is not a number"],
		[{ files: '2' }, "'Signers 2 → Files' names a file that is not there"],
		[{ files: '0' }, "'Signers 2 → Files' names a file that is not there"],
		[{ files: 'a.pdf' }, "'Signers 2 → Files' names a file that is not there"],
	])('with %j', async (more, expected) => {
		const { message, description } = await withRows(row(), row(more));
		expect(message).toBe(expected);
		expect(description).toBeTruthy();
	});

	it('of a company between which another signer stands', async () => {
		const { message, description } = await withRows(
			row({ company: '乙方公司' }),
			row(wangwu),
			row({ company: '乙方公司' }),
		);
		expect(message).toBe(
			"'Signers': rows 1 and 3 are of one company, with another signer between them",
		);
		expect(description).toContain('one below the other');
	});

	it('that names another company of the own side', async () => {
		const { message } = await withRows(
			row({ side: 'sender', company: '甲' }),
			row({ side: 'sender' }),
			row({ side: 'sender', company: '乙' }),
		);
		expect(message).toBe("'Signers': rows 1 and 3 name two companies of your own side");
	});

	it('for which the page has no place left', async () => {
		const many = Array.from({ length: 19 }, (_, index) =>
			row({ contact: `139001390${String(index).padStart(2, '0')}` }),
		);
		const { message } = await withRows(...many);
		expect(message).toBe(
			"'Signers 19 → Horizontal Place' and 'Signers 19 → Vertical Place' are empty, and the page is full",
		);
	});

	it('that is missing altogether, or is none', async () => {
		expect((await refusal([await pdfItem()], { signers: {} })).message).toBe("'Signers' is empty");
		const json = async (signersJson: string) =>
			(await refusal([await pdfItem()], { signersInput: 'json', signersJson })).message;
		expect(await json('[]')).toBe("'Signers (JSON)' is empty");
		expect(await json('')).toBe("'Signers (JSON)' is empty");
		expect(await json('{"name":"张三"}')).toBe("'Signers (JSON)' is not a list of rows");
		expect(await json('[["张三"]]')).toBe("'Signers (JSON)' is not a list of rows");
		expect(await json('[null]')).toBe("'Signers (JSON)' is not a list of rows");
		expect(await json('[{"name":"张三"')).toContain("'Signers (JSON)'");
		expect(await json('[{"name":"张三","contact":1}]')).toContain('Phone or Email');
	});
});

describe('a file', () => {
	it('that the item does not have', async () => {
		const { message, description } = await refusal([{ json: {} }]);
		expect(message).toBe(
			"'Input Data Field Names' names the binary field 'data', which the item does not have",
		);
		expect(description).toContain('Check the node');
	});

	it('that one of several items does not have, when all make one contract', async () => {
		const { message } = await refusal([await pdfItem(), { json: {} }], { contracts: 'allItems' });
		expect(message).toBe(
			"'Input Data Field Names' names the binary field 'data', which item 1 does not have",
		);
	});

	it('that is not there at all', async () => {
		for (const binaryPropertyNames of ['={{ "" }}', '*']) {
			const { message } = await refusal([{ json: {} }], { binaryPropertyNames });
			expect(message).toBe('There is no file to send');
		}
	});

	it.each<[string, Buffer, string, string]>([
		['empty', Buffer.alloc(0), 'b.pdf', 'is empty'],
		['of another kind', Buffer.from('<html>'), 'b.pdf', 'is named .pdf but contains'],
		['with a suffix that nobody takes', pdf, 'b.exe', "has the suffix '.exe'"],
	])(
		'the second of which is %s, before the first is uploaded',
		async (_, bytes, name, expected) => {
			const { message } = await refusal([await itemWith({ a: [pdf, 'a.pdf'], b: [bytes, name] })], {
				binaryPropertyNames: 'a,b',
			});
			expect(message).toContain("The file in 'Input Data Field Names' (b)");
			expect(message).toContain(expected);
		},
	);

	it('whose name is too long or that is too large', async () => {
		const long = await refusal([await fileItem(pdf, `${'长'.repeat(130)}.pdf`, 'application/pdf')]);
		expect(long.message).toContain('is longer than 128 characters');
		expect(long.description).toContain('in the node that delivers it');
		const large = Buffer.concat([pdf, Buffer.alloc(1024 * 1024)]);
		const { message } = await refusal([await fileItem(large, 'a.pdf', 'application/pdf')], {
			additionalFields: { sizeLimit: 1 },
		});
		expect(message).toContain('more than the limit of 1 MB');
	});

	it('that both parameters would take', async () => {
		const { message } = await refusal([await pdfItem()], {
			binaryPropertyNames: '*',
			additionalFields: { annexBinaryPropertyNames: '*' },
		});
		expect(message).toBe(
			"'Input Data Field Names' and 'Attachment Field Names' both take all binary fields",
		);
	});

	it('of the attachments, named with its own parameter', async () => {
		const additionalFields = { annexBinaryPropertyNames: 'price' };
		const missing = await refusal([await pdfItem()], { additionalFields });
		expect(missing.message).toBe(
			"'Attachment Field Names' names the binary field 'price', which the item does not have",
		);
		const input = [await itemWith({ data: [pdf, 'a.pdf'], price: [pdf, 'p.exe'] })];
		const wrong = await refusal(input, { additionalFields });
		expect(wrong.message).toContain("The file in 'Attachment Field Names' (price)");
	});
});

describe('another parameter', () => {
	it.each<[IDataObject, string]>([
		[{ operatorName: '={{ "" }}' }, "'Operator Name' is empty"],
		[{ operatorContact: '123' }, "'Operator Contact' is neither a mobile number"],
		[{ signReId: { __rl: true, mode: 'id', value: '={{ "" }}' } }, "'Business Line' is empty"],
		[{ signOrderType: 'RANDOM' }, "'Signing Order' is neither ORDER nor NO_ORDER"],
		[{ send: '2' }, "'Send Now' is neither 1 nor 0"],
		[{ additionalFields: { expireDate: '2001-01-01' } }, "'Signing Deadline' is in the past"],
		[{ additionalFields: { expireDate: 'soon' } }, "'Signing Deadline' is not a date"],
		[{ additionalFields: { linkType: 'fax' } }, "'Link Type' is neither h5 nor pc"],
		[{ additionalFields: { callbackPage: 'here' } }, "'Return Page' is not a web address"],
		[
			{ additionalFields: { signTemplateParamList: { value: [{ paramKey: 'a' }] } } },
			"'Template Values 1 → Template ID' is empty",
		],
		[
			{ additionalFields: { signDocumentList: 'doc-1,doc-2' } },
			"'Uploaded Document IDs' holds 2 IDs, more than there are files (1)",
		],
		[
			{ additionalFields: { contractId: 'x'.repeat(65) } },
			"'Started Contract ID' is longer than 64",
		],
	])('%j', async (parameters, expected) => {
		const { message } = await refusal([await pdfItem()], parameters);
		expect(message).toContain(expected);
	});

	it.each([
		[{ signDocumentList: 'doc-1' }, 'Uploaded Document IDs'],
		[{ annexList: 'annex-1' }, 'Uploaded Attachment IDs'],
		[{ contractId: 'contract-1' }, 'Started Contract ID'],
	])('%j for several items at once', async (additionalFields, label) => {
		const { message, description } = await refusal([await pdfItem(), await pdfItem()], {
			additionalFields: { ...additionalFields, annexBinaryPropertyNames: 'data' },
		});
		expect(message).toContain(`'${label}' gives items 0 and 1 the same ID`);
		expect(description).toContain('Run that item alone');
	});

	it('is taken item by item by an expression', async () => {
		const ids = [await setting.upload(), await setting.upload()];
		const input = ids.map((id) => ({ json: { id } }));
		const { items, error } = await send(input, {
			additionalFields: { signDocumentList: '={{ $json.id }}' },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.documents)).toEqual(ids.map((docId) => [{ docId }]));
	});

	it('lets the other items through with Continue', async () => {
		const input = [
			await pdfItem({ at: '13900139000' }),
			await pdfItem({ at: 'nobody' }),
			await three(),
		];
		const { items } = await send(
			input,
			{ signers: rows(row({ contact: '={{ $json.at ?? "wangwu@example.com" }}' })) },
			{ continueOnFail: true },
		);
		expect(items.map(({ json }) => [json.contractStatus, json.error])).toEqual([
			['SIGNING', undefined],
			[undefined, expect.stringContaining('[Item 1]')],
			[undefined, expect.stringContaining('[Item 2]')],
		]);
		expect(sandbox.control.contracts()).toHaveLength(1);
	});
});
