import type { NodeApiError } from 'n8n-workflow';
import { isErrorNamed, LOCAL_ERRORS } from './errorNames';
import type { Call } from './exchange';
import { howToFindOut, UNKNOWN, type Refusal } from './errors';
import { redact, shorten } from './redact';

/** Why a call has no answer. */
export type Fault =
	/** Refused on this side, by the credential or by n8n. */
	| { kind: 'local'; message: string; description?: string }
	/** No connection came about, so nothing was carried out. */
	| { kind: 'notSent'; code: string; passing: boolean }
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
 * Signs that a connection never came about, whose codes say the same of calls that went out: the socket
 * is still in its TLS handshake, or still holds the request back because it is not connected.
 */
const neverConnected = ({ syscall, request }: Cause): boolean =>
	syscall === 'connect' ||
	request?.socket?.secureConnecting === true ||
	(request?.socket?._pendingData ?? null) !== null;

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
 * What became of a call for which n8n's helper threw. What is not recognised may have happened after the
 * call went out, so it counts as unknown.
 */
export const classify = (error: unknown): Fault => {
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
	if (cause && neverConnected(cause)) return { kind: 'notSent', code, passing: true };
	const known = Object.hasOwn(NOT_SENT, code) ? NOT_SENT[code] : undefined;
	if (known) return { kind: 'notSent', code, passing: known === 'passing' };
	return { kind: 'unknown', code: code || wordsOf(thrown) };
};

export const hostOf = (url: string): string => {
	try {
		return new URL(url).host;
	} catch {
		return 'the address in the credential';
	}
};

/** The words for a fault: what happened, whether anything was done, what to do. */
export const describeFault = (fault: Fault, call: Call, platformName: string): Refusal => {
	if (fault.kind === 'local') return { message: fault.message, description: fault.description };
	const host = hostOf(call.url);
	if (fault.kind === 'notSent') {
		if (fault.code === 'EPROTO') {
			return {
				message: `${host} does not answer in TLS`,
				description:
					"Nothing was sent (EPROTO). If the server has no TLS, 'Base URL' in the credential must begin with http:// instead of https://; or the port is the wrong one.",
				code: fault.code,
			};
		}
		if (isCertificate(fault.code)) {
			return {
				message: `The certificate of ${host} is not trusted`,
				description: `Nothing was sent (${fault.code}). Ask the people who run this server for a valid certificate, or add their certificate authority to n8n.`,
				code: fault.code,
			};
		}
		return {
			message: `${host} could not be reached`,
			description: `Nothing was sent (${fault.code}). Check 'Base URL' in the credential, and that n8n may reach this host.`,
			code: fault.code,
		};
	}
	const late = fault.code === 'ECONNABORTED' || fault.code === 'ETIMEDOUT';
	const what = late
		? `${host} did not answer in time`
		: `The connection to ${host} was lost before the answer was complete`;
	if (call.readsOnly) {
		return {
			message: what,
			description: `This call only reads, so nothing was changed (${fault.code}). Try again.`,
			code: fault.code,
		};
	}
	return {
		message: `${what}: ${UNKNOWN}`,
		description: howToFindOut(platformName, fault.code),
		code: fault.code,
		outcomeUnknown: true,
	};
};
