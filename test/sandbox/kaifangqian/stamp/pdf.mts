import { PDFDocument, StandardFonts, type PDFEmbeddedPage } from 'pdf-lib';
import type { Contract, Step } from '../contract/model.mjs';
import { dayOf } from '../dates.mjs';
import type { ContractPositionParam } from '../wire.mjs';
import type { StoredFile, World } from '../world.mjs';
import { drawDate, drawSignature } from './handwriting.mjs';
import { findKeyword } from './keywords.mjs';
import { pagesOf, placeByKeyword, placeByRatio, sizeOf } from './place.mjs';
import { sealPage } from './seal.mjs';
import { latin } from './template.mjs';

/** Text under a seal stays readable. */
const INK_OPACITY = 0.85;

/** The uploaded PDF with a mark at every position of everybody who has signed. */
export async function stampPdf(
	world: World,
	contract: Contract,
	file: StoredFile,
): Promise<Uint8Array> {
	const signed = contract.steps.filter((step) => step.taskType === 'SIGN' && step.state === 'done');
	const marks = signed.flatMap((step) =>
		step.positions
			.filter(({ relationDocList }) => relationDocList?.some(({ docId }) => docId === file.id))
			.map((position) => ({ step, position })),
	);
	if (marks.length === 0) return file.bytes;
	const pdf = await readPdf(file.bytes);
	if (!pdf) return file.bytes;
	for (const { step, position } of marks) await stamp(world, pdf, step, position);
	return await pdf.save();
}

/** Bytes that begin like a PDF and are none are kept as they came. */
async function readPdf(bytes: Buffer): Promise<PDFDocument | undefined> {
	try {
		const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
		return pdf.getPageCount() > 0 ? pdf : undefined;
	} catch {
		return undefined;
	}
}

async function stamp(world: World, pdf: PDFDocument, step: Step, position: ContractPositionParam) {
	if (position.controlType === 'CHOP_STAMP') return await chop(world, pdf, step, position);
	const pages = pdf.getPages();
	const placements =
		position.signPositionType === 'POSITION'
			? placeByRatio(position, pages, world.switches)
			: placeByKeyword(position, pages, findKeyword(pdf, position.keyword ?? ''));
	const number = step.doneAs ?? 1;
	const day = dayOf(step.doneAt ?? world.now(), world.switches.utcOffsetHours);
	if (position.controlType === 'SEAL') {
		const seal = await pdf.embedPage(await sealPage(day));
		for (const { page, ...box } of placements)
			pages[page].drawPage(seal, { ...box, opacity: INK_OPACITY });
		return;
	}
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	for (const placement of placements) {
		const page = pages[placement.page];
		if (position.controlType === 'SIGN_DATE') {
			drawDate(page, placement, day, position.signDateFormat ?? 'LINE', font);
		} else {
			const name = /^[\x20-\x7e]+$/.test(step.person?.name ?? '')
				? ` ${latin(step.person!.name)}`
				: '';
			drawSignature(page, placement, number, `Signer ${number}${name}, ${day}`, font);
		}
	}
}

/** 骑缝: the seal is cut into one strip per page, each at the right edge, so that only the whole file shows it. */
async function chop(world: World, pdf: PDFDocument, step: Step, position: ContractPositionParam) {
	const pages = pdf.getPages();
	const { width, height } = sizeOf(position);
	const day = dayOf(step.doneAt ?? world.now(), world.switches.utcOffsetHours);
	const seal = await sealPage(day);
	const side = seal.getWidth();
	const byKeyword = position.signPositionType === 'KEYWORD';
	const found = byKeyword ? findKeyword(pdf, position.keyword ?? '') : [];
	const numbers = pagesOf(
		position.pageConfig || 'ALL',
		pages.length,
		world.switches.swapEvenOddPages,
	);
	for (const [index, number] of numbers.entries()) {
		const left = (side * index) / numbers.length;
		const right = (side * (index + 1)) / numbers.length;
		const strip: PDFEmbeddedPage = await pdf.embedPage(seal, { left, right, bottom: 0, top: side });
		const box = pages[number].getCropBox();
		const y = byKeyword
			? placeByKeyword(position, pages, found)[0].y
			: placeByRatio(
					{ ...position, offsetX: '0', pageConfig: String(number + 1) },
					pages,
					world.switches,
				)[0].y;
		const stripWidth = width / numbers.length;
		pages[number].drawPage(strip, {
			x: box.x + box.width - stripWidth,
			y,
			width: stripWidth,
			height,
			opacity: INK_OPACITY,
		});
	}
}
