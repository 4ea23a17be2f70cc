import { howToFindOut, UNKNOWN, type ErrorDetails } from './errors';
import type { ApiResponse } from './apiTypes';

const looksLikeHtml = ({ text, headers }: ApiResponse): boolean =>
	(headers['content-type'] ?? '').includes('html') || /^\s*</.test(text.slice(0, 200));

const isJson = (text: string): boolean => {
	try {
		JSON.parse(text.replace(/^\ufeff/, ''));
		return true;
	} catch {
		return false;
	}
};

const kindOf = (response: ApiResponse): string => {
	if (response.text.trim() === '') return 'empty';
	if (isJson(response.text)) return 'JSON of another form';
	return looksLikeHtml(response) ? 'a web page' : 'no JSON';
};

export interface Expected {
	platformName: string;
	/** How the platform's base URL ends. */
	baseUrlEnding: string;
	/** Whether the call that got this answer changes nothing. */
	readsOnly: boolean;
}

/**
 * What to say about an answer that is no envelope. A gateway that gives up (5xx) or an answer that
 * nobody can read leaves open whether the platform behind it has done its work.
 */
export function unexpectedResponse(response: ApiResponse, expected: Expected): ErrorDetails {
	const details = detailsOf(response, expected);
	const isOutcomeOpen = response.status < 300 || response.status >= 500;
	if (expected.readsOnly || !isOutcomeOpen) return details;
	return {
		...details,
		message: `${details.message}: ${UNKNOWN}`,
		description: `${howToFindOut(expected.platformName)} ${details.description}`,
		outcomeUnknown: true,
	};
}

const IN_BETWEEN =
	"A proxy, firewall or login page between n8n and the platform answers like this. Nothing was carried out. Ask whoever runs it to let n8n's calls to this address through.";

/** What an HTTP status without an answer of the platform means, and what helps. */
const STATUS_WORDS: Record<
	number,
	(
		platformName: string,
		baseUrlEnding: string,
	) => Pick<ErrorDetails, 'message' | 'description' | 'cause'>
> = {
	401: (name) => ({
		message: `Something in front of ${name} demands a login (HTTP 401)`,
		description: IN_BETWEEN,
	}),
	403: (name) => ({
		message: `Something in front of ${name} does not let the call through (HTTP 403)`,
		description: IN_BETWEEN,
	}),
	404: (name, ending) => ({
		message: 'There is nothing at this address (HTTP 404)',
		cause: 'configuration-invalid',
		description: `Nothing was carried out. Check 'Base URL' in the credential: for ${name} it ends in ${ending}.`,
	}),
	405: (name) => ({
		message: `Something in front of ${name} does not take this kind of call (HTTP 405)`,
		description: IN_BETWEEN,
	}),
	407: () => ({
		message: 'The proxy that n8n uses demands a login (HTTP 407)',
		description:
			'Nothing was carried out. Ask whoever runs n8n to set user and password of the proxy.',
	}),
	408: (name) => ({
		message: `The server in front of ${name} did not get the call in time (HTTP 408)`,
		description:
			'Nothing was carried out. The line is slow, or the file is large: send a smaller one, or ask whoever runs the server to wait longer (nginx: client_body_timeout).',
	}),
	413: (name) => ({
		message: `The file is too large for the server in front of ${name} (HTTP 413)`,
		description:
			'Nothing was carried out. A file takes a third more than its size on the way. Send a smaller one, or ask whoever runs the server to raise its limit (nginx: client_max_body_size).',
	}),
	429: (name) => ({
		message: `${name} does not take more calls at the moment (HTTP 429)`,
		cause: 'rate-limited',
		description: 'Nothing was carried out. Wait a little, then run the item again.',
	}),
};

/** What a gateway answers for a server behind it that gives no answer. */
export const GATEWAY_STATUS: ReadonlySet<number> = new Set([502, 503, 504]);

const detailsOf = (
	response: ApiResponse,
	{ platformName, baseUrlEnding }: Expected,
): ErrorDetails => {
	const { status } = response;
	const code = String(status);
	if (status >= 300 && status < 400) {
		return {
			message: 'The address in the credential redirects to another one',
			description:
				"Nothing was sent there, so that the secrets do not end up elsewhere. Put the final address into 'Base URL' of the credential; often only https:// is missing.",
			code,
			cause: 'configuration-invalid',
		};
	}
	const describe = STATUS_WORDS[status];
	if (describe) return { ...describe(platformName, baseUrlEnding), code };
	const kind = kindOf(response);
	return {
		message: `The answer did not come from ${platformName}'s API (${kind}, HTTP ${status})`,
		description: `${GATEWAY_STATUS.has(status) ? `The server in front of ${platformName} got no answer from it: try again later. ` : ''}Check 'Base URL' in the credential: it ends in ${baseUrlEnding}. A proxy or login page in between answers like this as well.`,
		code,
	};
};
