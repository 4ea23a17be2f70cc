import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from 'pdf-lib';

/** Where something is to be put, as the workflow says it: parts of the page from the top left, points. */
export interface Place {
	label: string;
	offsetX: number;
	offsetY: number;
	width: number;
	height: number;
}

const WIDTH = 595;
const HEIGHT = 842;
const MARGIN = 72;
const INK = rgb(0.13, 0.14, 0.17);
const PALE = rgb(0.6, 0.62, 0.66);

const CLAUSES: Array<[string, string]> = [
	[
		'Services',
		'Party A provides the maintenance of the booking system described in the annex, on working days between nine and six, and answers every report within four hours.',
	],
	[
		'Fee',
		'Party B pays a monthly fee of 1,000 yuan, due on the fifth day of each month after receipt of the invoice.',
	],
	[
		'Term',
		'The agreement begins on the day of the last signature and runs for twelve months. Either party may end it with one month of notice.',
	],
	[
		'Confidentiality',
		'Each party keeps to itself what it learns about the business of the other, during the term and for two years after it.',
	],
	[
		'Data',
		'Personal data are processed only as far as the services need it, and are deleted when the agreement ends.',
	],
];

interface Fonts {
	plain: PDFFont;
	bold: PDFFont;
}

const wrapped = (text: string, font: PDFFont, size: number): string[] => {
	const lines = [''];
	for (const word of text.split(' ')) {
		const longer = `${lines[lines.length - 1]} ${word}`.trim();
		if (font.widthOfTextAtSize(longer, size) > WIDTH - 2 * MARGIN) lines.push(word);
		else lines[lines.length - 1] = longer;
	}
	return lines;
};

/** Writes downwards from `top` and returns where it stopped. */
const write = (page: PDFPage, font: PDFFont, size: number, text: string, top: number): number => {
	let y = top;
	for (const line of wrapped(text, font, size)) {
		page.drawText(line, { x: MARGIN, y: y - size, size, font, color: INK });
		y -= size * 1.5;
	}
	return y;
};

const footer = (page: PDFPage, { plain }: Fonts, number: number) =>
	page.drawText(`Sample Service Agreement, page ${number} of 2. All names are made up.`, {
		x: MARGIN,
		y: 40,
		size: 8,
		font: plain,
		color: PALE,
	});

const drawPlace = (page: PDFPage, { plain }: Fonts, { label, width, height, ...at }: Place) => {
	const x = at.offsetX * WIDTH;
	const y = HEIGHT - at.offsetY * HEIGHT - height;
	page.drawRectangle({
		x,
		y,
		width,
		height,
		borderColor: PALE,
		borderWidth: 0.7,
		borderDashArray: [3, 3],
	});
	page.drawText(label, { x, y: y + height + 5, size: 9, font: plain, color: INK });
};

/** The contract of the demo: two pages of text, and on the second the places for seal and signature. */
export const contractPdf = async (places: Place[]): Promise<Uint8Array> => {
	const pdf = await PDFDocument.create();
	pdf.setTitle('Sample Service Agreement');
	const fonts = {
		plain: await pdf.embedFont(StandardFonts.Helvetica),
		bold: await pdf.embedFont(StandardFonts.HelveticaBold),
	};

	const first = pdf.addPage([WIDTH, HEIGHT]);
	let y = write(first, fonts.bold, 22, 'Sample Service Agreement', HEIGHT - 90);
	y = write(first, fonts.plain, 11, 'No. HT-2030-0001', y - 4);
	y = write(
		first,
		fonts.plain,
		11,
		'between Example Technology Co., Ltd. (Party A) and Li Si (Party B)',
		y - 14,
	);
	CLAUSES.forEach(([title, text], index) => {
		y = write(first, fonts.bold, 12, `${index + 1}. ${title}`, y - 16);
		y = write(first, fonts.plain, 11, text, y - 2);
	});
	footer(first, fonts, 1);

	const second = pdf.addPage([WIDTH, HEIGHT]);
	y = write(second, fonts.bold, 14, '6. Form and Signatures', HEIGHT - 90);
	y = write(
		second,
		fonts.plain,
		11,
		'This agreement is concluded electronically. It takes effect when Party A has set its company seal and Party B has signed. Changes need the same form.',
		y - 4,
	);
	write(
		second,
		fonts.plain,
		11,
		'Both parties have read the agreement and consent to all of its clauses.',
		y - 8,
	);
	for (const place of places) drawPlace(second, fonts, place);
	footer(second, fonts, 2);
	return await pdf.save();
};
