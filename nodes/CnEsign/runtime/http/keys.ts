import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'crypto';
import { UserError } from 'n8n-workflow';
import { withoutInvisible } from '../items/cleanText';

const FORMATS =
	'an RSA key in PKCS#8, as PEM text (from -----BEGIN to END-----) or only the Base64 between these lines';

/** As pasted from a JSON file, an environment variable or a terminal. */
const plainText = (text: string): string => {
	const plain = withoutInvisible(text)
		.replace(/\\+[rn]/g, '\n')
		.replace(/^["'`]|["'`,;]+$/g, '');
	if (plain.includes('-----BEGIN')) return plain;
	const decoded = Buffer.from(plain, 'base64').toString('latin1');
	return decoded.includes('-----BEGIN') ? decoded : plain;
};

/** Whether a key needs a password: its lines say so, or its bytes do where the lines are missing. */
const isEncrypted = (text: string, der: Buffer | undefined): boolean => {
	if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type:.*ENCRYPTED/.test(plainText(text))) return true;
	try {
		if (der) createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
		return false;
	} catch (error) {
		return (error as { code?: string }).code === 'ERR_MISSING_PASSPHRASE';
	}
};

/** The Base64 between the lines of the key; other blocks and what stands above them are left out. */
const base64Of = (text: string, kind: 'PRIVATE' | 'PUBLIC'): string => {
	const plain = plainText(text);
	const block = new RegExp(`-----BEGIN [A-Z ]*${kind} KEY-----([^-]*)-----END`).exec(plain);
	const other = /-----BEGIN [A-Z ]+-----([^-]*)-----END/.exec(plain);
	return (block ?? other)?.[1] ?? plain;
};

/** The DER bytes of a PEM text or of bare Base64; password fields may have eaten the line breaks. */
const derOf = (text: string, kind: 'PRIVATE' | 'PUBLIC'): Buffer | undefined => {
	// Base64url, as in addresses and tokens, has - and _ instead of + and /.
	const base64 = base64Of(text, kind).replace(/\s+/g, '').replace(/-/g, '+').replace(/_/g, '/');
	if (base64.length < 64 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
	return Buffer.from(base64, 'base64');
};

const firstThatParses = (attempts: Array<() => KeyObject>): KeyObject | undefined => {
	for (const attempt of attempts) {
		try {
			const key = attempt();
			if (key.asymmetricKeyType === 'rsa') return key;
		} catch {
			// Not this form; the next one may fit.
		}
	}
	return undefined;
};

// A parsed key signs about twice as fast as one parsed for every call. The text itself is not kept.
const parsed = new Map<string, KeyObject>();

const remember = (kind: string, text: string, parse: () => KeyObject): KeyObject => {
	const name = `${kind} ${createHash('sha256').update(text).digest('hex')}`;
	const cached = parsed.get(name);
	if (cached) return cached;
	const key = parse();
	if (parsed.size >= 50) parsed.clear();
	parsed.set(name, key);
	return key;
};

const privateKeyIn = (der: Buffer): KeyObject | undefined =>
	firstThatParses([
		() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
		() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }),
	]);

/** An RSA private key from a credential field. Throws a message that names the field, not the key. */
export function rsaPrivateKey(text: string, field: string): KeyObject {
	return remember('private', text, () => {
		const der = derOf(text, 'PRIVATE');
		const key = der && privateKeyIn(der);
		if (key) return key;
		if (isEncrypted(text, der))
			throw new UserError(`'${field}' in the credential is protected with a password`, {
				description:
					'Paste the key without one: openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem.',
			});
		throw new UserError(`'${field}' in the credential is not an RSA private key`, {
			description: `Paste ${FORMATS}. Leave the field empty to send unsigned requests.`,
		});
	});
}

/** An RSA public key from a credential field. */
export function rsaPublicKey(text: string, field: string): KeyObject {
	return remember('public', text, () => {
		const der = derOf(text, 'PUBLIC');
		// Node would derive the public key from a private one, which does not belong in this field.
		const key =
			der &&
			!privateKeyIn(der) &&
			firstThatParses([
				() => createPublicKey({ key: der, format: 'der', type: 'spki' }),
				() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }),
			]);
		if (key) return key;
		throw new UserError(`'${field}' in the credential is not an RSA public key`, {
			description:
				'Paste an RSA public key in X.509 form, as PEM text (from -----BEGIN to END-----) or only the Base64 between these lines.',
		});
	});
}
