import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { createAdmissionQueue } from '../../../runtime/http/admissionQueue';
import { createClient, type Client } from '../../../runtime/http/createClient';
import { codeOf } from '../../../runtime/http/errors';
import { pathBelowBase } from '../../../runtime/http/signableRequest';
import { within } from '../../../runtime/http/waiting';
import { isRecord } from '../../../runtime/items/values';
import { singleCall } from '../../../runtime/items/settings';
import {
	textOf,
	type CallbackBody,
	type CallbackContext,
	type CallbackEvent,
	type Verdict,
} from '../../callbacks';
import { client } from '../client';
import type { QiandunCredential } from '../signing';
import { normalise } from './normalise';

// How long the platform waits for our answer is not known; asking it gets this much.
const TIMEOUT = 3000;

// At most 20 calls at a time: a flood of forgeries must not become a flood on the platform.
const admissionQueue = createAdmissionQueue(20);

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
		const text = String(options[name] ?? '').trim();
		if (text === '') return '';
		return pathBelowBase(text, `'${label}'`, (message) => {
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

/** Neither the paths of 获取回调信息 and 回调成功确认 nor their fields are published (docs/api/qiandun.md, 6). */
const ask = async (
	client: Client,
	method: Method,
	path: string,
	transactionId: string,
	isProven: boolean,
): Promise<unknown> => {
	const content = { transactionId };
	const call = async (timeout: number) =>
		await client.request({
			method,
			path,
			readsOnly: true,
			timeout,
			...(method === 'GET' ? { query: content } : { body: content }),
		});
	return await within(TIMEOUT, admissionQueue(call, TIMEOUT, isProven));
};

/** What may be asked about: no platform has longer IDs, or blanks in them. */
const PLAUSIBLE_ID = /^[\x21-\x7e]{1,128}$/;

/** Whether an answer has no content, which proves nothing: so may an unknown transaction be answered. */
const isEmpty = (result: unknown): boolean =>
	typeof result === 'object' && result !== null
		? Object.keys(result).length === 0
		: result === undefined || result === null || result === '';

/** Proves an event by fetching its content from the platform, where the user has given the path of that call. */
export async function prove(
	callback: CallbackContext<QiandunCredential>,
	body: CallbackBody,
	event: CallbackEvent,
): Promise<Verdict> {
	const { context } = callback;
	const credential = await callback.credential();
	const paths = pathsOf(context);
	if (paths.details === '' && paths.confirm === '')
		return { accepted: true, verified: 'none', event };
	const transactionId = textOf(body.transactionId);
	if (transactionId === undefined)
		return { accepted: false, why: 'malformed', reason: 'it names no transaction' };
	if (!PLAUSIBLE_ID.test(transactionId))
		return {
			accepted: false,
			why: 'unproven',
			reason: 'its transaction ID has a form that the platform gives to none',
		};

	const asking = createClient(client, context, singleCall(TIMEOUT), credential).forItem(0);
	const afterwards =
		paths.confirm === ''
			? undefined
			: async () =>
					void (await ask(
						asking,
						paths.confirmMethod,
						paths.confirm,
						transactionId,
						paths.details !== '',
					));
	if (paths.details === '') return { accepted: true, verified: 'none', event, afterwards };
	try {
		const result = await ask(asking, paths.detailsMethod, paths.details, transactionId, false);
		if (isEmpty(result))
			return {
				accepted: false,
				why: 'unproven',
				reason: 'the platform says nothing about the transaction',
			};
		const details = (isRecord(result) ? result : { result }) as IDataObject;
		return {
			accepted: true,
			verified: 'platform',
			event: normalise(body, details),
			afterwards,
		};
	} catch (thrown) {
		// A code of the platform's own, other than "busy", is its word on this transaction.
		const code = codeOf(thrown) ?? '';
		// "400" is no such word: the gateway may refuse our own key or clock with it (docs/api/qiandun.md, 9.6).
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
}
