import { type NodeApiError, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';
import { isErrorNamed } from '../../runtime/errorNames';
import {
	bodyIdOf,
	eventIdOf,
	textOf,
	type CallbackAdapter,
	type CallbackEvent,
	type Delivery,
	type Verdict,
} from '../../runtime/callback';
import { credentialOf } from '../../runtime/credential';
import { pathBelowBase } from '../../runtime/path';
import { singleCall } from '../../runtime/settings';
import { createTurnstile } from '../../runtime/turnstile';
import { within } from '../../runtime/waiting';
import { connectQiandun, type QiandunClient } from './client';
import { PLATFORM } from './names';
import type { QiandunCredential } from './signing';

/** `businessType` → event (api/qiandun.md §6). */
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

// How long the platform waits for our answer is not known; asking it gets this much.
const TIMEOUT = 3000;

// Calls at the same time, so that a flood of forgeries does not become a flood on the platform.
const turnstile = createTurnstile(20);

/** Whether a text stands anywhere in a value. */
const holds = (value: unknown, wanted: string | undefined): boolean =>
	typeof value === 'object' && value !== null
		? Object.values(value).some((entry) => holds(entry, wanted))
		: wanted !== undefined && textOf(value) === wanted;

/** The event; `asked` is what the platform said when asked for the content. */
export const normaliseWith = (
	body: Record<string, unknown>,
	asked?: IDataObject,
): CallbackEvent => {
	const details = asked ?? {};
	const transactionId = textOf(body.transactionId);
	// The notification can be forged, what the platform says cannot.
	const businessType = textOf(details.businessType) ?? textOf(body.businessType);
	const known =
		businessType !== undefined && Object.hasOwn(EVENTS, businessType)
			? EVENTS[businessType]
			: undefined;
	// What the notification names counts only where the platform names it too, under whatever name: which
	// fields the content has is not published.
	const claimed = textOf(body.contractId);
	const contractId =
		textOf(details.contractId) ?? (!asked || holds(asked, claimed) ? claimed : undefined);
	return {
		event: known ?? 'unknown',
		// The transaction is the event: a second delivery has the same one.
		eventId:
			transactionId === undefined ? bodyIdOf(PLATFORM, body) : eventIdOf(PLATFORM, transactionId),
		mayRecur: transactionId === undefined,
		contractId,
		flat: Object.fromEntries(
			Object.entries({ transactionId, businessType, accountId: textOf(details.accountId) }).filter(
				([, value]) => value !== undefined,
			),
		) as IDataObject,
		full: {
			...(transactionId ? { transactionId } : {}),
			...(businessType ? { businessType } : {}),
			...(Object.keys(details).length > 0 ? { details } : {}),
		},
	};
};

export const normalise = (body: Record<string, unknown>): CallbackEvent => normaliseWith(body);

type Method = 'GET' | 'POST';

const methodOf = (value: unknown): Method => (value === 'GET' ? 'GET' : 'POST');

interface Paths {
	detailsMethod: Method;
	confirmMethod: Method;
	details: string;
	confirm: string;
}

const pathsOf = (context: IWebhookFunctions): Paths => {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const path = (name: string, label: string) => {
		const given = String(options[name] ?? '').trim();
		if (given === '') return '';
		return pathBelowBase(given, `'${label}'`, (message) => {
			throw new TypeError(message);
		});
	};
	return {
		detailsMethod: methodOf(options.detailsMethod),
		confirmMethod: methodOf(options.confirmMethod),
		details: path('detailsPath', 'Details Path'),
		confirm: path('confirmPath', 'Confirm Path'),
	};
};

/** Neither the paths of 获取回调信息 and 回调成功确认 nor their fields are published (api/qiandun.md §6). */
const ask = async (
	client: QiandunClient,
	method: Method,
	path: string,
	transactionId: string,
	isProven: boolean,
): Promise<unknown> => {
	const content = { transactionId };
	const call = async (timeout: number) =>
		await client.call({
			method,
			path,
			readsOnly: true,
			timeout,
			...(method === 'GET' ? { query: content } : { body: content }),
		});
	return await within(TIMEOUT, turnstile(call, TIMEOUT, isProven));
};

const prove = async (
	context: IWebhookFunctions,
	{ body }: Delivery,
	event: CallbackEvent,
): Promise<Verdict> => {
	await credentialOf<QiandunCredential>(context as never, PLATFORM);
	const paths = pathsOf(context);
	if (paths.details === '' && paths.confirm === '')
		return { accepted: true, verified: 'none', event };
	const transactionId = textOf(body.transactionId);
	if (transactionId === undefined)
		return { accepted: false, why: 'malformed', reason: 'it names no transaction' };

	const client = (await connectQiandun(context as never, singleCall(TIMEOUT)))(0);
	const afterwards =
		paths.confirm === ''
			? undefined
			: async () =>
					void (await ask(
						client,
						paths.confirmMethod,
						paths.confirm,
						transactionId,
						paths.details !== '',
					));
	if (paths.details === '') return { accepted: true, verified: 'none', event, afterwards };
	try {
		const result = await ask(client, paths.detailsMethod, paths.details, transactionId, false);
		const details =
			typeof result === 'object' && result !== null && !Array.isArray(result)
				? (result as IDataObject)
				: { result: result as string };
		return {
			accepted: true,
			verified: 'platform',
			event: normaliseWith(body, details),
			afterwards,
		};
	} catch (thrown) {
		// A code of the platform's own, other than "busy", is its word on this transaction.
		const code = isErrorNamed(thrown, ['NodeApiError'])
			? ((thrown as NodeApiError).httpCode ?? '')
			: '';
		// "400" is no such word: it may also be how the gateway refuses our own key or clock (§9.6).
		const refused = /^oc_/.test(code);
		return refused
			? {
					accepted: false,
					why: 'unproven',
					reason: `the platform does not know the transaction (code ${code})`,
				}
			: {
					accepted: false,
					why: 'tryAgain',
					reason: `the platform could not be asked: ${(thrown as Error).message}`,
				};
	}
};

export const qiandunCallbacks: CallbackAdapter = { normalise, prove };
