import { createSign, sign, type KeyObject } from 'crypto';
import { UserError, type IHttpRequestOptions } from 'n8n-workflow';
import type { BaseCredential } from '../../runtime/http/credential';
import { JsonFileBody } from '../../runtime/http/bodies';
import { withoutInvisible } from '../../runtime/items/cleanText';
import { rsaPrivateKey, rsaPublicKey } from '../../runtime/http/keys';
import {
	fixAddress,
	jsonBodyOf,
	queryOf,
	serialise,
	setHeaders,
	targetOf,
	type SignableRequest,
	type QueryPairs,
	type SigningClock,
} from '../../runtime/http/signableRequest';

export interface KaifangqianCredential extends BaseCredential {
	appAuthToken: string;
	/** RSA private key, PKCS#8, PEM or bare Base64; empty: requests go out unsigned. */
	secret?: string;
	platformPublicKey?: string;
	/** Who sends (经办人) where a node names nobody. */
	senderName?: string;
	senderContact?: string;
}

const SECRET_FIELD = 'RSA Private Key';

// What the vendor's page gives as the header's value where nothing is signed (docs/api/kaifangqian.md, 2.3).
export const UNSIGNED = '123456';

/** A harmless call: the business lines of a contact that does not exist (docs/api/kaifangqian.md, 8, trap 7). */
export const HARMLESS_PATH = '/signRes';
export const TEST_CONTACT = 'n8n-credential-test@example.com';

/**
 * Sent where the user sets no account. Without one the server hides the reason of a refusal behind an HTTP
 * 401 (docs/api/kaifangqian.md, 2.1). Never a person's contact: that would change who acts.
 */
const OPERATOR_ACCOUNT = 'n8n';

/** The one call that the published server lacks (docs/api/kaifangqian.md, 6.16): no account is added to it. */
const HOSTED_ONLY = '/auth/corp/ident/link';

const COMMON_PARAMETERS = ['appAuthToken', 'uniqueCode', 'operatorAccount'];
const WITHOUT_BODY = new Set(['GET', 'DELETE', 'HEAD', 'OPTIONS']);

/** String to sign without a body: sorted, blank values skipped, not URL-encoded (docs/api/kaifangqian.md, 2.3). */
export function queryToSign(pairs: QueryPairs): string {
	return pairs
		.filter(([, value]) => value.trim() !== '')
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([key, value]) => `${key}=${value}`)
		.join('&');
}

/** SHA256withRSA in Base64, on the thread pool, so that other items go on meanwhile. */
const rsaSign = async (key: KeyObject, bytes: Uint8Array): Promise<string> =>
	await new Promise((resolve, reject) => {
		sign('sha256', bytes, key, (error, signature) => {
			if (error) reject(error);
			else resolve(signature.toString('base64'));
		});
	});

const signBody = async (key: KeyObject, body: Buffer | JsonFileBody): Promise<string> => {
	if (!(body instanceof JsonFileBody)) return await rsaSign(key, body);
	const signer = createSign('sha256');
	for await (const chunk of body.chunks()) signer.update(chunk);
	return signer.sign(key, 'base64');
};

/** *Test* in the credential, and the trigger when it is activated. */
const isTestCall = ({ pathname }: URL, query: QueryPairs): boolean =>
	pathname.endsWith(HARMLESS_PATH) &&
	query.some(([name, value]) => name === 'contact' && value === TEST_CONTACT);

/** Only callbacks need it, but whoever presses Test wants to know. */
const checkPublicKey = ({ platformPublicKey = '' }: KaifangqianCredential): void => {
	if (platformPublicKey.trim() !== '') rsaPublicKey(platformPublicKey, 'Platform Public Key');
};

/**
 * Signs a request for Kaifangqian (docs/api/kaifangqian.md, 2.1, 2.3): token and `uniqueCode` go into the
 * JSON body (or the query, without a body) and into the headers, `sign` covers the very bytes sent.
 * Signing a signed request again gives a fresh one.
 */
export async function signKaifangqian(
	credential: KaifangqianCredential,
	options: IHttpRequestOptions,
	clock: SigningClock,
): Promise<IHttpRequestOptions> {
	const request = { ...options } as SignableRequest;
	const token = withoutInvisible(String(credential.appAuthToken ?? ''));
	if (token === '') {
		throw new UserError("'App Auth Token' in the credential is empty", {
			description: 'Copy it from the admin console (运营后台): 接口授权 → 点击复制token.',
		});
	}
	const secret = String(credential.secret ?? '').trim();
	const key = secret === '' ? undefined : rsaPrivateKey(secret, SECRET_FIELD);
	const target = targetOf(request);
	const query = queryOf(request, target);

	if (isTestCall(target, query)) checkPublicKey(credential);
	const commonParameters = { appAuthToken: token, uniqueCode: clock.uuid() };
	const headers = { ...commonParameters, nonce: clock.uuid(), timestamp: String(clock.now()) };
	const isHostedOnly = target.pathname.endsWith(HOSTED_ONLY);
	const inQuery = query.find(([name]) => name === 'operatorAccount')?.[1];
	const accountOf = (given: unknown): Record<string, string> => {
		const account = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
		if (account.trim() !== '') return { operatorAccount: account };
		return isHostedOnly ? {} : { operatorAccount: OPERATOR_ACCOUNT };
	};
	const otherQuery = query.filter(([name]) => !COMMON_PARAMETERS.includes(name));
	if (WITHOUT_BODY.has((request.method ?? 'GET').toUpperCase())) {
		const pairs: QueryPairs = [
			...Object.entries({ ...commonParameters, ...accountOf(inQuery) }),
			...otherQuery,
		];
		fixAddress(request, target, pairs);
		const signature = key ? await rsaSign(key, Buffer.from(queryToSign(pairs))) : UNSIGNED;
		setHeaders(request, { ...headers, sign: signature });
		return request;
	}

	fixAddress(request, target, otherQuery);
	const given = jsonBodyOf(request);
	if (!given) {
		throw new UserError('Kaifangqian takes JSON bodies only', {
			description: 'Send the body as a JSON object. Files go into it as Base64 text.',
		});
	}
	const rest = Object.fromEntries(
		Object.entries(given).filter(([name]) => !COMMON_PARAMETERS.includes(name)),
	);
	const body = serialise({
		...commonParameters,
		...accountOf(given.operatorAccount ?? inQuery),
		...rest,
	});
	request.body = body as unknown as IHttpRequestOptions['body'];
	const signature = key ? await signBody(key, body) : UNSIGNED;
	setHeaders(request, { ...headers, sign: signature, 'Content-Type': 'application/json' });
	return request;
}
