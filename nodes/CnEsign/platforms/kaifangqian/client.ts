import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, ApiResponse } from '../../runtime/http/apiTypes';
import type {
	ClientDefinition,
	ClientRequest,
	RefusedResponse,
} from '../../runtime/http/createClient';
import { envelopeOf, type Envelope } from '../../runtime/http/envelope';
import { howToFindOut, type ErrorDetails } from '../../runtime/http/errors';
import { GATEWAY_STATUS } from '../../runtime/http/unexpectedResponse';
import {
	ABOUT_ONE_CONTRACT,
	isCallOf,
	isDraft,
	movesContract,
	RATE_LIMITED,
	UPLOADS,
} from './calls';
import { hintFor, SUCCESS, THROTTLED, THROTTLED_TEXT, tooLongHint, type TooLong } from './codes';
import { isLoginFilter, leavesOpen, TOO_LONG } from './outcome';
import { HARMLESS_PATH, type KaifangqianCredential } from './signing';

/** How Kaifangqian answers (docs/api/kaifangqian.md, 3). */

export const PLATFORM = 'kaifangqian';
export const NAME = 'Kaifangqian';

/**
 * The digits count where they stand as a code: an ID, a subject or the number of a request may hold them, too,
 * in the middle of a text about a call that was carried out.
 */
const saysThrottled = (text: string): boolean =>
	/(?:code\W{0,10}|^\s*)999999(?!\d)/i.test(text) || text.includes(THROTTLED_TEXT);

