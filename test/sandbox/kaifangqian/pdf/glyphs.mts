import {
	decodePDFRawStream,
	PDFArray,
	PDFDict,
	PDFName,
	PDFNumber,
	PDFRawStream,
	type PDFContext,
	type PDFPage,
} from 'pdf-lib';
import { decoderOf, type Decoder } from './fonts.mjs';
import { operationsOf, type Operation } from './operations.mjs';

/** One character code on a page, in PDF points from the page's lower left corner. */
export interface Glyph {
	text: string;
	/** Left edge and base line. */
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

const asMatrix = (numbers: number[]): Matrix => {
	const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
	return [a, b, c, d, e, f];
};

/**
 * The text of a page in the order of the file. pdf-lib does not read text, so this walks the pages' own text
 * operators: good for text set horizontally. Scanned pages have none.
 */
export function glyphsOf(page: PDFPage): Glyph[] {
	const { context } = page.doc;
	const contents = page.node.Contents();
	const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
	const content = streams
		.map((entry) => (entry ? context.lookup(entry) : undefined))
		.filter((stream) => stream instanceof PDFRawStream)
		.map(contentOf)
		.join('\n');
	return glyphsIn(context, content, page.node.Resources(), UNIT, 0);
}

const contentOf = (stream: PDFRawStream): string =>
	Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');

/** Drawings inside drawings end somewhere. */
const DEEPEST = 8;

function glyphsIn(
	context: PDFContext,
	content: string,
	resources: PDFDict | undefined,
	outer: Matrix,
	depth: number,
): Glyph[] {
	const decoders = new Map<string, Decoder>();
	const glyphs: Glyph[] = [];
	const saved: Matrix[] = [];
	let drawing = outer;
	let text = UNIT;
	let line = UNIT;
	let size = 0;
	let leading = 0;
	let characterSpace = 0;
	let wordSpace = 0;
	let stretch = 1;
	let decoder: Decoder | undefined;

	const nextLine = (x: number, y: number) => {
		line = combine([1, 0, 0, 1, x, y], line);
		text = line;
	};
	const move = (by: number) => (text = combine([1, 0, 0, 1, by * stretch, 0], text));
	const show = (bytes: string) => {
		for (const { text: letters, width, bytes: raw } of decoder?.(bytes) ?? []) {
			const placed = combine(text, drawing);
			const advance = (width * size) / 1000;
			const scale = Math.hypot(placed[0], placed[1]);
			glyphs.push({
				text: letters,
				x: placed[4],
				y: placed[5],
				width: advance * stretch * scale,
				size: size * scale,
			});
			move(advance + characterSpace + (raw === ' ' ? wordSpace : 0));
		}
	};
	const showAll = ({ shown }: Operation) =>
		shown.forEach((part) => (typeof part === 'string' ? show(part) : move((-part * size) / 1000)));

	const handlers: Record<string, (operation: Operation) => void> = {
		q: () => saved.push(drawing),
		Q: () => (drawing = saved.pop() ?? outer),
		cm: ({ numbers }) => (drawing = combine(asMatrix(numbers), drawing)),
		Do({ name }) {
			const form = resources?.lookupMaybe(PDFName.of('XObject'), PDFDict)?.lookup(PDFName.of(name));
			if (!(form instanceof PDFRawStream) || depth >= DEEPEST) return;
			if (form.dict.lookup(PDFName.of('Subtype')) !== PDFName.of('Form')) return;
			const matrix = form.dict.lookupMaybe(PDFName.of('Matrix'), PDFArray);
			const numbers = matrix
				?.asArray()
				.map((_, index) => matrix.lookupMaybe(index, PDFNumber)?.asNumber() ?? 0);
			const own = form.dict.lookupMaybe(PDFName.of('Resources'), PDFDict) ?? resources;
			const inner = combine(asMatrix(numbers ?? []), drawing);
			glyphs.push(...glyphsIn(context, contentOf(form), own, inner, depth + 1));
		},
		BT: () => (text = line = UNIT),
		Tf({ name, numbers }) {
			size = numbers[0] ?? 0;
			if (!decoders.has(name)) decoders.set(name, decoderOf(resources, name));
			decoder = decoders.get(name);
		},
		TL: ({ numbers }) => (leading = numbers[0]),
		Tc: ({ numbers }) => (characterSpace = numbers[0]),
		Tw: ({ numbers }) => (wordSpace = numbers[0]),
		Tz: ({ numbers }) => (stretch = numbers[0] / 100),
		Tm: ({ numbers }) => (text = line = asMatrix(numbers)),
		Td: ({ numbers: [x, y] }) => nextLine(x, y),
		TD({ numbers: [x, y] }) {
			leading = -y;
			nextLine(x, y);
		},
		'T*': () => nextLine(0, -leading),
		Tj: showAll,
		TJ: showAll,
		"'"(operation) {
			nextLine(0, -leading);
			showAll(operation);
		},
		'"'(operation) {
			[wordSpace, characterSpace] = operation.numbers;
			nextLine(0, -leading);
			operation.shown.forEach((part) => typeof part === 'string' && show(part));
		},
	};
	for (const operation of operationsOf(content)) handlers[operation.operator]?.(operation);
	return glyphs;
}
