/** What the tests of uploads share: files of any size that begin like a PDF. */
import type { INodeExecutionData } from 'n8n-workflow';
import { fileItem } from '../engine.mjs';

export const filled = (size: number): Buffer => {
	const bytes = Buffer.alloc(size, 0x5a);
	bytes.write('%PDF-1.7');
	for (let at = 12; at < size; at += 7) bytes[at] = at % 256;
	return bytes;
};

export const pdfOfSize = async (size: number): Promise<INodeExecutionData> =>
	await fileItem(filled(size), 'a.pdf', 'application/pdf');