// The published server refuses in form 1 (docs/api/kaifangqian.md, 3.2); what stands in front of it may not.
// So it is looked for in all forms, but only where a refusal speaks: an id of a new contract may hold the
// same digits, and sending that call again would make a second one. Long answers are never that refusal.
const isThrottled = ({ status, text }: ApiResponse): boolean => {
	if (text.length > 10_000 || !(text.includes(THROTTLED) || text.includes(THROTTLED_TEXT)))
		return false;
	const envelope = envelopeOf(text);
	// Truncated JSON, perhaps in the answer to a call that was carried out, may hold these digits anywhere.
	if (!envelope)
		return !/^\s*[{[]/.test(text) && !GATEWAY_STATUS.has(status) && saysThrottled(text);
	const { code, message } = envelope;
	if (String(code) === SUCCESS) return false;
	if (String(code) === THROTTLED) return true;
	if (typeof message !== 'string' || GATEWAY_STATUS.has(status)) return false;
	// With a code of its own a refusal may repeat these digits, as a part of an ID.
	return /^[2-5]\d{4}$/.test(String(code))
		? message.includes(THROTTLED_TEXT)
		: saysThrottled(message);
};

const bodyOf = ({ body }: Pick<ClientRequest, 'body'>): IDataObject => (body ?? {}) as IDataObject;

/**
 * With an operator account, which is always sent, form 3 says only that the address is wrong
 * (docs/api/kaifangqian.md, 3.1). Its own words speak of the token.
 */
const NO_SUCH_CALL: ErrorDetails = {
	message: 'There is no such call at this address',
	description:
		"'Base URL' in the credential must end in /openAPI/V2; 'Get Company Link' exists on the hosted platform only. Nothing was changed.",
	code: '401',
	cause: 'configuration-invalid',
};

/** `com.example.SomeException: text` → `text`. */
const withoutClassName = (text: string): string =>
	text.replace(/^(?:[a-z][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error):\s*/, '');

const tooLongAbout = ({ name, body }: ApiRequest): TooLong => {
	if (isCallOf(name, ABOUT_ONE_CONTRACT)) return 'oneContract';
	if (isCallOf(name, UPLOADS)) return 'upload';
	if (movesContract(name, bodyOf({ body }))) return 'start';
	return isDraft(name) ? 'draft' : 'other';
};

/**
 * Whether the call may have been carried out. The platform refuses with HTTP 200; a 5xx is of what stands in
 * front of it.
 */
const mayBeDone = ({ response, request, envelope = {} }: RefusedResponse): boolean =>
	!request.readsOnly &&
	(response.status >= 500 || leavesOpen(request.name, bodyOf(request), envelope));

const sentenceFor = (
	request: ApiRequest,
	code: string,
	said: string,
	isUnknown: boolean,
): string => {
	const tooLong = said.includes(TOO_LONG) ? tooLongHint(tooLongAbout(request)) : '';
	const hint = tooLong || (isUnknown ? '' : hintFor(code, said));
	return [isUnknown ? howToFindOut(NAME) : '', hint].filter(Boolean).join(' ');
};

const explain = (refusal: RefusedResponse): ErrorDetails | undefined => {
	const { response, envelope, request, clean } = refusal;
	if (isThrottled(response))
		return {
			message: THROTTLED_TEXT,
			description: hintFor(THROTTLED, ''),
			code: THROTTLED,
			cause: 'rate-limited',
		};
	if (!envelope || (envelope.code === undefined && envelope.success !== false)) return undefined;
	if (isLoginFilter(envelope) && response.status < 500) return NO_SUCH_CALL;
	// An internal refusal of the platform has no code, only a reason (docs/api/kaifangqian.md, 3.1).
	const code = envelope.code === null ? undefined : String(envelope.code ?? response.status);
	const said = typeof envelope.message === 'string' ? withoutClassName(envelope.message) : '';
	const withCode = code ? ` with code ${code}` : '';
	const isUnknown = mayBeDone(refusal);
	return {
		message: clean(said) || `Kaifangqian refused the call${withCode}`,
		description: [
			sentenceFor(request, code ?? '', said, isUnknown),
			code ? `Kaifangqian answered with code ${code}.` : 'Kaifangqian refused the call.',
		]
			.filter(Boolean)
			.join(' '),
		code,
		...(/^4[0-2]000$/.test(code ?? '') ? { cause: 'credential-invalid' as const } : {}),
		outcomeUnknown: isUnknown,
	};
};

/** Wire names whose values are personal or secret. */
const PERSONAL =
	/^(?:name|signerName|partyName|legal.*|contact|account(?:Name)?|operatorAccount|identity|idCard|bankCard|mobile|creditCode|\w*phone|receiver\w*|corp\w*Name|appAuthToken|token|secret|sign|license|paramValue)$/i;

// A key has lines, and each of them is as secret as the whole.
const linesOf = (key: string | undefined): string[] =>
	(key ?? '').split(/\s+/).filter((line) => /^[\w+/=]{8,}$/.test(line));

export const client: ClientDefinition<KaifangqianCredential> = {
	platformName: NAME,
	baseUrlEnding: '/resrun-paas/kaifangqian/openAPI/V2',
	secretsOf: ({ appAuthToken, secret }) => [appAuthToken, ...linesOf(secret)],
	isPersonalField: (name) => PERSONAL.test(name),
	isRateLimited: ({ path }) => isCallOf(path, RATE_LIMITED),
	isRepeatable: ({ path }) => isCallOf(path, UPLOADS),
	// A call about another contract is another thing, not a retry.
	subjectOf: (request) => String(bodyOf(request).contractId ?? ''),
	isOneAtATime: (request) => movesContract(request.path, bodyOf(request)),
	probe: {
		method: 'GET',
		path: HARMLESS_PATH,
		query: { contact: 'n8n-is-anybody-there@example.com' },
	},
	isThrottled,
	// The code, a number or a text, decides (docs/api/kaifangqian.md, 8, trap 4); `success: false` is form 2.
	isSuccess: ({ code, success }: Envelope) => String(code) === SUCCESS && success !== false,
	explain,
	isFile: (head) =>
		head.subarray(0, 1024).includes('%PDF-') || head.subarray(0, 2).toString('latin1') === 'PK',
};
