import { businessRefusal } from '../answers.mjs';
import { isFilled, parseFloating, parseInteger } from '../java.mjs';
import { findKeyword } from '../pdf/pieces.mjs';
import type { Page } from '../pdf/pages.mjs';
import type { ContractPositionParam } from '../wire.mjs';
import { chopPages, pagesIn } from './pageList.mjs';

export type Control = 'signature' | 'seal' | 'sign-date' | 'chop-stamp';

/** A field as the server stores it: PDF points from the page's top left corner. */
export interface Field {
	docId: string;
	control: Control;
	/** A page's number, or which pages a chop stamp goes across. */
	page: string;
	/** A chop stamp stands at the right edge. */
	x: number | null;
	y: number;
	width: number;
	height: number;
	pageWidth: number;
	pageHeight: number;
	/** Found by a keyword. */
	byKeyword: boolean;
	dateFormat?: string;
}

export interface ContractDocument {
	docId: string;
	docType: '1' | '2';
	pages: Page[];
}

export interface Size {
	width: number;
	height: number;
}

type Place = Pick<Field, 'page' | 'x' | 'y' | 'pageWidth' | 'pageHeight' | 'byKeyword'>;

/** A chop stamp is reckoned on this paper, whatever the page is. */
const CHOP_PAPER = { width: 595, height: 842 };

/** How far above the base line a field by keyword begins, as a part of its height. */
const ABOVE_BASE_LINE = 0.618;

/** Where a control stands in one document (docs/api/kaifangqian.md 5.4). */
export function placesIn(
	document: ContractDocument,
	position: ContractPositionParam,
	control: Control,
	size: Size,
): Place[] {
	if (position.signPositionType === 'KEYWORD') return byKeyword(document, position, control, size);
	const offsetX = ratio(position.offsetX, control !== 'chop-stamp');
	const offsetY = ratio(position.offsetY, true);
	const config = position.pageConfig ?? '';
	if (control === 'chop-stamp') {
		const { width: pageWidth, height: pageHeight } = CHOP_PAPER;
		const y = inside(offsetY * pageHeight, size.height, pageHeight);
		return [{ page: chopPages(config), x: null, y, pageWidth, pageHeight, byKeyword: false }];
	}
	return pagesIn(config, document.pages.length).map((number) => {
		const { width: pageWidth, height: pageHeight } = document.pages[number - 1];
		return {
			page: String(number),
			x: inside(offsetX * pageWidth, size.width, pageWidth),
			y: inside(offsetY * pageHeight, size.height, pageHeight),
			pageWidth,
			pageHeight,
			byKeyword: false,
		};
	});
}

/** Moved back from beyond the right or the lower edge; what is negative stays so. */
const inside = (at: number, size: number, page: number): number =>
	at + size > page ? page - size : at;

function ratio(text: string | undefined, isRequired: boolean): number {
	if (!isFilled(text)) {
		if (isRequired) businessRefusal('偏移量缺失');
		return 0;
	}
	return parseFloating(text) ?? businessRefusal('偏移量参数解析失败');
}

function byKeyword(
	document: ContractDocument,
	position: ContractPositionParam,
	control: Control,
	size: Size,
): Place[] {
	const { keyword = '', keywordType } = position;
	const found = document.pages.flatMap(({ width, height, pieces }, index) =>
		findKeyword(pieces(), keyword).map((piece) => ({ piece, width, height, number: index + 1 })),
	);
	if (found.length === 0) return businessRefusal(`未查询到关键字${keyword}`);
	const right = points(position.offsetX);
	const down = points(position.offsetY);
	const chosen =
		keywordType === '0' ? found : keywordType === '-1' ? found.slice(-1) : found.slice(0, 1);
	return chosen.map(({ piece, width, height, number }) => {
		const isChop = control === 'chop-stamp';
		const paper = isChop ? CHOP_PAPER : { width, height };
		const baseLine = height - piece.y;
		return {
			page: isChop ? 'all' : String(number),
			x: isChop ? null : piece.x + right,
			y: Math.max(0, baseLine - ABOVE_BASE_LINE * size.height + down),
			pageWidth: paper.width,
			pageHeight: paper.height,
			byKeyword: true,
		};
	});
}

const points = (text: string | undefined): number => (text === undefined ? 0 : parseInteger(text));
