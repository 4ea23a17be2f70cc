import type { InputFile } from '../../../runtime/files/inputFile';

/** What can be read from a PDF without unpacking it; enough to refuse what cannot work. */

// Larger than any object that is looked for.
const WINDOW = 64 * 1024;

/** The text of a file in overlapping windows; bytes as characters. */
async function* windowsOf(file: InputFile): AsyncGenerator<string> {
	let rest = '';
	for await (const chunk of file.open()) {
		const text = rest + Buffer.from(chunk).toString('latin1');
		yield text;
		rest = text.slice(-WINDOW);
	}
}

export interface PdfFacts {
	/** Number of pages, where the page tree is not packed. */
	pages?: number;
	/** Width and height in points, where all pages have the same. */
	size?: { width: number; height: number };
}

/**
 * Pages of a root of the page tree: it has no parent. After changes a file can hold several. Objects are
 * cut apart by hand: one pattern for them takes minutes on a hostile file, and too much memory on a long one.
 */
const pagesIn = (text: string): number[] =>
	text
		.split('endobj')
		// What is not ended yet is whole in the next window.
		.slice(0, -1)
		.flatMap((upToEnd) => {
			const type = upToEnd.search(/\/Type\s*\/Pages\b/);
			const start = type < 0 ? -1 : upToEnd.lastIndexOf('obj', type);
			const object = start < 0 ? '' : upToEnd.slice(start);
			const count = /\/Count\s+(\d+)(?!\d|\s+\d+\s+R\b)/.exec(object)?.[1];
			return count === undefined || /\/Parent\b/.test(object) ? [] : [Number(count)];
		});

const sizesIn = (text: string): string[] =>
	[...text.matchAll(/\/MediaBox\s*\[([-\d.\s]+)\]/g)].flatMap(([, box]) => {
		const [left, bottom, right, top] = box.trim().split(/\s+/).map(Number);
		const width = right - left;
		const height = top - bottom;
		return width > 0 && height > 0 ? [`${width} ${height}`] : [];
	});

/** Reads the whole file once. */
export async function pdfFacts(file: InputFile): Promise<PdfFacts> {
	let pages: number | undefined;
	const sizes = new Set<string>();
	let turned = false;
	// Packed objects may hold a newer page tree than the one that can be read.
	let packed = false;
	for await (const text of windowsOf(file)) {
		for (const count of pagesIn(text)) pages = Math.max(pages ?? 0, count);
		for (const size of sizesIn(text)) sizes.add(size);
		packed ||= /\/Type\s*\/ObjStm\b/.test(text);
		turned ||= /\/Rotate\s+(?:90|270|-90)\b/.test(text);
	}
	const [only] = sizes;
	const [width, height] = (only ?? '').split(' ').map(Number);
	return {
		...(pages === undefined || packed ? {} : { pages }),
		...(sizes.size === 1 && !turned && !packed ? { size: { width, height } } : {}),
	};
}

/** `count` bytes of a file from a place on. */
const bytesAt = async (file: InputFile, from: number, count: number): Promise<Buffer> => {
	const parts: Uint8Array[] = [];
	let position = 0;
	for await (const chunk of file.open()) {
		if (position + chunk.length > from) parts.push(chunk.subarray(Math.max(0, from - position)));
		position += chunk.length;
		if (position >= from + count) break;
	}
	return Buffer.concat(parts).subarray(0, count);
};

/** Whether a file works once `start` bytes are cut off: then its table of contents is where it says. */
export async function worksWithout(file: InputFile, start: number): Promise<boolean> {
	let tail = '';
	for await (const text of windowsOf(file)) tail = text.slice(-2048);
	const offset = /startxref\s+(\d+)\s+%%EOF[\s\0]*$/.exec(tail)?.[1];
	if (offset === undefined) return false;
	const there = await bytesAt(file, start + Number(offset), 20);
	return /^(?:xref\b|\d+ \d+ obj\b)/.test(there.toString('latin1'));
}
