import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { fileItem, memoryFileItem } from '../engine.mjs';
import { pdf, pdfItem, stage } from './support.mjs';
import { filled, pdfOfSize } from './upload.support.mjs';

const setting = await stage();

describe('a file that cannot be uploaded is refused before anything is sent', () => {
	const refused = async (input: INodeExecutionData, parameters: IDataObject = {}) =>
		await setting.refused('document', 'upload', parameters, { input: [input] });

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

	it.each([1, 2, 3, 4])('because it has %i bytes, which are no PDF yet', async (size) => {
		const bytes = filled(9).subarray(0, size);
		const { message } = await refused(await fileItem(bytes, 'a.pdf', 'application/pdf'));
		expect(message).toContain('is named .pdf but contains');
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

	it('because the item has no such field', async () => {
		const { message, description } = await refused(await pdfItem(), { binaryPropertyName: 'file' });
		expect(message).toBe("The item has no binary field 'file'");
		expect(description).toBe("The item has: 'data'.");
	});

	it('because the item has no file at all', async () => {
		const { message, description } = await refused({ json: {} });
		expect(message).toBe("The item has no binary field 'data'");
		expect(description).toContain('let a node before this one deliver the file');
	});

	it('because of its suffix', async () => {
		const ofd = Buffer.from('PK\x03\x04 OFD.xml');
		const { message, description } = await refused(await fileItem(ofd, 'a.ofd', 'application/ofd'));
		expect(message).toBe(
			"The file in 'Input Data Field Name' has the suffix '.ofd', which the platform does not take",
		);
		expect(description).toContain('Files to sign are PDF');
	});

	it('because it is PDF 2.0', async () => {
		const newer = Buffer.from(pdf.toString('latin1').replace(/^%PDF-1\.\d/, '%PDF-2.0'), 'latin1');
		const { message, description } = await refused(
			await fileItem(newer, 'a.pdf', 'application/pdf'),
		);
		expect(message).toBe(
			"The file in 'Input Data Field Name' is a PDF of another version than 1, which the platform does not take",
		);
		expect(description).toContain('save it as PDF 1.7');
	});

	it('because of what stands in front of the PDF, where its end does not fit without it', async () => {
		const bytes = Buffer.concat([Buffer.from('junk'), pdf.subarray(0, -40)]);
		const { message } = await refused(await fileItem(bytes, 'a.pdf', 'application/pdf'));
		expect(message).toBe(
			"The file in 'Input Data Field Name' has 4 bytes in front of the PDF, which the platform does not take",
		);
	});

	it('because its name ends in what an expression did not find', async () => {
		const { message, description } = await refused(await pdfItem(), {
			options: { fileName: '={{ "合同-" + $json.customer }}' },
		});
		expect(message).toBe("'File Name' ends in 'undefined'");
		expect(description).toContain('An expression in it found no value');
	});

	it('because of its long name', async () => {
		const { message, description } = await refused(
			await fileItem(pdf, `${'合'.repeat(129)}.pdf`, 'application/pdf'),
		);
		expect(message).toContain('longer than 128 characters');
		expect(description).toContain("'File Name'");
	});
});
