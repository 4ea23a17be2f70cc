import { verify } from 'crypto';
import { rsaPublicKey } from '../../../runtime/http/keys';
import { decode } from '../../callbacks/openJson';

/**
 * SHA256withRSA over the body as sent (docs/api/kaifangqian.md, 7.1). Installations sign the UTF-8 text but
 * may send it in another character set, so a body that is not UTF-8 is also tried as the text it stands for.
 */
export function verifySignature(rawBody: Buffer, signature: unknown, publicKey: string): boolean {
	if (typeof signature !== 'string' || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(signature)) return false;
	const key = rsaPublicKey(publicKey, 'Platform Public Key');
	const bytes = Buffer.from(signature, 'base64');
	if (verify('sha256', rawBody, key, bytes)) return true;
	const text = Buffer.from(decode(rawBody), 'utf8');
	return !text.equals(rawBody) && verify('sha256', text, key, bytes);
}
