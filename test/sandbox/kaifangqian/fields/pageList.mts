import { breakDown, businessRefusal } from '../answers.mjs';
import { parseInteger, splitAt } from '../java.mjs';

/**
 * The pages of a `pageConfig`, from 1. EVEN and ODD are swapped in the server; a page given twice is made twice
 * (docs/api/kaifangqian.md 5.4).
 */
export function pagesIn(config: string, count: number): number[] {
	const all = Array.from({ length: count }, (_, index) => index + 1);
	if (config === 'ALL') return all;
	if (config === 'EVEN_NUMBER') return all.filter((page) => page % 2 === 1);
	if (config === 'ODD_NUMBER') return all.filter((page) => page % 2 === 0);
	return splitAt(config, ',').flatMap((part) => {
		const [from, to] = rangeOf(part);
		if (from < 1 || to < from) return businessRefusal('页码配置参数异常');
		if (to > count) return breakDown(`1-based index out of bounds: ${Math.max(from, count + 1)}`);
		return Array.from({ length: to - from + 1 }, (_, index) => from + index);
	});
}

function rangeOf(part: string): [number, number] {
	if (!part.includes('-')) {
		const page = parseInteger(part);
		return [page, page];
	}
	const [first, last] = splitAt(part, '-');
	const from = parseInteger(first);
	if (last === undefined) return breakDown('Index 1 out of bounds for length 1');
	return [from, parseInteger(last)];
}

export type ChopPages = 'all' | 'even_number' | 'odd_number';

/** The pages of a seal across pages: a list is ignored, and EVEN and ODD mean what they say. */
export const chopPages = (config: string): ChopPages =>
	config === 'EVEN_NUMBER' ? 'even_number' : config === 'ODD_NUMBER' ? 'odd_number' : 'all';
