import { refuse } from './answers.mjs';
import type { Endpoint } from './endpoint.mjs';
import { signatureMatches, textToSign } from './keys.mjs';
import type { Credential } from './seeds.mjs';
import { withoutNulls } from './validation.mjs';
import type { World } from './world.mjs';

export interface Incoming {
	method: string;
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, string | string[]>;
	rawBody: Buffer;
}

export interface Admitted {
	params: Record<string, unknown>;
	credential: Credential;
	/** Without one the call does its work and then breaks (trap 2). */
	hasUniqueCode: boolean;
}

/** Where a call stands before its parameters are looked at: the order of api/kaifangqian.md §9.3. */
export function admit(world: World, endpoint: Endpoint, incoming: Incoming): Admitted {
	const params =
		endpoint.method === 'POST' ? jsonBody(world, incoming) : firstValues(incoming.query);
	const credential = credentialOf(world, tokenOf(world, endpoint, incoming, params));
	if (world.switches.strictSign) checkSignature(incoming, credential);
	const uniqueCode = endpoint.tokenInHeader ? incoming.headers.uniquecode : params.uniqueCode;
	return { params, credential, hasUniqueCode: isFilled(uniqueCode) };
}

const isFilled = (value: unknown): value is string =>
	typeof value === 'string' && value.trim() !== '';

function jsonBody(world: World, { headers, rawBody }: Incoming): Record<string, unknown> {
	const notJson = () => refuse(25000, 'POST请求的数据结构错误只支持JSON结构');
	const isJsonType = /^application\/json\b/i.test(String(headers['content-type'] ?? ''));
	if (world.switches.requireJsonContentType && !isJsonType) notJson();
	let body: unknown;
	try {
		body = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody));
	} catch {
		return notJson();
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return notJson();
	return withoutNulls(body) as Record<string, unknown>;
}

/** A name sent twice: the server reads the first. */
const firstValues = (query: Incoming['query']): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
	);

/** Endpoints 1–15 do not read a header, endpoint 16 does (§9.2). */
function tokenOf(
	world: World,
	endpoint: Endpoint,
	incoming: Incoming,
	params: Record<string, unknown>,
) {
	if (!endpoint.tokenInHeader) return params.appAuthToken;
	const fromHeader = incoming.headers.appauthtoken;
	if (isFilled(fromHeader) || !world.switches.endpoint16TokenInBody) return fromHeader;
	return params.appAuthToken;
}

function credentialOf(world: World, token: unknown): Credential {
	if (!isFilled(token)) return refuse(40000, 'token缺失');
	const credential = world.credentials.find((candidate) => candidate.token === token);
	if (!credential) return refuse(41000, 'token无效');
	if (!credential.enabled) return refuse(42000, '开发者被停用');
	return credential;
}

function checkSignature(
	{ method, headers, query, rawBody }: Incoming,
	credential: Credential,
): void {
	const signed = textToSign(method, rawBody, query);
	const matches =
		isFilled(headers.sign) && signatureMatches(signed, headers.sign, credential.publicKey());
	if (!matches) refuse(26000, '数据验签失败');
}
