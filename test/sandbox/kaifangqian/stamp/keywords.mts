import { PDFArray, PDFDocument, PDFRawStream, decodePDFRawStream, type PDFPage } from 'pdf-lib';
import { decoderOf, type Decoder } from './fonts.mjs';
import { operationsOf, type Operation } from './operations.mjs';

/** Where a keyword stands, in PDF points from the lower left corner. */
export interface FoundText {
	page: number;
	x: number;
	y: number;
	width: number;
	height: number;
}

interface Glyph {
	text: string;
	x: number;
	y: number;
	width: number;
	size: number;
}

type Matrix = [number, number, number, number, number, number];
const UNIT: Matrix = [1, 0, 0, 1, 0, 0];

/** `first`, then `second`. */
const combine = (first: Matrix, second: Matrix): Matrix => {
	const [a, b, c, d, e, f] = first;
	const [g, h, i, j, k, l] = second;
	return [
		a * g + b * i,
		a * h + b * j,
		c * g + d * i,
		c * h + d * j,
		e * g + f * i + k,
		e * h + f * j + l,
	];
};

/**
 * Every place of a keyword, in reading order of the file. pdf-lib does not read text, so this walks
 * the pages' own text operators: good for text set horizontally, unaware of text inside drawings
 * (XObjects) and in scanned pages. Widths are taken from the font or estimated.
 */
export function findKeyword(pdf: PDFDocument, keyword: string): FoundText[] {
	if (keyword === '') return [];
	return pdf.getPages().flatMap((page, index) => {
		const glyphs = readable(page);
		// Glyphs can stand for several letters (ligatures): one entry per UTF-16 unit.
		const owners = glyphs.flatMap((glyph) =>
			Array.from({ length: glyph.text.length }, () => glyph),
		);
		const text = glyphs.map((glyph) => glyph.text).join('');
		const found: FoundText[] = [];
		for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + keyword.length)) {
			const first = owners[at];
			const last = owners[at + keyword.length - 1];
			const width = last.x + last.width - first.x;
			found.push({ page: index, x: first.x, y: first.y, width, height: first.size * 0.72 });
		}
		return found;
	});
}

/** A page whose text cannot be read (odd filters, broken fonts) has no keyword. */
function readable(page: PDFPage): Glyph[] {
	try {
		return glyphsOf(page);
	} catch {
		return [];
	}
}

function contentOf(page: PDFPage): string {
	const contents = page.node.Contents();
	const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
	return streams
		.map((entry) => (entry ? page.doc.context.lookup(entry) : undefined))
		.filter((stream) => stream instanceof PDFRawStream)
		.map((stream) => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1'))
		.join('\n');
}

function glyphsOf(page: PDFPage): Glyph[] {
	const decoders = new Map<string, Decoder>();
	const glyphs: Glyph[] = [];
	const saved: Matrix[] = [];
	let drawing = UNIT;
	let text = UNIT;
	let line = UNIT;
	let size = 0;
	let leading = 0;
	let characterSpace = 0;
	let wordSpace = 0;
	let decoder: Decoder | undefined;

	const spacing = (raw: string) => characterSpace + (raw === ' ' ? wordSpace : 0);
	const nextLine = (x: number, y: number) => {
		line = combine([1, 0, 0, 1, x, y], line);
		text = line;
	};
	const show = (bytes: string) => {
		for (const { text: letters, width, bytes: raw } of decoder?.(bytes) ?? []) {
			const placed = combine(text, drawing);
			const advance = (width * size) / 1000;
			const scale = Math.hypot(placed[0], placed[1]);
			glyphs.push({
				text: letters,
				x: placed[4],
				y: placed[5],
				width: advance * scale,
				size: size * scale,
			});
			text = combine([1, 0, 0, 1, advance + spacing(raw), 0], text);
		}
	};

	const handlers: Record<string, (operation: Operation) => void> = {
		q: () => saved.push(drawing),
		Q: () => (drawing = saved.pop() ?? UNIT),
		cm: ({ numbers }) => (drawing = combine(numbers as Matrix, drawing)),
		BT: () => (text = line = UNIT),
		Tf: ({ name, numbers }) => {
			size = numbers[0] ?? 0;
			if (!decoders.has(name)) decoders.set(name, decoderOf(page, name));
			decoder = decoders.get(name);
		},
		TL: ({ numbers }) => (leading = numbers[0]),
		Tc: ({ numbers }) => (characterSpace = numbers[0]),
		Tw: ({ numbers }) => (wordSpace = numbers[0]),
		Tm: ({ numbers }) => (text = line = numbers as Matrix),
		Td: ({ numbers: [x, y] }) => nextLine(x, y),
		TD: ({ numbers: [x, y] }) => {
			leading = -y;
			nextLine(x, y);
		},
		'T*': () => nextLine(0, -leading),
		Tj: ({ shown }) => shown.forEach((part) => typeof part === 'string' && show(part)),
		TJ: ({ shown }) =>
			shown.forEach((part) => {
				if (typeof part === 'string') show(part);
				else text = combine([1, 0, 0, 1, (-part * size) / 1000, 0], text);
			}),
		"'": ({ shown }) => {
			nextLine(0, -leading);
			shown.forEach((part) => typeof part === 'string' && show(part));
		},
	};
	for (const operation of operationsOf(contentOf(page))) handlers[operation.operator]?.(operation);
	return glyphs;
}
