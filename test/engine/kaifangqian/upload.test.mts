import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fileItem, memoryFileItem } from '../engine.mjs';
import { bodyOf, pdf, pdfItem, stage } from './support.mjs';

const { sandbox, act, sent } = await stage();

const upload = async (
	input: INodeExecutionData[],
	parameters: IDataObject = {},
	resource = 'document',
) => await act(resource, 'upload', parameters, { input });

const filled = (size: number) => {
	const bytes = Buffer.alloc(size, 0x5a);
	bytes.write('%PDF-1.7');
	for (let at = 12; at < size; at += 7) bytes[at] = at % 256;
	return bytes;
};

const pdfOfSize = async (size: number) => await fileItem(filled(size), 'a.pdf', 'application/pdf');
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('an upload', () => {
	it('sends the whole file as Base64 in one line, with its name and suffix', async () => {
		const { items, error } = await upload([await pdfItem()], {
			additionalFields: { operatorAccount: 'your-account-001' },
		});
		expect(error).toBeUndefined();
		const [request] = sent('/document/file');
		expect(bodyOf(request)).toEqual({
			file: pdf.toString('base64'),
			fileName: '服务合同.pdf',
			fileSuffix: '.pdf',
			operatorAccount: 'your-account-001',
		});
		expect(request.unknownFields).toEqual([]);
		expect(Number(request.headers['content-length'])).toBe((request.rawBody as Buffer).length);
		expect(items).toEqual([
			{
				json: { docId: expect.any(String), fileName: '服务合同.pdf' },
				pairedItem: { item: 0 },
			},
		]);
		expect(sandbox.control.documentBytes(items[0].json.docId as string)).toEqual(pdf);
	});

	it('takes a file that n8n holds in its binary storage, in memory, or both', async () => {
		const stored = await pdfItem();
		expect(stored.binary?.data.id).toMatch(/^filesystem/);
		const input = [stored, memoryFileItem(pdf, 'memory.pdf', 'application/pdf')];
		const { items, error } = await upload(input);
		expect(error).toBeUndefined();
		for (const { json } of items)
			expect(sandbox.control.documentBytes(json.docId as string)).toEqual(pdf);
	});

	it('finds the field by an expression, item by item', async () => {
		const first = await fileItem(filled(10), 'a.pdf', 'application/pdf', { field: 'left' }, 'left');
		const second = await fileItem(
			filled(20),
			'b.pdf',
			'application/pdf',
			{ field: 'right' },
			'right',
		);
		const { items, error } = await upload([first, second], {
			binaryPropertyName: '={{ $json.field }}',
		});
		expect(error).toBeUndefined();
		const sizes = items.map(
			({ json }) => sandbox.control.documentBytes(json.docId as string).length,
		);
		expect(sizes).toEqual([10, 20]);
	});

	it.each([7, 8, 9, 10, 65535, 65536, 65537, 131071, 131072, 131073, 200_000])(
		'delivers %i bytes unchanged',
		async (size) => {
			const { items, error } = await upload([await pdfOfSize(size)]);
			expect(error).toBeUndefined();
			const arrived = sandbox.control.documentBytes(items[0].json.docId as string);
			expect(digest(arrived)).toBe(digest(filled(size)));
		},
	);

	it.each([
		['one byte in front', `\n${pdf.toString('latin1')}`],
		['version 2', pdf.toString('latin1').replace(/^%PDF-1\.\d/, '%PDF-2.0')],
	])('shows the refusal of a PDF that the platform does not take: %s', async (_what, content) => {
		const bytes = Buffer.from(content, 'latin1');
		const { error } = await upload([await fileItem(bytes, 'a.pdf', 'application/pdf')]);
		expect(error?.message).toBe('不支持的文件类型');
		expect(error?.description).toContain('files to sign are PDF, version 1.x');
		expect(error?.context.outcomeUnknown).toBeUndefined();
	});

	it.each([1, 2, 3, 4])('refuses %i bytes, which are no PDF yet', async (size) => {
		const { error } = await upload([
			await fileItem(filled(9).subarray(0, size), 'a.pdf', 'application/pdf'),
		]);
		expect(error?.message).toContain('is named .pdf but contains');
		expect(sent()).toEqual([]);
	});

	it('is signed over the bytes that are sent, however large', async () => {
		sandbox.switches.strictSign = true;
		const { items, error } = await act(
			'document',
			'upload',
			{},
			{
				input: [await pdfOfSize(3_000_000)],
				credential: { secret: sandbox.developerPrivateKey },
			},
		);
		expect(error).toBeUndefined();
		expect(sandbox.control.documentBytes(items[0].json.docId as string)).toHaveLength(3_000_000);
	});

	it('may show another name', async () => {
		const { items } = await upload([await pdfItem()], {
			additionalFields: { fileName: '合同 终稿.pdf' },
		});
		expect(bodyOf(sent()[0])).toMatchObject({ fileName: '合同 终稿.pdf', fileSuffix: '.pdf' });
		expect(items[0].json.fileName).toBe('合同 终稿.pdf');
	});

	it('knows the suffix of a PDF from its type where the name has none', async () => {
		await upload([await fileItem(pdf, 'scan', 'application/pdf')]);
		expect(bodyOf(sent()[0])).toMatchObject({ fileName: 'scan.pdf', fileSuffix: '.pdf' });
	});

	it('takes a suffix in capitals', async () => {
		await upload([await fileItem(pdf, 'SCAN.PDF', 'application/pdf')]);
		expect(bodyOf(sent()[0])).toMatchObject({ fileName: 'SCAN.PDF', fileSuffix: '.pdf' });
	});

	it('shows the refusal where the installation converts no Office files', async () => {
		const docx = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from('word/')]);
		const { error } = await upload([await fileItem(docx, '合同.docx', 'application/zip')]);
		expect(error?.message).toBe('不支持的文件类型');
		expect(error?.description).toContain('only where the installation can convert them');
		sandbox.switches.officeConversion = true;
		expect(
			(await upload([await fileItem(docx, '合同.docx', 'application/zip')])).error,
		).toBeUndefined();
	});
});

