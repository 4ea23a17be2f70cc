/** What is refused before anything is sent, besides rows and files: the message names the parameter. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { itemWith, refusing, row, rows, sending, three } from './sendFiles.support.mjs';
import { pdf, pdfItem, stage } from './support.mjs';

const setting = await stage();
const { sandbox, upload } = setting;
const send = sending(setting);
const refusal = refusing(setting);

describe('a parameter', () => {
	it.each<[IDataObject, string]>([
		[{ operatorName: '={{ "" }}' }, "'Sender Name' is empty for this item"],
		[{ operatorName: '张'.repeat(51) }, "'Sender Name' is longer than 50 characters"],
		[{ operatorContact: '123' }, "'Sender Phone or Email' is neither a mobile number"],
		[
			{ signReId: { __rl: true, mode: 'id', value: '={{ "" }}' } },
			"'Business Line' is empty for this item",
		],
		[
			{ signReId: { __rl: true, mode: 'id', value: 'x'.repeat(65) } },
			"'Business Line' is longer than 64 characters",
		],
		[{ subject: '合'.repeat(111) }, "'Subject' has 111 characters, more than 110"],
		[{ subject: '合同😀' }, "'Subject' holds a character that the platform cannot store"],
		[{ subject: '两\n行' }, "'Subject' holds a line break"],
	])('%j', async (parameters, expected) => {
		const { message } = await refusal([await pdfItem()], parameters);
		expect(message).toContain(expected);
	});

	it.each<[IDataObject, string]>([
		[{ signOrderType: 'RANDOM' }, "'Signing Order' is neither ORDER nor NO_ORDER"],
		[{ send: '2' }, "'Mode' is neither 1 nor 0"],
		[{ expireDate: '2001-01-01' }, "'Signing Deadline' is in the past"],
		[{ expireDate: 'soon' }, "'Signing Deadline' is not a date"],
		[{ linkType: 'fax' }, "'Link Type' is neither h5 nor pc"],
		[{ callbackPage: 'here' }, "'Return Page' is not a web address"],
		[{ sn: 'x'.repeat(201) }, "'Contract Number' is longer than 200 characters"],
		[{ enterpriseName: '某'.repeat(201) }, "'Sender Company' is longer than 200 characters"],
		[{ operatorAccount: 'x'.repeat(65) }, "'Operator Account' is longer than 64 characters"],
		[
			{ signTemplateParamList: { value: [{ templateId: '1' }] } },
			"'Template Values 1 → Field' is empty for this item",
		],
		[
			{ signTemplateParamList: { value: [{ paramKey: 'a', paramValue: 'x'.repeat(201) }] } },
			"'Template Values 1 → Value' is longer than 200 characters",
		],
		[
			{ signTemplateParamList: { value: [{ paramKey: 'a', paramValue: '😀' }] } },
			"'Template Values 1 → Value' holds a character that the platform cannot store",
		],
		[{ contractId: 'x'.repeat(65) }, "'Started Contract ID' is longer than 64"],
	])('under Options: %j', async (options, expected) => {
		const { message } = await refusal([await pdfItem()], { options });
		expect(message).toContain(expected);
	});

	it('that the subject of a draft may be longer, but not as long as this', async () => {
		const options = { send: '0' };
		const { message } = await refusal([await pdfItem()], { subject: '合'.repeat(201), options });
		expect(message).toBe("'Subject' has 201 characters, more than 200");
		const { error } = await send([await pdfItem()], { subject: '合'.repeat(200), options });
		expect(error).toBeUndefined();
	});

	it('that is made of the name of the first file: too long a name is too long a subject', async () => {
		const input = [await itemWith({ data: [pdf, `${'合'.repeat(111)}.pdf`] })];
		const { message, description } = await refusal(input);
		expect(message).toBe(
			"'Subject' is empty, so the first file's name is taken, which has 111 characters, more than 110",
		);
		expect(description).toContain('Nothing was sent.');
		expect(description).toContain('Enter a subject.');
	});
});

describe('files that are named twice', () => {
	it('by both parameters', async () => {
		const { message } = await refusal([await pdfItem()], {
			binaryPropertyNames: '*',
			options: { annexBinaryPropertyNames: '*' },
		});
		expect(message).toBe(
			"'Input Data Field Names' and 'Attachment Field Names' both take all binary fields",
		);
	});

	it('as attachments, with their own parameter', async () => {
		const options = { annexBinaryPropertyNames: 'price' };
		const binaryPropertyNames = 'data';
		const missing = await refusal([await pdfItem()], { binaryPropertyNames, options });
		expect(missing.message).toBe(
			"'Attachment Field Names' names the binary field 'price', which the item does not have",
		);
		expect(missing.description).toBe("The item has: 'data'.");
		const input = [await itemWith({ data: [pdf, 'a.pdf'], price: [Buffer.from('MZ'), 'p.exe'] })];
		const wrong = await refusal(input, { options });
		expect(wrong.message).toContain("The file in 'Attachment Field Names' (price)");
	});

	it('nowhere: there is no file to send', async () => {
		const { message } = await refusal([{ json: {} }], { binaryPropertyNames: '*' });
		expect(message).toBe('There is no file to send');
	});
});

describe('IDs of an earlier run', () => {
	it('that are more than there are files', async () => {
		const { message } = await refusal([await pdfItem()], {
			binaryPropertyNames: 'data',
			options: { signDocumentList: 'doc-1,doc-2' },
		});
		expect(message).toBe("'Uploaded Document IDs' holds 2 IDs, more than there are files (1)");
	});

	it.each([
		[{ signDocumentList: 'doc-1' }, 'Uploaded Document IDs'],
		[{ annexList: 'annex-1' }, 'Uploaded Attachment IDs'],
		[{ contractId: 'contract-1' }, 'Started Contract ID'],
	])('%j for several items at once', async (options, label) => {
		const { message, description } = await refusal([await pdfItem(), await pdfItem()], {
			options: { ...options, annexBinaryPropertyNames: 'data' },
		});
		expect(message).toContain(`'${label}' gives items 0 and 1 the same ID`);
		expect(description).toContain('Run that item alone');
	});

	it('may come item by item from an expression', async () => {
		const ids = [await upload(), await upload()];
		const input = ids.map((id) => ({ json: { id } }));
		const { items, error } = await send(input, {
			options: { signDocumentList: '={{ $json.id }}' },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.documents)).toEqual(ids.map((docId) => [{ docId }]));
	});
});

it('an item that is refused lets the others through with Continue', async () => {
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
	expect(items.map(({ json }) => [json.status, json.error])).toEqual([
		['SIGNING', undefined],
		[undefined, { message: expect.stringContaining('[Item 1]'), hint: expect.any(String) }],
		[undefined, { message: expect.stringContaining('[Item 2]'), hint: expect.any(String) }],
	]);
	expect(sandbox.control.contracts()).toHaveLength(1);
});
