import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

export interface KeyPair {
	/** PEM, SPKI. */
	publicKey: string;
	/** PEM, PKCS#8. */
	privateKey: string;
}

const newPair = (): KeyPair =>
	generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	});

const pairs = new Map<string, KeyPair>();

/** Making an RSA pair takes long enough to be felt in a test run: one per purpose and process. */
export function keyPair(purpose: 'platform' | 'developer' | 'stranger'): KeyPair {
	const pair = pairs.get(purpose) ?? newPair();
	pairs.set(purpose, pair);
	return pair;
}

/** SHA256withRSA, Base64 (docs/api/kaifangqian.md 2.3, 7.1). */
export const signText = (text: string | Buffer, privateKey: string): string =>
	sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');

export function signatureMatches(
	text: string | Buffer,
	signature: string,
	publicKey: string,
): boolean {
	try {
		const bytes = Buffer.from(signature, 'base64');
		return verify('RSA-SHA256', Buffer.from(text), createPublicKey(publicKey), bytes);
	} catch {
		return false;
	}
}

/** The string a developer signs (docs/api/kaifangqian.md 2.3). */
export function textToSign(
	method: string,
	rawBody: Buffer,
	query: Record<string, string | string[]>,
): string {
	if (method === 'POST' || method === 'PUT') {
		// The server reads the body line by line and joins the lines again with its own separator.
		return rawBody
			.toString('utf8')
			.replace(/\r\n|\r/g, '\n')
			.replace(/\n$/, '');
	}
	return Object.keys(query)
		.sort()
		.map((name) => [name, firstOf(query[name])] as const)
		.filter(([, value]) => value.trim() !== '')
		.map(([name, value]) => `${name}=${value}`)
		.join('&');
}

const firstOf = (value: string | string[]): string =>
	(Array.isArray(value) ? value[0] : value) ?? '';
