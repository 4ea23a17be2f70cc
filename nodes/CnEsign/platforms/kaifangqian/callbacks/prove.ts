import { verify } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { rsaPublicKey } from '../../../runtime/http/keys';
import {
	decode,
	type CallbackBody,
	type CallbackContext,
	type CallbackEvent,
	type Verdict,
} from '../../callbacks';
import type { KaifangqianCredential } from '../signing';
import { confirmWithPlatform, settleCompletion } from './askBack';

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

/** Proves an event by its signature where the credential has a public key, by asking the platform otherwise. */
export async function prove(
	callback: CallbackContext<KaifangqianCredential>,
	body: CallbackBody,
	event: CallbackEvent,
): Promise<Verdict> {
	const { context, delivery } = callback;
	const { platformPublicKey = '' } = await callback.credential();
	if (platformPublicKey.trim() !== '') {
		if (!verifySignature(delivery.rawBody, delivery.headers.sign, platformPublicKey.trim()))
			return { accepted: false, why: 'unproven', reason: 'the signature is missing or wrong' };
		return await settleCompletion(callback, body, event);
	}
	const options = context.getNodeParameter('options', {}) as IDataObject;
	if (options.confirmWithPlatform === false) return { accepted: true, verified: 'none', event };
	return await confirmWithPlatform(callback, body, event, options.acceptUnprovenDeletions === true);
}
