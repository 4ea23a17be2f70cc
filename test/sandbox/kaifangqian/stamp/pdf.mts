import { StandardFonts, type PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib';
import type { Contract, Step } from '../contract/model.mjs';
import { dayOf } from '../dates.mjs';
import type { Field } from '../fields/place.mjs';
import { loadPdf } from '../pdf/pages.mjs';
import { drawDate, drawSignature } from './handwriting.mjs';
import { sealPage } from './seal.mjs';
import { latin } from './template.mjs';

/** Text under a seal stays readable. */
const INK_OPACITY = 0.85;

/** A rectangle on a page as pdf-lib wants it: from the lower left corner. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** A PDF with a mark in every field of everybody who has signed. */
export async function stampPdf(
	contract: Contract,
	docId: string,
	bytes: Uint8Array,
): Promise<Uint8Array> {
	const marks = contract.steps
		.filter((step) => step.taskType === 'SIGN' && step.isDone)
		.flatMap((step) =>
			step.fields.filter((field) => field.docId === docId).map((field) => ({ step, field })),
		);
	if (marks.length === 0) return bytes;
	const pdf = await loadPdf(bytes);
	if (!pdf) return bytes;
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	for (const { step, field } of marks) await stamp(pdf, step, field, font);
	return await pdf.save();
}

async function stamp(pdf: PDFDocument, step: Step, field: Field, font: PDFFont): Promise<void> {
	const day = dayOf(step.doneAt ?? 0);
	if (field.control === 'chop-stamp') return await chop(pdf, field, day);
	const page = pdf.getPage(Number(field.page) - 1);
	const box = boxOn(page, field);
	if (field.control === 'seal') {
		page.drawPage(await pdf.embedPage(await sealPage(day)), { ...box, opacity: INK_OPACITY });
	} else if (field.control === 'sign-date') {
		drawDate(page, box, day, field.dateFormat ?? 'LINE', font);
	} else {
		const number = step.doneAs ?? 1;
		const name = step.person?.name ?? '';
		const known = /^[\x20-\x7e]+$/.test(name) ? ` ${latin(name)}` : '';
		drawSignature(page, box, number, `Signer ${number}${known}, ${day}`, font);
	}
}

/** Fields are kept from the top left corner, and chop stamps on a paper of their own. */
function boxOn(page: PDFPage, { x, y, width, height, pageHeight }: Field): Box {
	const box = page.getCropBox();
	const top = (y * box.height) / pageHeight;
	return { x: box.x + (x ?? 0), y: box.y + box.height - top - height, width, height };
}

/** 骑缝: the seal is cut into one strip per page, each at the right edge, so that only the whole file shows it. */
async function chop(pdf: PDFDocument, field: Field, day: string): Promise<void> {
	const seal = await sealPage(day);
	const side = seal.getWidth();
	const pages = pdf
		.getPages()
		.filter(
			(_, index) => field.page === 'all' || (field.page === 'odd_number') === (index % 2 === 0),
		);
	for (const [index, page] of pages.entries()) {
		const left = (side * index) / pages.length;
		const right = (side * (index + 1)) / pages.length;
		const strip = await pdf.embedPage(seal, { left, right, bottom: 0, top: side });
		const { y, height } = boxOn(page, field);
		const width = field.width / pages.length;
		const edge = page.getCropBox();
		const x = edge.x + edge.width - width;
		page.drawPage(strip, { x, y, width, height, opacity: INK_OPACITY });
	}
}
