const START = '/contract/draft';

/** What moves a contract along; the published server mixes up such calls when they meet (docs/api/kaifangqian.md, 3.4). */
const MOVING = [
	START,
	'/contract/signer/add',
	'/contract/approval',
	'/contract/sign/personal/proxy',
];

/** A path without what servers read over: doubled or trailing slashes, percent signs, capitals. */
const plainPath = (path: string): string => {
	let decoded = path;
	try {
		decoded = decodeURIComponent(path);
	} catch {
		// A percent sign that stands for itself.
	}
	return decoded
		.replace(/\/{2,}/g, '/')
		.replace(/\/$/, '')
		.toLowerCase();
};

/** Whether a path ends as the known one does, whatever stands before it. */
export function isCallOf(path: string, known: string): boolean {
	return plainPath(path).endsWith(known.toLowerCase());
}

/** Whether a draft is sent off. Anything but "1" only saves it (docs/api/kaifangqian.md, 5.5). */
export function isStart(path: string, body: Record<string, unknown>): boolean {
	return isCallOf(path, START) && String(body.send) === '1';
}

/** Whether a POST must not be under way beside another one of its kind. */
export function movesContract(path: string, body: Record<string, unknown>): boolean {
	return (
		MOVING.some((known) => isCallOf(path, known)) && (!isCallOf(path, START) || isStart(path, body))
	);
}
