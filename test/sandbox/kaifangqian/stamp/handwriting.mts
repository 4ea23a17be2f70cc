import { rgb, type PDFFont, type PDFPage } from 'pdf-lib';
import type { Box } from './pdf.mjs';

const INK = rgb(0.06, 0.13, 0.42);
const FRAME = rgb(0.62, 0.68, 0.82);

/** Two sweeps of a pen in a 112 × 40 field. Which of them is drawn depends on the signer. */
const SCRIBBLES = [
	'M 6 27 C 14 4 24 2 22 17 C 20 31 12 34 15 24 C 19 12 34 10 33 20 C 32 29 38 29 43 20 C 48 11 54 12 52 20 C 50 28 57 29 62 19 C 67 10 74 8 72 18 C 70 28 78 27 84 18 C 90 10 98 14 106 8 M 12 35 C 40 29 72 31 102 27',
	'M 8 12 C 20 6 30 8 22 18 C 14 28 10 34 20 31 C 32 27 34 10 42 9 C 50 8 40 30 48 29 C 58 27 58 12 66 13 C 74 14 64 30 74 28 C 84 26 84 6 92 7 C 100 8 88 28 104 24 M 18 36 C 46 32 78 36 106 30',
	'M 6 20 C 12 6 26 6 24 20 C 22 34 10 30 18 20 C 28 8 40 30 48 20 C 54 12 50 6 58 6 C 66 6 58 34 68 32 C 78 30 76 14 86 16 C 94 18 92 26 106 14 M 10 36 L 104 33',
];

/** A hand-like signature with the signer's number under it. */
export function drawSignature(
	page: PDFPage,
	at: Box,
	number: number,
	caption: string,
	font: PDFFont,
) {
	const { x, y, width, height } = at;
	page.drawRectangle({
		x,
		y,
		width,
		height,
		borderColor: FRAME,
		borderWidth: 0.4,
		borderDashArray: [2, 2],
	});
	const scale = Math.min(width / 112, (height - 9) / 40);
	if (scale > 0) {
		page.drawSvgPath(SCRIBBLES[(number - 1) % SCRIBBLES.length], {
			x,
			y: y + height,
			scale,
			borderColor: INK,
			borderWidth: 1.6,
		});
	}
	page.drawText(caption, { x: x + 3, y: y + 2.5, size: 6.5, font, color: INK });
}

/** Strokes of 年, 月 and 日 in a square of 10 × 10: no standard font has them. */
const GLYPHS: Record<string, string> = {
	年: 'M 3 0 L 1 3 M 2.4 1.4 L 9 1.4 M 2.4 4.1 L 8.6 4.1 M 2.4 4.1 L 2.4 6.9 M 0.4 6.9 L 9.8 6.9 M 5.6 1.4 L 5.6 10',
	月: 'M 2.6 0.6 L 2.6 6 C 2.6 8 2 9.2 0.8 10 M 2.6 0.6 L 8 0.6 L 8 9.4 L 6.6 9 M 2.6 3.4 L 8 3.4 M 2.6 6.2 L 8 6.2',
	日: 'M 2 0.8 L 8 0.8 L 8 9.6 L 2 9.6 Z M 2 5.1 L 8 5.1',
};

export function drawDate(page: PDFPage, at: Box, day: string, format: string, font: PDFFont) {
	const parts = dateParts(day, format);
	const unit = (size: number) =>
		parts.reduce(
			(sum, part) => sum + (GLYPHS[part] ? size * 1.15 : font.widthOfTextAtSize(part, size)),
			0,
		);
	const size = Math.min(at.height * 0.6, (16 * at.width) / unit(16), 16);
	const baseline = at.y + (at.height - size * 0.75) / 2;
	let x = at.x + (at.width - unit(size)) / 2;
	for (const part of parts) {
		const glyph = GLYPHS[part];
		if (glyph) {
			const scale = (size * 0.92) / 10;
			page.drawSvgPath(glyph, {
				x: x + size * 0.1,
				y: baseline + size * 0.8,
				scale,
				borderColor: INK,
				// The path's scale also scales the pen.
				borderWidth: 1.1 / scale,
			});
			x += size * 1.15;
		} else {
			page.drawText(part, { x, y: baseline, size, font, color: INK });
			x += font.widthOfTextAtSize(part, size);
		}
	}
}

function dateParts(day: string, format: string): string[] {
	const [year, month, date] = day.split('-');
	if (format === 'YEAR_MONTH_DAY') return [year, '年', month, '月', date, '日'];
	return [[year, month, date].join(format === 'BACK_SLASH' ? '/' : '-')];
}
