import { degrees, PDFDocument, rgb, StandardFonts, type PDFPage } from 'pdf-lib';

const RED = rgb(0.82, 0.07, 0.09);
const SIDE = 120;
const CENTRE = SIDE / 2;
const ALONG_RING = 'KAIFANGQIAN STAND-IN COMPANY SEAL';

/**
 * A round seal on a page of its own, ready to be embedded whole (SEAL) or in strips (CHOP_STAMP).
 * Company names are Chinese and standard fonts are not, so the ring says what it is in English.
 */
export async function sealPage(label: string): Promise<PDFPage> {
	const pdf = await PDFDocument.create();
	const page = pdf.addPage([SIDE, SIDE]);
	const font = await pdf.embedFont(StandardFonts.HelveticaBold);
	// Set once: every `font` option of `drawText` would register the font anew.
	page.setFont(font);
	page.drawCircle({ x: CENTRE, y: CENTRE, size: 56, borderColor: RED, borderWidth: 3.2 });
	page.drawCircle({ x: CENTRE, y: CENTRE, size: 51.5, borderColor: RED, borderWidth: 0.7 });
	page.drawSvgPath(starPath(19, 7.3), { x: CENTRE, y: CENTRE + 2, color: RED, borderWidth: 0 });

	// From lower left, over the top, to lower right.
	const size = 8.6;
	const radius = 41;
	const from = 214;
	const sweep = 248;
	const whole = font.widthOfTextAtSize(ALONG_RING, size);
	[...ALONG_RING].forEach((letter, index) => {
		const before = font.widthOfTextAtSize(ALONG_RING.slice(0, index), size);
		const middle = before + font.widthOfTextAtSize(letter, size) / 2;
		const angle = from - (sweep * middle) / whole;
		const radians = (angle * Math.PI) / 180;
		const turn = angle - 90;
		const half = font.widthOfTextAtSize(letter, size) / 2;
		page.drawText(letter, {
			x: CENTRE + radius * Math.cos(radians) - half * Math.cos((turn * Math.PI) / 180),
			y: CENTRE + radius * Math.sin(radians) - half * Math.sin((turn * Math.PI) / 180),
			size,
			color: RED,
			rotate: degrees(turn),
		});
	});
	const width = font.widthOfTextAtSize(label, 8);
	page.drawText(label, { x: CENTRE - width / 2, y: 26, size: 8, color: RED });
	// Fonts are written by `flush`; without it the embedding document would miss them.
	await pdf.flush();
	return page;
}

/** Five points, the first one up; y grows downwards in SVG paths. */
function starPath(outer: number, inner: number): string {
	const points = Array.from({ length: 10 }, (_, index) => {
		const radius = index % 2 === 0 ? outer : inner;
		const radians = ((-90 + index * 36) * Math.PI) / 180;
		return `${(radius * Math.cos(radians)).toFixed(2)} ${(radius * Math.sin(radians)).toFixed(2)}`;
	});
	return `M ${points.join(' L ')} Z`;
}
