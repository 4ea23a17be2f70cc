import { UserError, type IHttpRequestOptions } from 'n8n-workflow';
import { withoutInvisible } from '../items/cleanText';
import type { Fail } from '../items/parameters';
import { JsonFileBody, holdsFile } from './bodies';
import { parseLosslessly } from './parseLosslessly';

/**
 * What n8n hands to `authenticate`. Its HTTP Request node still uses the older option names
 * (`uri`, `form`, `formData`, `followRedirect`), the node's own calls the newer ones.
 */
export type SignableRequest = IHttpRequestOptions & {
	uri?: string;
	form?: unknown;
	formData?: unknown;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
};

/** Clock (ms) and UUIDs, so that a test can fix them. */
export interface SigningClock {
	now(): number;
	uuid(): string;
}

/** Names and values of query parameters, decoded. */
export type QueryPairs = Array<[string, string]>;

const badBase = (reason: string) =>
	new UserError(`'Base URL' in the credential ${reason}`, {
		description:
			"Enter the whole address, starting with https:// and ending where the platform's paths begin.",
	});

/** The credential's base URL without trailing slashes. Throws a message for a person. */
export function cleanBaseUrl(text: unknown): string {
	const base = withoutInvisible(String(text ?? '')).replace(/\/+$/, '');
	if (base === '') throw badBase('is empty');
	if (!URL.canParse(base)) throw badBase('is not a web address');
	const url = new URL(base);
	if (!['https:', 'http:'].includes(url.protocol))
		throw badBase('must start with https:// or http://');
	if (/[?#]/.test(base)) throw badBase('must not hold a ? or #');
	if (url.username !== '' || url.password !== '')
		throw badBase('must not hold a user name or password');
	return base;
}

/** Absolute URL of a request, from either generation of option names. */
export function targetOf(request: SignableRequest): URL {
	const target = request.url ?? request.uri ?? '';
	const absolute = /^https?:/i.test(target)
		? target
		: `${(request.baseURL ?? '').trim().replace(/\/+$/, '')}/${target.replace(/^\/+/, '')}`;
	if (!URL.canParse(absolute))
		throw new UserError('The address of the request is not a web address');
	return new URL(absolute);
}

/** Whether two addresses have scheme, host and port in common. */
export function isSameOrigin(url: URL, baseUrl: string): boolean {
	return url.origin === new URL(baseUrl).origin;
}

// Half a surrogate pair has no UTF-8 form: its replacement character is what is signed and sent.
const wellFormed = (text: string) => Buffer.from(text).toString();

const pairsOf = (key: string, value: unknown): QueryPairs => {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => pairsOf(key, entry));
	if (typeof value === 'object') return [[key, JSON.stringify(value)]];
	return [[key, String(value)]];
};

/** All query parameters, decoded, from the address and from `qs`; names in `own` are left out. */
export function queryOf(request: SignableRequest, target: URL, own: string[] = []): QueryPairs {
	const given: QueryPairs = [
		...target.searchParams.entries(),
		...Object.entries(request.qs ?? {}).flatMap(([key, value]) => pairsOf(key, value)),
	];
	return given
		.filter(([key]) => !own.includes(key))
		.map(([key, value]) => [wellFormed(key), wellFormed(value)]);
}

/** Puts method, address and query into one fixed address, so that what was signed is what is sent. */
export function fixAddress(request: SignableRequest, target: URL, pairs: QueryPairs): void {
	const query = pairs
		.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
		.join('&');
	const address = `${target.origin}${target.pathname}${query === '' ? '' : `?${query}`}`;
	if (request.uri !== undefined) request.uri = address;
	if (request.url !== undefined || request.uri === undefined) request.url = address;
	delete request.baseURL;
	delete request.qs;
	// Signing headers are ordinary headers to the HTTP client: it would carry them to wherever a
	// redirect points, whatever the host.
	request.disableFollowRedirect = true;
	request.followRedirect = false;
	request.followAllRedirects = false;
	request.maxRedirects = 0;
}

/** Sets headers; a header of the same name in other letters is replaced. */
export function setHeaders(
	request: SignableRequest,
	headers: Record<string, string | undefined>,
): void {
	const lower = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
	const kept = Object.entries(request.headers ?? {}).filter(
		([name]) => !lower.has(name.toLowerCase()),
	);
	const set = Object.entries(headers).filter(
		(entry): entry is [string, string] => entry[1] !== undefined,
	);
	request.headers = Object.fromEntries([...kept, ...set]);
}

/** A header of the request; `name` in small letters. */
export function headerOf(request: SignableRequest, name: string): string | undefined {
	const found = Object.entries(request.headers ?? {}).find(([key]) => key.toLowerCase() === name);
	return found === undefined ? undefined : String(found[1]);
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' &&
	value !== null &&
	[Object.prototype, null].includes(Object.getPrototypeOf(value));

/** A body as JSON object, where it is one; text and bytes are read, so that signing twice works. */
export function jsonBodyOf(request: SignableRequest): Record<string, unknown> | undefined {
	const { body } = request as { body?: unknown };
	if (body === undefined || body === null || body === '') {
		return request.form === undefined && request.formData === undefined ? {} : undefined;
	}
	if (body instanceof JsonFileBody) return body.fields;
	if (isPlainObject(body)) return body;
	if (typeof body === 'string' || Buffer.isBuffer(body)) {
		try {
			// The body is written anew, so ids in it must not lose digits on the way.
			const parsed = parseLosslessly(body.toString());
			return isPlainObject(parsed) ? parsed : undefined;
		} catch {
			return undefined;
		}
	}
	return undefined;
}

/** The final body: bytes, or, with a file in it, a body that is read while it is sent. */
export function serialise(fields: Record<string, unknown>): Buffer | JsonFileBody {
	return holdsFile(fields) ? new JsonFileBody(fields) : Buffer.from(JSON.stringify(fields));
}

/**
 * A path below the base URL, as given or refused: a call can be steered to another path here, never to
 * another host, another protocol, or out of the API.
 */
export function pathBelowBase(given: string, label: string, fail: Fail): string {
	const path = given.startsWith('/') ? given : `/${given}`;
	let decoded = path;
	try {
		decoded = decodeURIComponent(path);
	} catch {
		return fail(
			`${label} holds a % that is not followed by two digits`,
			'Write the path without percent signs.',
		);
	}
	if (/^\/+[\w.-]*:|:\/\/|^\/\//.test(decoded)) {
		return fail(
			`${label} is a whole address`,
			"Enter only the part after the credential's base URL, such as /contract/tasks.",
		);
	}
	if (/[?#]/.test(decoded))
		return fail(`${label} holds a ? or #`, 'Put the parameters of the call into the query.');
	// Java servers read what follows a ; apart from the path, and then see the dots before it.
	if (/[;\\\s\p{Cc}]/u.test(decoded))
		return fail(
			`${label} holds a character that no path has`,
			'Remove spaces, backslashes and line breaks.',
		);
	if (decoded.split('/').some((part) => part === '.' || part === '..')) {
		return fail(`${label} leads out of the API`, 'Remove the parts that are only dots.');
	}
	return path;
}
