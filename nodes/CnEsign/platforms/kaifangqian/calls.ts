import { uriDecoded } from '../../runtime/items/values';

/** Kinds of calls, by their paths: whichever operation makes a call, its path decides. */

/** Drafts a contract, or starts it (docs/api/kaifangqian.md, 6.4). */
export const DRAFT_PATH = '/contract/draft';
export const UPLOADS = ['/document/file', '/annex/file'];
export const ABOUT_ONE_CONTRACT = ['/contract/recall', '/contract/finish', '/contract/approval'];

/** Calls that the server counts (docs/api/kaifangqian.md, 3.3). */
export const RATE_LIMITED = [...UPLOADS, DRAFT_PATH, '/contract/document/download'];

/** What moves a contract along; the published server mixes up such calls (docs/api/kaifangqian.md, 3.4). */
const MOVING = [
	DRAFT_PATH,
	'/contract/signer/add',
	'/contract/approval',
	'/contract/sign/personal/proxy',
];

/** A path without what servers ignore: doubled or trailing slashes, percent-encoding, capitals. */
const plainPath = (path: string): string =>
	uriDecoded(path)
		.replace(/\/{2,}/g, '/')
		.replace(/\/$/, '')
		.toLowerCase();

/** Whether a path ends in one of `endings`, whatever stands before it. */
export function isCallOf(path: string, endings: string[]): boolean {
	const plain = plainPath(path);
	return endings.some((one) => plain.endsWith(one));
}

/** Whether this is the call that drafts or starts a contract. */
export function isDraft(path: string): boolean {
	return isCallOf(path, [DRAFT_PATH]);
}

/** Whether a draft is sent off. Anything but "1" only saves it (docs/api/kaifangqian.md, 5.5). */
export function isStart(path: string, body: Record<string, unknown>): boolean {
	return isDraft(path) && String(body.send) === '1';
}

/** Whether a POST must go alone: while it is under way no other call that moves a contract is sent. */
export function movesContract(path: string, body: Record<string, unknown>): boolean {
	return isCallOf(path, MOVING) && (!isDraft(path) || isStart(path, body));
}
