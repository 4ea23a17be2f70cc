import { PDFDocument, rgb, StandardFonts } from 'pdf-lib';
import type { Contract } from '../contract/model.mjs';

const INK = rgb(0.15, 0.17, 0.2);
const PALE = rgb(0.75, 0.77, 0.8);

/** The public template's document, filled in. Standard fonts are Latin, so what they lack shows as "?". */
export async function templatePdf(contract: Contract): Promise<Uint8Array> {
	const pdf = await PDFDocument.create();
	const title = await pdf.embedFont(StandardFonts.HelveticaBold);
	const body = await pdf.embedFont(StandardFonts.Helvetica);
	const page = pdf.addPage([595, 842]);
	page.drawText('Service agreement (template)', {
		x: 64,
		y: 760,
		size: 20,
		font: title,
		color: INK,
	});
	page.drawLine({ start: { x: 64, y: 744 }, end: { x: 531, y: 744 }, color: PALE });
	const params = contract.templateParams.flatMap(
		({ templateParamList }) => templateParamList ?? [],
	);
	params.forEach(({ paramKey, paramValue }, index) => {
		const y = 712 - index * 26;
		page.drawText(latin(paramKey), { x: 64, y, size: 11, font: title, color: INK });
		page.drawText(latin(paramValue ?? ''), { x: 220, y, size: 11, font: body, color: INK });
		page.drawLine({ start: { x: 216, y: y - 4 }, end: { x: 531, y: y - 4 }, color: PALE });
	});
	return await pdf.save();
}

export const latin = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');
