import type { PDFPage } from 'pdf-lib';
import type { ContractPositionParam } from '../wire.mjs';
import type { FoundText } from './keywords.mjs';

/** A rectangle on a page, in PDF points from the lower left corner. */
export interface Placement {
	page: number;
	x: number;
	y: number;
	width: number;
	height: number;
}

/** api/kaifangqian.md §5.4. The unit is not stated; points are used. */
const DEFAULT_SIZE = {
	SIGNATURE: [112, 52],
	SEAL: [120, 120],
	SIGN_DATE: [120, 30],
	CHOP_STAMP: [120, 120],
} as const;

export function sizeOf(position: ContractPositionParam): { width: number; height: number } {
	const [width, height] = DEFAULT_SIZE[position.controlType];
	return {
		width: Number(position.controlWidth ?? width),
		height: Number(position.controlHeight ?? height),
	};
}

/** Page indexes (from 0) of a `pageConfig`; pages the document lacks are passed over. */
export function pagesOf(config: string, count: number, swapEvenOdd: boolean): number[] {
	const all = Array.from({ length: count }, (_, index) => index);
	if (config === 'ALL') return all;
	if (config === 'EVEN_NUMBER' || config === 'ODD_NUMBER') {
		const odd = (config === 'ODD_NUMBER') !== swapEvenOdd;
		return all.filter((index) => (index % 2 === 0) === odd);
	}
	const wanted = new Set<number>();
	for (const part of config.split(',')) {
		const [first, last = first] = part.split('-').map(Number);
		for (let page = first; page <= Math.min(last, count); page += 1) wanted.add(page - 1);
	}
	return all.filter((index) => wanted.has(index));
}

/**
 * `POSITION`: the ratio gives the control's corner nearest to the origin. Where the origin lies is
 * not known (§10); top left is the default of the switch.
 */
export function placeByRatio(
	position: ContractPositionParam,
	pages: PDFPage[],
	choices: { swapEvenOddPages: boolean; positionOrigin: 'top-left' | 'bottom-left' },
): Placement[] {
	const { width, height } = sizeOf(position);
	const numbers = pagesOf(position.pageConfig ?? 'ALL', pages.length, choices.swapEvenOddPages);
	return numbers.map((page) => {
		const box = pages[page].getCropBox();
		const along = Number(position.offsetY ?? 0) * box.height;
		const y = choices.positionOrigin === 'top-left' ? box.height - along - height : along;
		return {
			page,
			x: box.x + Number(position.offsetX ?? 0) * box.width,
			y: box.y + y,
			width,
			height,
		};
	});
}

/**
 * `KEYWORD`: the control is centred on the keyword and moved by the offset, right and up. Where
 * the text cannot be read, it goes near the top left of the first page, so that it is seen.
 */
export function placeByKeyword(
	position: ContractPositionParam,
	pages: PDFPage[],
	found: FoundText[],
): Placement[] {
	const { width, height } = sizeOf(position);
	const dx = Number(position.offsetX || 0);
	const dy = Number(position.offsetY || 0);
	const chosen =
		position.keywordType === '0'
			? found
			: position.keywordType === '-1'
				? found.slice(-1)
				: found.slice(0, 1);
	if (chosen.length === 0) {
		const box = pages[0].getCropBox();
		const y = box.y + box.height - 36 - height + dy;
		return [{ page: 0, x: box.x + 36 + dx, y, width, height }];
	}
	return chosen.map((text) => ({
		page: text.page,
		x: text.x + text.width / 2 - width / 2 + dx,
		y: text.y + text.height / 2 - height / 2 + dy,
		width,
		height,
	}));
}
