import type { IDataObject } from 'n8n-workflow';
import type { CallbackBody, CallbackContext, CallbackEvent, Verdict } from '../../callbacks/event';
import type { KaifangqianCredential } from '../signing';
import { confirmWithPlatform, settleCompletion } from './askBack';
import { verifySignature } from './signature';

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
