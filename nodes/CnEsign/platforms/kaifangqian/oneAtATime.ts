const START = '/contract/draft';

/** What moves a contract along; the published server mixes up such calls when they meet (docs/api/kaifangqian.md, 3.4). */
const MOVING = [
	START,
	'/contract/signer/add',
	'/contract/approval',
	'/contract/sign/personal/proxy',
];

/** The path without what servers read over: doubled or trailing slashes, percent signs, capitals. */
const plainPath = (url: string): string => {
	const { pathname } = new URL(url);
	let path = pathname;
	try {
		path = decodeURIComponent(pathname);
	} catch {
		// A percent sign that stands for itself.
	}
	return path
		.replace(/\/{2,}/g, '/')
		.replace(/\/$/, '')
		.toLowerCase();
};

/** The last part of a path that names the call, as `/contract/draft`, whatever stands before it. */
export const isCallOf = (url: string, path: string): boolean =>
	plainPath(url).endsWith(path.toLowerCase());

/** Whether a draft is sent off. Anything but "1" only saves it (docs/api/kaifangqian.md, 5.5). */
export const isStart = (url: string, body: Record<string, unknown>): boolean =>
	isCallOf(url, START) && String(body.send) === '1';

/** Whether a POST must not be under way beside another one of its kind. */
export const movesContract = (url: string, body: Record<string, unknown>): boolean =>
	MOVING.some((path) => isCallOf(url, path)) && (!isCallOf(url, START) || isStart(url, body));
