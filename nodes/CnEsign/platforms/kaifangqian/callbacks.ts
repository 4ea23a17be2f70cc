import { verify } from 'crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import {
	decode,
	type CallbackAdapter,
	type CallbackEvent,
	type Delivery,
	type Verdict,
} from '../../runtime/callback';
import { credentialOf } from '../../runtime/credential';
import { rsaPublicKey } from '../../runtime/keys';
import { PLATFORM } from './names';
import { confirmWithPlatform, settleCompletion } from './confirm';
import { normalise } from './normalise';
import type { KaifangqianCredential } from './signing';

/**
 * SHA256withRSA over the body as sent (§7.1). Installations sign the UTF-8 text but may send it in
 * another character set, so a body that is not UTF-8 is also tried as the text it stands for.
 */
export const verifySignature = (
	rawBody: Buffer,
	signature: unknown,
	publicKey: string,
): boolean => {
	if (typeof signature !== 'string' || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(signature)) return false;
	const key = rsaPublicKey(publicKey, 'Platform Public Key');
	const bytes = Buffer.from(signature, 'base64');
	if (verify('sha256', rawBody, key, bytes)) return true;
	const text = Buffer.from(decode(rawBody), 'utf8');
	return !text.equals(rawBody) && verify('sha256', text, key, bytes);
};

const prove = async (
	context: IWebhookFunctions,
	delivery: Delivery,
	event: CallbackEvent,
): Promise<Verdict> => {
	const credential = await credentialOf<KaifangqianCredential>(context as never, PLATFORM);
	const publicKey = (credential.platformPublicKey ?? '').trim();
	if (publicKey !== '') {
		if (!verifySignature(delivery.rawBody, delivery.headers.sign, publicKey)) {
			return { accepted: false, why: 'unproven', reason: 'the signature is missing or wrong' };
		}
		return await settleCompletion(context, delivery.body, event);
	}
	const options = context.getNodeParameter('options', {}) as IDataObject;
	if (options.confirmWithPlatform === false) return { accepted: true, verified: 'none', event };
	return await confirmWithPlatform(
		context,
		delivery.body,
		event,
		options.acceptUnprovenDeletions === true,
	);
};

export const kaifangqianCallbacks: CallbackAdapter = { normalise, prove };
