import { PDFDocument, rgb, StandardFonts } from 'pdf-lib';
import type { Template } from '../seeds.mjs';

const INK = rgb(0.15, 0.17, 0.2);
const PALE = rgb(0.75, 0.77, 0.8);
const A4: [number, number] = [595.2756, 841.8898];

/** A template's document of two pages, with what has been filled in. Standard fonts are Latin: what they lack shows as "?". */
export async function templatePdf(
	template: Template,
	values: Record<string, string>,
): Promise<Uint8Array> {
	const pdf = await PDFDocument.create();
	const title = await pdf.embedFont(StandardFonts.HelveticaBold);
	const body = await pdf.embedFont(StandardFonts.Helvetica);
	const pages = ['Service agreement (template)', 'Second page'].map((heading) => {
		const page = pdf.addPage(A4);
		page.drawText(heading, { x: 64, y: 760, size: 20, font: title, color: INK });
		page.drawLine({ start: { x: 64, y: 744 }, end: { x: 531, y: 744 }, color: PALE });
		return page;
	});
	template.fields.forEach(({ key, kind }, index) => {
		const y = 712 - index * 26;
		const value = values[key] ?? '';
		// A choice is named by its option's id, which nobody outside knows: nothing is drawn.
		const drawn = kind === 'choice' ? '' : kind === 'image' ? value && '(image)' : value;
		pages[0].drawText(latin(key), { x: 64, y, size: 11, font: title, color: INK });
		pages[0].drawText(latin(drawn), { x: 220, y, size: 11, font: body, color: INK });
		pages[0].drawLine({ start: { x: 216, y: y - 4 }, end: { x: 531, y: y - 4 }, color: PALE });
	});
	return await pdf.save();
}

export const latin = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');