describe('an attachment', () => {
	it.each<[string, Buffer, string]>([
		['报价.zip', Buffer.from('504b0506'.padEnd(44, '0'), 'hex'), '.zip'],
		['图.PNG', Buffer.from('89504e470d0a1a0a00', 'hex'), '.png'],
		['照片.jpeg', Buffer.from('ffd8ffe000', 'hex'), '.jpg'],
		['附件.rar', Buffer.from('526172211a0700', 'hex'), '.rar'],
		['附件.doc', Buffer.from('d0cf11e0a1b11ae100', 'hex'), '.doc'],
		['附件.wps', Buffer.from('d0cf11e0a1b11ae100', 'hex'), '.wps'],
		['附件.xlsx', Buffer.from('PK\x03\x04 xl/workbook.xml'), '.xlsx'],
		['附件.pdf', pdf, '.pdf'],
	])('%s is accepted', async (name, bytes, fileSuffix) => {
		const input = [await fileItem(bytes, name, 'application/octet-stream')];
		const { items, error } = await upload(input, {}, 'attachment');
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/annex/file')[0])).toMatchObject({ fileName: name, fileSuffix });
		expect(items).toEqual([
			{ json: { fileId: expect.any(String), fileName: name }, pairedItem: { item: 0 } },
		]);
		expect(sandbox.control.annexBytes(items[0].json.fileId as string)).toEqual(bytes);
	});

	it('may be 20 MB', async () => {
		const { error } = await upload([await pdfOfSize(20 * 1024 * 1024 + 1)], {}, 'attachment');
		expect(error?.message).toContain('more than the limit of 20 MB');
		expect(sent()).toEqual([]);
	});
});

describe('a file that cannot be uploaded is refused before anything is sent', () => {
	const refused = async (input: INodeExecutionData, parameters: IDataObject = {}) => {
		const { items, error } = await upload([input], parameters);
		expect(sent()).toEqual([]);
		expect(items).toEqual([]);
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.context.itemIndex).toBe(0);
		return { message: error!.message, description: error!.description };
	};

	it('because it is empty', async () => {
		expect(await refused(await fileItem(Buffer.alloc(0), 'a.pdf', 'application/pdf'))).toEqual({
			message: "The file in 'Input Data Field Name' is empty",
			description: 'Check the node that delivers the file.',
		});
		expect(
			await refused(memoryFileItem(Buffer.alloc(0), 'a.pdf', 'application/pdf')),
		).toMatchObject({
			message: "The file in 'Input Data Field Name' is empty",
		});
	});

	it('because it is text that is called .pdf', async () => {
		const { message, description } = await refused(
			await fileItem(Buffer.from('Dear reader,\n'), 'letter.pdf', 'application/pdf'),
		);
		expect(message).toBe(
			"The file in 'Input Data Field Name' is named .pdf but contains something else, such as text or a web page",
		);
		expect(description).toContain('the platform looks at the content');
	});

	it('because it is a picture that is called .pdf', async () => {
		const png = Buffer.from('89504e470d0a1a0a00', 'hex');
		const { message } = await refused(await fileItem(png, 'a.pdf', 'application/pdf'));
		expect(message).toContain('is named .pdf but contains a PNG picture');
	});

	it('because it has 31 MB', async () => {
		const { message, description } = await refused(await pdfOfSize(31 * 1024 * 1024));
		expect(message).toBe(
			"The file in 'Input Data Field Name' has 31.0 MB, more than the limit of 30 MB",
		);
		expect(description).toContain('Nothing was sent');
		expect(description).toContain("'Size Limit (MB)'");
	});

	it('unless the limit is raised: then the platform decides', async () => {
		const { items, error } = await upload([await pdfOfSize(31 * 1024 * 1024)], {
			additionalFields: { sizeLimit: 40 },
		});
		expect(error).toBeUndefined();
		const arrived = sandbox.control.documentBytes(items[0].json.docId as string);
		expect(arrived).toHaveLength(31 * 1024 * 1024);
	});

	it('because the item has no such field', async () => {
		const { message } = await refused(await pdfItem(), { binaryPropertyName: 'file' });
		expect(message).toContain("'file'");
	});

	it('because the item has no file at all', async () => {
		const { message } = await refused({ json: {} });
		expect(message).toContain('binary');
	});

	it('because of its suffix', async () => {
		const { message, description } = await refused(await fileItem(pdf, 'a.ofd', 'application/pdf'));
		expect(message).toBe(
			"The file in 'Input Data Field Name' has the suffix '.ofd', which the platform does not take",
		);
		expect(description).toContain('Files to sign are PDF');
	});

	it('because of its long name', async () => {
		const { message, description } = await refused(
			await fileItem(pdf, `${'合'.repeat(125)}.pdf`, 'application/pdf'),
		);
		expect(message).toContain('longer than 128 characters');
		expect(description).toContain("'File Name'");
	});

	it('and a name of 128 characters is sent', async () => {
		const fileName = `${'x'.repeat(124)}.pdf`;
		const { error } = await upload([await fileItem(pdf, fileName, 'application/pdf')]);
		expect(error).toBeUndefined();
		expect(bodyOf(sent()[0])).toMatchObject({ fileName });
	});
});
