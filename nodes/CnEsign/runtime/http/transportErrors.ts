import type { NodeApiError } from 'n8n-workflow';
import { isErrorNamed, LOCAL_ERRORS, howToFindOut, UNKNOWN, type ErrorDetails } from './errors';
import type { ApiRequest } from './apiTypes';
import { filesIn } from './bodies';
import { redact, shorten } from './redact';

/** Why a call has no answer. */
export type TransportError =
	/** Refused on this side, by the credential or by n8n. */
	| { kind: 'local'; message: string; description?: string }
	/** No connection came about, so nothing was carried out. */
	| { kind: 'notSent'; code: string; passing: boolean }
	/** Given up on this side while the body was still on its way, so nobody can have read it. */
	| { kind: 'cutOff'; code: string }
	/** The call went out, and no complete answer came back. */
	| { kind: 'unknown'; code: string };

// Codes that arise before a request's first byte is sent. Whether waiting helps is the second word.
const NOT_SENT: Record<string, 'passing' | 'lasting'> = {
	ECONNREFUSED: 'passing',
	EAI_AGAIN: 'passing',
	ENOTFOUND: 'lasting',
	EHOSTUNREACH: 'lasting',
	ENETUNREACH: 'lasting',
	ERR_INVALID_URL: 'lasting',
	EADDRNOTAVAIL: 'lasting',
	EPROTO: 'lasting',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'lasting',
	SELF_SIGNED_CERT_IN_CHAIN: 'lasting',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'lasting',
	UNABLE_TO_GET_ISSUER_CERT: 'lasting',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'lasting',
	CERT_NOT_YET_VALID: 'lasting',
	CERT_UNTRUSTED: 'lasting',
	CERT_HAS_EXPIRED: 'lasting',
	ERR_TLS_CERT_ALTNAME_INVALID: 'lasting',
};

interface Cause {
	code?: unknown;
	syscall?: unknown;
	/** What hangs on the HTTP client's own error. */
	request?: { socket?: { secureConnecting?: boolean; _pendingData?: unknown } | null };
}

/**
 * Signs that a connection never came about, for codes that calls which went out have as well: the socket is
 * still in its TLS handshake, or still holds the request back because it is not connected.
 */
const neverConnected = ({ syscall, request }: Cause): boolean =>
	syscall === 'connect' ||
	request?.socket?.secureConnecting === true ||
	(request?.socket?._pendingData ?? null) !== null;

/**
 * Signs that the connection was there: a route that is lost later has the same codes (Linux reports it where it
 * reads or writes). EPROTO comes of writing into a TLS handshake, and of nothing else.
 */
const wasConnected = ({ syscall }: Cause, code: string): boolean =>
	(syscall === 'read' || syscall === 'write') && code !== 'EPROTO';

const wordsOf = (thrown: unknown): string => {
	const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
	if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
	return typeof message === 'string' ? shorten(redact(message), 120) : 'no reason was given';
};

const isCertificate = (code: string) => /CERT|SELF_SIGNED|SIGNATURE/.test(code);

/**
 * n8n 1 forgets the cause of the error that its helper throws, and keeps what it found there: a code as
 * `httpCode`, and a description, which only refusals written for people have.
 */
const withoutCause = ({ httpCode, message, description }: NodeApiError) => ({
	code: httpCode ?? '',
	refusal: httpCode === null && description ? { message, description } : undefined,
});

const withCause = (cause: { code?: unknown }) => ({
	code: typeof cause.code === 'string' ? cause.code : '',
	refusal: isErrorNamed(cause, LOCAL_ERRORS) ? (cause as LocalRefusal) : undefined,
});

interface LocalRefusal {
	message: string;
	description?: string | null;
}

/**
 * What became of a call for which n8n's helper threw. What is not recognized may have happened after the
 * call went out, so it counts as unknown.
 */
export function classifyTransportError(error: unknown): TransportError {
	if (isErrorNamed(error, LOCAL_ERRORS)) {
		const { message, description } = error as LocalRefusal;
		return { kind: 'local', message, description: description ?? undefined };
	}
	if (!isErrorNamed(error, ['NodeApiError'])) return { kind: 'unknown', code: wordsOf(error) };
	const thrown = error as NodeApiError;
	const cause = thrown.cause as Cause | undefined;
	const { code, refusal } = cause ? withCause(cause) : withoutCause(thrown);
	if (refusal) {
		const { message, description } = refusal;
		return { kind: 'local', message, description: description ?? undefined };
	}
	const notSent =
		Object.hasOwn(NOT_SENT, code) && !(cause && wasConnected(cause, code))
			? NOT_SENT[code]
			: undefined;
	if (notSent) return { kind: 'notSent', code, passing: notSent === 'passing' };
	if (cause && neverConnected(cause)) return { kind: 'notSent', code, passing: true };
	return { kind: 'unknown', code: code || wordsOf(thrown) };
}

const isLate = (code: string): boolean => code === 'ECONNABORTED' || code === 'ETIMEDOUT';

/** The same, for a call whose body is known: one that was given up before its end cannot have been read. */
export function classifyFailure(thrown: unknown, { body }: ApiRequest): TransportError {
	const error = classifyTransportError(thrown);
	const isCutOff = filesIn(body).some((file) => file.isWhole?.() === false);
	return error.kind === 'unknown' && isLate(error.code) && isCutOff
		? { kind: 'cutOff', code: error.code }
		: error;
}

/** Host and port of an address, for messages. */
export function hostOf(url: string): string {
	try {
		return new URL(url).host;
	} catch {
		return 'the address in the credential';
	}
}

/** The error as a person reads it: what happened, whether anything was done, what to do. */
export function describeTransportError(
	error: TransportError,
	request: ApiRequest,
	platformName: string,
): ErrorDetails {
	if (error.kind === 'local') return { message: error.message, description: error.description };
	const host = hostOf(request.url);
	if (error.kind === 'notSent') {
		if (error.code === 'EPROTO') {
			return {
				message: `${host} does not answer in TLS`,
				description:
					"Nothing was sent (EPROTO). If the server has no TLS, 'Base URL' in the credential must begin with http:// instead of https://; or the port is the wrong one.",
				code: error.code,
			};
		}
		if (isCertificate(error.code)) {
			return {
				message: `The certificate of ${host} is not trusted`,
				description: `Nothing was sent (${error.code}). Ask the people who run this server for a valid certificate, or add their certificate authority to n8n.`,
				code: error.code,
			};
		}
		return {
			message: `${host} could not be reached`,
			description: `Nothing was sent (${error.code}). Check 'Base URL' in the credential, and that n8n may reach this host.`,
			code: error.code,
			cause: error.passing ? 'temporarily-unavailable' : 'configuration-invalid',
		};
	}
	if (error.kind === 'cutOff')
		return {
			message: `The file could not be sent to ${host} in time`,
			description: `Nothing was carried out: the call was given up before the file had arrived (${error.code}). Raise 'Timeout (Seconds)' under Options, or send a smaller file.`,
			code: error.code,
		};
	const what = isLate(error.code)
		? `${host} did not answer in time`
		: `The connection to ${host} was lost before the answer was complete`;
	if (request.readsOnly) {
		return {
			message: what,
			description: `This call only reads, so nothing was changed (${error.code}). Try again.`,
			code: error.code,
		};
	}
	return {
		message: `${what}: ${UNKNOWN}`,
		description: howToFindOut(platformName, error.code),
		code: error.code,
		outcomeUnknown: true,
	};
}
