import type { IDataObject } from 'n8n-workflow';
import { bodyIdOf, eventIdOf, textOf, type CallbackEvent } from '../../callbacks';
import { omitEmpty } from '../../../runtime/items/values';
import { PLATFORM } from '../client';

/** `businessType` → event (docs/api/qiandun.md, 6). */
export const EVENTS: Record<string, string> = {
	OPEN_CORP_AUTHORIZATION_AUDIT_RESULT: 'identity.authorizationReviewed',
	OPEN_PSN_FACE_RECOGNITION_RESULT: 'identity.faceChecked',
	OPEN_PSN_CERT_RESULT: 'identity.personVerified',
	OPEN_CORP_CERT_RESULT: 'identity.companyVerified',
	OPEN_CONTRACT_STATUS_CHANGED: 'contract.statusChanged',
	OPEN_CONTRACT_SIGNED: 'contract.signed',
	OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH: 'seal.silentSignAuthorized',
	OPEN_GET_SEAL_POSITION: 'seal.positionsSet',
};

/** Whether a text stands anywhere in a value. */
const holds = (value: unknown, wanted: string | undefined): boolean =>
	typeof value === 'object' && value !== null
		? Object.values(value).some((entry) => holds(entry, wanted))
		: wanted !== undefined && textOf(value) === wanted;

/** The event; `asked` is what the platform said when asked for the content. */
export function normalise(body: Record<string, unknown>, asked?: IDataObject): CallbackEvent {
	const details = asked ?? {};
	const transactionId = textOf(body.transactionId);
	// The notification can be forged, what the platform says cannot.
	const businessType = textOf(details.businessType) ?? textOf(body.businessType);
	const mapped =
		businessType !== undefined && Object.hasOwn(EVENTS, businessType)
			? EVENTS[businessType]
			: undefined;
	// What the notification names counts only where the platform names it too, under whatever name: which
	// fields the content has is not published.
	const claimed = textOf(body.contractId);
	const contractId =
		textOf(details.contractId) ?? (!asked || holds(asked, claimed) ? claimed : undefined);
	return {
		event: mapped ?? 'unknown',
		// The transaction is the event: a second delivery has the same one.
		eventId:
			transactionId === undefined ? bodyIdOf(PLATFORM, body) : eventIdOf(PLATFORM, transactionId),
		mayRecur: transactionId === undefined,
		contractId,
		flat: omitEmpty({
			transactionId,
			businessType,
			accountId: textOf(details.accountId),
		}) as IDataObject,
		full: {
			...(transactionId ? { transactionId } : {}),
			...(businessType ? { businessType } : {}),
			...(Object.keys(details).length > 0 ? { details } : {}),
		},
	};
}
