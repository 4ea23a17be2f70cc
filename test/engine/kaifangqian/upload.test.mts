import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fileItem, memoryFileItem } from '../engine.mjs';
import { bodyOf, hintsOf, pdf, pdfItem, stage } from './support.mjs';
import { filled, pdfOfSize } from './upload.support.mjs';

const { sandbox, act, sent } = await stage();

const upload = async (
	input: INodeExecutionData[],
	parameters: IDataObject = {},
	resource = 'document',
) => await act(resource, 'upload', parameters, { input });

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('an upload', () => {
	it('sends the whole file as Base64 in one line, with its name and suffix', async () => {
		const { items, error } = await upload([await pdfItem()], {
			options: { operatorAccount: 'your-account-001' },
		});
		expect(error).toBeUndefined();
		const [request] = sent('/document/file');
		expect(bodyOf(request)).toEqual({
			file: pdf.toString('base64'),
			// The platform adds the suffix itself (docs/api/kaifangqian.md, 6.2).
			fileName: '服务合同',
			fileSuffix: '.pdf',
			operatorAccount: 'your-account-001',
		});
		expect(request.unknownFields).toEqual([]);
		expect(Number(request.headers['content-length'])).toBe((request.rawBody as Buffer).length);
		expect(items).toEqual([
			{
				json: { docId: expect.any(String), fileName: '服务合同' },
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

	it('takes binary data that an expression gives', async () => {
		for (const input of [await pdfItem(), memoryFileItem(pdf, '服务合同.pdf', 'application/pdf')]) {
			const { items, error } = await upload([input], { binaryPropertyName: '={{ $binary.data }}' });
			expect(error).toBeUndefined();
			expect(sandbox.control.documentBytes(items[0].json.docId as string)).toEqual(pdf);
		}
	});

	/** A file of many pieces, of which the last but one ends around the place that the end points to. */
	const pointingTo = (place: number): Buffer =>
		Buffer.from(
			`%PDF-1.7\n${'%'.repeat(place - 10)}\nxref\n0 1\ntrailer\nstartxref\n${place}\n%%EOF\n`,
		);

	it.each([49_130, 49_140, 49_150, 49_151, 49_152, 98_303, 200_000])(
		'leaves out what stands in front of the PDF, where its end points to byte %i',
		async (place) => {
			const file = pointingTo(place);
			const bytes = Buffer.concat([Buffer.from('\ufeff'), file]);
			const { items, error } = await upload([await fileItem(bytes, 'a.pdf', 'application/pdf')]);
			expect(error).toBeUndefined();
			const [request] = sent();
			expect(Number(request.headers['content-length'])).toBe((request.rawBody as Buffer).length);
			const arrived = sandbox.control.documentBytes(items[0].json.docId as string);
			expect(digest(arrived)).toBe(digest(file));
		},
	);

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
			options: { fileName: '合同 终稿.pdf' },
		});
		expect(bodyOf(sent()[0])).toMatchObject({ fileName: '合同 终稿', fileSuffix: '.pdf' });
		expect(items[0].json.fileName).toBe('合同 终稿');
	});

	it.each([
		['scan', 'application/octet-stream', 'scan'],
		['SCAN.PDF', 'application/pdf', 'SCAN'],
		['a.ofd', 'application/ofd', 'a'],
		['合同.docx', 'application/msword', '合同'],
	])('knows a PDF by its content, whatever it is called: %s', async (name, type, fileName) => {
		const { error } = await upload([await fileItem(pdf, name, type)]);
		expect(error).toBeUndefined();
		expect(bodyOf(sent()[0])).toMatchObject({ fileName, fileSuffix: '.pdf' });
	});

	it('may be larger than the limit once that is raised: then the platform decides', async () => {
		const { items, error } = await upload([await pdfOfSize(31 * 1024 * 1024)], {
			options: { sizeLimit: 40 },
		});
		expect(error).toBeUndefined();
		const arrived = sandbox.control.documentBytes(items[0].json.docId as string);
		expect(arrived).toHaveLength(31 * 1024 * 1024);
	});

	it('may have a name of 128 characters', async () => {
		const fileName = 'x'.repeat(128);
		const { error } = await upload([await fileItem(pdf, `${fileName}.pdf`, 'application/pdf')]);
		expect(error).toBeUndefined();
		expect(bodyOf(sent()[0])).toMatchObject({ fileName });
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
		['报价.zip', Buffer.from('504b0506'.padEnd(44, '0'), 'hex'), '报价.zip'],
		['图.PNG', Buffer.from('89504e470d0a1a0a00', 'hex'), '图.png'],
		['照片.jpeg', Buffer.from('ffd8ffe000', 'hex'), '照片.jpg'],
		['附件.rar', Buffer.from('526172211a0700', 'hex'), '附件.rar'],
		['附件.doc', Buffer.from('d0cf11e0a1b11ae100', 'hex'), '附件.doc'],
		['附件.wps', Buffer.from('d0cf11e0a1b11ae100', 'hex'), '附件.wps'],
		['附件.xlsx', Buffer.from('PK\x03\x04 xl/workbook.xml'), '附件.xlsx'],
		['附件.pdf', pdf, '附件.pdf'],
	])('%s is accepted', async (name, bytes, fileName) => {
		const input = [await fileItem(bytes, name, 'application/octet-stream')];
		const { items, error } = await upload(input, {}, 'attachment');
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/annex/file')[0])).toMatchObject({
			fileName,
			fileSuffix: fileName.slice(fileName.indexOf('.')),
		});
		expect(items).toEqual([
			{ json: { fileId: expect.any(String), fileName }, pairedItem: { item: 0 } },
		]);
		expect(sandbox.control.annexBytes(items[0].json.fileId as string)).toEqual(bytes);
	});

	it('is sent with a hint where it is not what its name says: nobody looks at it (6.3)', async () => {
		const page = Buffer.from('<html xmlns:o="urn:schemas-microsoft-com:office:office">');
		const run = await upload([await fileItem(page, '附件.doc', 'text/html')], {}, 'attachment');
		expect(run.error).toBeUndefined();
		expect(hintsOf(run)).toEqual([
			expect.stringContaining('is named .doc but contains something else'),
		]);
		expect(sandbox.control.annexBytes(run.items[0].json.fileId as string)).toEqual(page);
	});

	it('may be 20 MB', async () => {
		const { error } = await upload([await pdfOfSize(20 * 1024 * 1024 + 1)], {}, 'attachment');
		expect(error?.message).toContain('more than the limit of 20 MB');
		expect(sent()).toEqual([]);
	});
});
