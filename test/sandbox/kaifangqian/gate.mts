import { refuse } from './answers.mjs';
import { hasWideCharacters, OPERATOR_ACCOUNT, UNIQUE_CODE } from './contract/limits.mjs';
import type { Endpoint } from './endpoint.mjs';
import { isFilled } from './java.mjs';
import { signatureMatches, textToSign } from './keys.mjs';
import type { Credential } from './seeds.mjs';
import { isRecord } from './shapes.mjs';
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
	/** Without one the server cannot write the log of an internal refusal (trap 2a). */
	hasOperatorAccount: boolean;
	/** The log of the call does not take what was sent: the answer breaks after the work is done. */
	isTooLongToLog: boolean;
}

/** What is answered before the endpoint is reached. */
export function admit(world: World, endpoint: Endpoint, incoming: Incoming): Admitted {
	const params = endpoint.method === 'POST' ? jsonBody(incoming) : firstValues(incoming.query);
	const common = endpoint.hostedOnly
		? {
				appAuthToken: incoming.headers.appauthtoken,
				uniqueCode: incoming.headers.uniquecode,
				operatorAccount: params.operatorAccount,
			}
		: params;
	const credential = credentialOf(world, textOf(common.appAuthToken));
	if (world.switches.strictSign) checkSignature(incoming, credential);
	const uniqueCode = textOf(common.uniqueCode);
	const operatorAccount = textOf(common.operatorAccount);
	const hasOperatorAccount = operatorAccount !== '';
	return {
		params,
		credential,
		hasUniqueCode: uniqueCode !== '',
		hasOperatorAccount: hasOperatorAccount && fits(operatorAccount, OPERATOR_ACCOUNT),
		isTooLongToLog:
			!fits(uniqueCode, UNIQUE_CODE) ||
			(hasOperatorAccount && !fits(operatorAccount, OPERATOR_ACCOUNT)),
	};
}

const fits = (text: string, most: number): boolean =>
	[...text].length <= most && !hasWideCharacters(text);

const textOf = (value: unknown): string =>
	value === undefined || value === null
		? ''
		: typeof value === 'object'
			? JSON.stringify(value)
			: String(value);

function jsonBody({ headers, rawBody }: Incoming): Record<string, unknown> {
	const body = isJsonType(headers) ? parsed(rawBody) : undefined;
	return isRecord(body) ? body : refuse(25000, 'POST请求的数据结构错误只支持JSON结构。');
}

const isJsonType = (headers: Incoming['headers']): boolean =>
	/^application\/json\b/i.test(String(headers['content-type'] ?? ''));

function parsed(rawBody: Buffer): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody));
	} catch {
		return undefined;
	}
}

/** A name sent twice: the server reads the first. */
const firstValues = (query: Incoming['query']): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
	);

function credentialOf(world: World, token: string): Credential {
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
	const { sign } = headers;
	const isSigned =
		typeof sign === 'string' &&
		signatureMatches(textToSign(method, rawBody, query), sign, credential.publicKey());
	if (!isSigned) refuse(26000, '数据验签失败');
}
