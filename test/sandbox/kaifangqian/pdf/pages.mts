import { PDFDocument, type PDFPage } from 'pdf-lib';
import { glyphsOf } from './glyphs.mjs';
import { piecesOf, type Piece } from './pieces.mjs';

/** What is asked of a document's page. */
export interface Page {
	width: number;
	height: number;
	/** Its text, with places from the page's lower left corner. */
	pieces(): Piece[];
}

export async function loadPdf(bytes: Uint8Array): Promise<PDFDocument | undefined> {
	try {
		const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
		return pdf.getPageCount() > 0 ? pdf : undefined;
	} catch {
		return undefined;
	}
}

const known = new WeakMap<Uint8Array, Page[]>();

/** The pages of a document, read once; undefined when the bytes are no PDF that can be read. */
export async function pagesOf(bytes: Uint8Array): Promise<Page[] | undefined> {
	const before = known.get(bytes);
	if (before) return before;
	const pdf = await loadPdf(bytes);
	const pages = pdf?.getPages().map(pageOf);
	if (pages) known.set(bytes, pages);
	return pages;
}

function pageOf(page: PDFPage): Page {
	const { x, y, width, height } = page.getCropBox();
	let pieces: Piece[] | undefined;
	return {
		width,
		height,
		pieces() {
			pieces ??= readPieces(page).map((piece) => ({
				...piece,
				x: piece.x - x,
				y: piece.y - y,
			}));
			return pieces;
		},
	};
}

/** A page whose text cannot be read (odd filters, broken fonts) has no keyword. */
function readPieces(page: PDFPage): Piece[] {
	try {
		return piecesOf(glyphsOf(page));
	} catch {
		return [];
	}
}
