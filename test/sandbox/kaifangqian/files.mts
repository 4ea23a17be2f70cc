import { PDFDocument, StandardFonts } from 'pdf-lib';

// The server tells the type of a document from its bytes (docs/api/kaifangqian.md 6.2).

export const isPdf = (bytes: Buffer): boolean =>
	bytes.subarray(0, 7).toString('latin1') === '%PDF-1.';

/** Word and Excel: the old ones are OLE files, the new ones ZIPs whose parts give them away. */
export function isOffice(bytes: Buffer): boolean {
	if (bytes.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1') return true;
	if (bytes.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return false;
	return bytes.includes('word/') || bytes.includes('xl/');
}

/** What a conversion makes of an Office file; here one page that says so. */
export async function convertedOffice(): Promise<Buffer> {
	const pdf = await PDFDocument.create();
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	pdf.addPage([595, 842]).drawText('Converted from an Office file.', {
		x: 64,
		y: 760,
		size: 14,
		font,
	});
	return Buffer.from(await pdf.save());
}

/** As Java reads it: no line breaks, no other alphabet; the padding may be left out. Undefined when it is none. */
export function decodeBase64(text: string): Buffer | undefined {
	// A regular expression over a text of megabytes would take its time.
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const letters = text.length - padding;
	if (padding > 0 ? text.length % 4 !== 0 : letters % 4 === 1) return undefined;
	if (text.includes('-') || text.includes('_')) return undefined;
	const bytes = Buffer.from(text, 'base64');
	// Node passes over what it cannot read.
	return bytes.length === Math.floor((letters * 3) / 4) ? bytes : undefined;
}
