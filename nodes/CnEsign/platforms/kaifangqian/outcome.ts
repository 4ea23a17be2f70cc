import { ABOUT_ONE_CONTRACT, isCallOf, isDraft, isStart, UPLOADS } from './calls';

/** What a refusal says about whether the call was carried out (docs/api/kaifangqian.md, 3.1). */

/** 服务器未知错误, or an HTTP status as code: whether it came before or after the work is unknown. */
const UNKNOWN_TROUBLE = /^(?:91000|200|5\d\d)$/;
const WRONG_METHOD = '405';
/** Raised before anything is stored. */
const BEFORE_THE_WORK =
	/For input string:|index out of bounds|Cannot parse null string|"signerList" is null/;
export const TOO_LONG = '字段太长';

type Envelope = Record<string, unknown>;

/** The generic form of a refusal, with which the platform answers what it did not expect (form 2). */
const isGeneric = ({ success }: Envelope): boolean => success === false;

/** The form in which the login filter answers: no such address, or HTTP 401 in general (form 3). */
export function isLoginFilter({ success, code, message }: Envelope): boolean {
	return success === true && String(code) === '401' && String(message).includes('应用Token失效');
}

const isKnownAsNotDone = (path: string, body: Envelope, envelope: Envelope): boolean => {
	const said = String(envelope.message);
	if (String(envelope.code) === WRONG_METHOD) return true;
	if (isCallOf(path, UPLOADS)) return true;
	if (isDraft(path)) {
		const hasSigners = body.signerList !== undefined && body.signerList !== null;
		return !isStart(path, body) || !hasSigners || BEFORE_THE_WORK.test(said);
	}
	// Rolled back with everything else.
	return said.includes(TOO_LONG) && isCallOf(path, ABOUT_ONE_CONTRACT);
};

/** Whether a refused POST may have been carried out all the same. `body` is what was sent. */
export function leavesOpen(path: string, body: Envelope, envelope: Envelope): boolean {
	if (isGeneric(envelope)) return !isKnownAsNotDone(path, body, envelope);
	return UNKNOWN_TROUBLE.test(String(envelope.code));
}
