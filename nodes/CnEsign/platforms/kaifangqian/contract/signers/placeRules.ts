import { NOT_STORABLE, NOT_STORABLE_HINT, STORABLE } from '../../rules';
import type { WireReader } from './wireReader';

/** Rules of pages and keywords (docs/api/kaifangqian.md, 5.4). */

const PAGES = /^(?:ALL|EVEN_NUMBER|ODD_NUMBER|[1-9]\d*(?:-[1-9]\d*)?(?:,[1-9]\d*(?:-[1-9]\d*)?)*)$/;
const SWAPPED = ['EVEN_NUMBER', 'ODD_NUMBER'];
const PAGES_HINT = 'Enter ALL, or page numbers such as 1,2,7-10.';

/** The pages that a list names more than once: the first of them. */
const twiceIn = (ranges: Array<[from: number, to: number]>): number | undefined => {
	const inOrder = [...ranges].sort(([a], [b]) => a - b);
	let last = 0;
	for (const [from, to] of inOrder) {
		if (from <= last) return from;
		last = to;
	}
	return undefined;
};

/** `pageConfig` with half-width commas and hyphens; a blank between two numbers separates them. */
export function checkPages(
	position: WireReader,
	{ byRows, warn }: { byRows?: boolean; warn?(text: string): void },
): string | undefined {
	const pages = position
		.text('pageConfig')
		?.normalize('NFKC')
		.replace(/\s*[\p{Pd}\u2212~〜]\s*/gu, '-')
		.replace(/\s*[,、;]\s*|\s+/g, ',');
	if (pages === undefined) return undefined;
	if (!PAGES.test(pages)) position.fail('pageConfig', 'is not a list of pages', PAGES_HINT);
	if (SWAPPED.includes(pages)) {
		if (byRows)
			position.fail(
				'pageConfig',
				`is ${pages}, which the platform swaps`,
				`It would take the ${pages === 'EVEN_NUMBER' ? 'odd' : 'even'} pages. Enter the page numbers, or ALL.`,
			);
		// Paging seals alone get the pages as written.
		if (position.text('controlType') === 'CHOP_STAMP') return pages;
		warn?.(
			`${pages}: the platform swaps even and odd pages, so the other pages get the field. Page numbers are certain.`,
		);
	}
	const ranges = pages.split(',').map((part): [number, number] => {
		const [from, to = from] = part.split('-').map(Number);
		if (to < from)
			position.fail('pageConfig', `holds the falling range ${part}`, `Enter it as ${to}-${from}.`);
		return [from, to];
	});
	const twice = twiceIn(ranges);
	if (twice === undefined) return pages;
	const reason = `names page ${twice} twice`;
	if (byRows)
		position.fail(
			'pageConfig',
			reason,
			'The platform would make the field twice there. Name each page once.',
		);
	warn?.(`${pages} ${reason}: the platform makes the field twice there.`);
	return pages;
}

/** Where the platform cuts the text of a page into pieces; full-width punctuation does not cut. */
const CUTS = /[\s():,.;!?/[\]]+/;
const KEYWORD_MAX = 64;

/** `keyword`: found only where it lies inside one piece of text. */
export function checkKeyword(position: WireReader): void {
	const keyword = position.required('keyword');
	const pieces = keyword.split(CUTS).filter((piece) => piece !== '');
	if (pieces.length !== 1 || pieces[0] !== keyword) {
		const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a), '');
		position.fail(
			'keyword',
			'holds a blank or one of ( ) : , . ; ! ? / [ ], where the platform cuts the text of a page into pieces',
			longest === ''
				? 'Enter a word of the file.'
				: `It would never be found. Enter one piece, such as ${longest}.`,
		);
	}
	if (!STORABLE.test(keyword)) position.fail('keyword', NOT_STORABLE, NOT_STORABLE_HINT);
	if (keyword.length > KEYWORD_MAX)
		position.fail('keyword', `is longer than ${KEYWORD_MAX} characters`, 'Enter a shorter text.');
}
