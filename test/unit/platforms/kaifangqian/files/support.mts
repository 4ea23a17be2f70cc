import { PDFDocument } from 'pdf-lib';
import type { InputFile } from '../../../../../nodes/CnEsign/runtime/files/inputFile.js';
import { chunked } from '../../../support.mjs';

/** A file as the node reads it, in pieces that end wherever `cuts` says. */
export const fileOf = (
	content: Buffer | string,
	{ fileName = 'contract.pdf', cuts = [] }: { fileName?: string | undefined; cuts?: number[] } = {},
): InputFile => {
	const bytes = Buffer.from(content);
	return {
		fileName,
		mimeType: 'application/octet-stream',
		size: bytes.length,
		async *open() {
			yield* chunked(bytes, cuts);
		},
		head: async (count) => bytes.subarray(0, count),
	};
};

/** The same without a name. */
export const namelessFile = (content: Buffer | string): InputFile => ({
	...fileOf(content),
	fileName: undefined,
});

export const bytesOf = async (file: InputFile): Promise<Buffer> => {
	const parts: Uint8Array[] = [];
	for await (const chunk of file.open()) parts.push(chunk);
	return Buffer.concat(parts);
};

/** A PDF with these pages. `packed`: the page tree is in a packed stream, as newer programs write it. */
export const pdfOf = async (
	sizes: Array<[width: number, height: number]>,
	{ packed = false, rotate = 0 }: { packed?: boolean; rotate?: number } = {},
): Promise<Buffer> => {
	const document = await PDFDocument.create();
	for (const size of sizes) {
		const page = document.addPage(size);
		if (rotate !== 0) page.setRotation({ type: 'degrees' as never, angle: rotate });
	}
	return Buffer.from(await document.save({ useObjectStreams: packed }));
};
