import type { Glyph } from './glyphs.mjs';

/** A piece of a page's text, which a keyword can be part of: it ends at a blank or one of some marks. */
export interface Piece {
	text: string;
	/** Left edge of the piece and its base line, in PDF points from the page's lower left corner. */
	x: number;
	y: number;
}

/** Blanks and half-width marks cut; full-width ones do not (docs/api/kaifangqian.md 5.4, keywords). */
const CUTS = /[ \t\r\n\f\v():,.;!?/[\]]/;

/** Parts of a font's size: a gap so wide is a blank that nobody wrote, a base line so far away another line. */
const WIDE_GAP = 0.2;
const OTHER_LINE = 0.3;

export function piecesOf(glyphs: Glyph[]): Piece[] {
	const pieces: Piece[] = [];
	let open: Piece | undefined;
	let last: Glyph | undefined;
	const end = () => {
		if (open) pieces.push(open);
		open = undefined;
	};
	for (const glyph of glyphs) {
		if (last && !follows(last, glyph)) end();
		last = glyph;
		// A code can stand for several letters (ligatures); what it holds of marks cuts as well.
		for (const [index, letter] of [...glyph.text].entries()) {
			if (CUTS.test(letter)) end();
			else if (open) open.text += letter;
			else {
				const share = (glyph.width * index) / [...glyph.text].length;
				open = { text: letter, x: glyph.x + share, y: glyph.y };
			}
		}
	}
	end();
	return pieces;
}

function follows(left: Glyph, right: Glyph): boolean {
	const size = Math.max(left.size, right.size, 1);
	if (Math.abs(left.y - right.y) > OTHER_LINE * size) return false;
	const gap = right.x - (left.x + left.width);
	return gap < WIDE_GAP * size && gap > -size;
}

/** The pieces that hold the keyword; upper and lower case count. */
export const findKeyword = (pieces: Piece[], keyword: string): Piece[] =>
	keyword === '' ? [] : pieces.filter(({ text }) => text.includes(keyword));
