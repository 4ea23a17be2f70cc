import type { IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';
import { firstBytes, textOf } from '../../runtime/binary';
import { credentialOf } from '../../runtime/credential';
import { envelopeOf, foreignAnswer, withTextIds } from '../../runtime/envelope';
import { apiError } from '../../runtime/errors';
import { exchange, type Answer, type Caller } from '../../runtime/exchange';
import { MultipartBody } from '../../runtime/multipartBody';
import { personalValues, redact, shorten } from '../../runtime/redact';
import type { RunSettings } from '../../runtime/settings';
import { BAD_PARAMETER, BUSY, gatewayHint, hintFor, perhapsGatewayHint, SUCCESS } from './codes';
import { NAME, PLATFORM } from './names';
import type { QiandunCredential } from './signing';
// The credential signs, and loads it itself. Here too, so that it is there before anything is sent.
import './signing';

export interface QiandunCall {
	method: IHttpRequestMethods;
	path: string;
	query?: IDataObject;
	/** A JSON object, or a body that is read while it is sent. */
	body?: unknown;
	/** `true` where calling twice changes nothing and costs nothing. */
	readsOnly: boolean;
	timeout?: number;
}

export interface QiandunFile {
	stream: NodeJS.ReadableStream;
	headers: Record<string, string>;
}

/** Makes calls for one item and returns the envelope's `result`; refusals are thrown. */
export interface QiandunClient {
	call(call: QiandunCall): Promise<unknown>;
	/** For calls that may answer with a file: the file, or the envelope's `result`. */
	callForFile(call: QiandunCall): Promise<{ file: QiandunFile } | { result: unknown }>;
}

// Rate limits are not known (§3); 429 is what a gateway says when it did not accept a call.
const isThrottled = ({ status }: Answer): boolean => status === 429;

const isBusy = ({ text }: Answer): boolean =>
	text.length < 10_000 && String(envelopeOf(text)?.code) === BUSY;

/** What was sent, for hiding personal data that an answer repeats. */
const sentBy = ({ query, body }: QiandunCall): unknown => [
	query,
	body instanceof MultipartBody ? body.fields : body,
];

/** Checks the credential once per run; returns a client for each item. */
export const connectQiandun = async (
	exec: IExecuteFunctions,
	settings: RunSettings,
): Promise<(itemIndex: number) => QiandunClient> => {
	const credential = await credentialOf<QiandunCredential>(exec, PLATFORM);
	const { baseUrl } = credential;
	const secrets = [credential.secret, credential.appKey].flatMap((value) =>
		value && value.length > 3 ? [value] : [],
	);

	const node = exec.getNode();
	return (itemIndex) => {
		const caller: Caller = {
			exec,
			itemIndex,
			credential,
			settings,
			isThrottled,
			isBusy,
			platformName: NAME,
		};
		const clean = (text: unknown, sent: unknown) =>
			typeof text === 'string' ? shorten(redact(text, [...secrets, ...personalValues(sent)])) : '';

		const refuse = (answer: Answer, call: QiandunCall): never => {
			const sent = sentBy(call);
			const { status } = answer;
			const gateway = clean(answer.headers['x-ca-error-message'], sent);
			const envelope = envelopeOf(answer.text);
			const isForeign = envelope?.code === undefined && envelope?.success !== false;
			const isGateway =
				gateway !== '' || (isForeign && status >= 400 && status < 500 && status !== 404);
			if (isForeign && !isGateway) {
				const foreign = { platformName: NAME, ending: '/api', readsOnly: call.readsOnly };
				throw apiError(node, { ...foreignAnswer(answer, foreign), itemIndex });
			}

			const named = clean(String(envelope?.code ?? ''), sent);
			const code = named || String(status);
			const how = named === '' ? `HTTP ${status}` : `code ${named}`;
			const said = clean(envelope?.msg, sent);
			const logKey = clean(envelope?.logKey, sent);
			// Code "200" with `success: false`: its message would only say that all is well.
			const message = (named !== SUCCESS && said) || gateway;
			throw apiError(node, {
				message: message || `Qiandun refused the call with ${how}`,
				description: [
					`${isForeign ? "Qiandun's gateway" : 'Qiandun'} answered with ${how}.`,
					said && said !== message ? `It says: ${said}.` : '',
					gateway && gateway !== message ? `Its gateway says: ${gateway}.` : '',
					logKey && `Log key for its support: ${logKey}.`,
					isGateway ? gatewayHint : hintFor(code),
					!isGateway && code === BAD_PARAMETER ? perhapsGatewayHint : '',
				]
					.filter(Boolean)
					.join(' '),
				code,
				itemIndex,
			});
		};

		/** The one envelope check: code "200", and `success`, which may be missing, not false (§3). */
		const resultOf = (answer: Answer, call: QiandunCall): unknown => {
			const envelope = envelopeOf(answer.text);
			if (!envelope || String(envelope.code) !== SUCCESS || envelope.success === false)
				return refuse(answer, call);
			return withTextIds(envelope.result ?? undefined);
		};

		const send = async ({ path, ...rest }: QiandunCall, answer: 'text' | 'stream') => {
			// The samples of the vendor show whole paths, with the /api that the base URL already has.
			if (baseUrl.endsWith('/api') && path.startsWith('/api/')) {
				throw apiError(node, {
					message: "The path begins with /api, which 'Base URL' in the credential already ends in",
					description: 'Leave out the first /api. Nothing was sent.',
					itemIndex,
				});
			}
			return await exchange(caller, { ...rest, url: `${baseUrl}${path}`, answer });
		};

		return {
			async call(call) {
				return resultOf(await send(call, 'text'), call);
			},
			async callForFile(call) {
				const answer = await send(call, 'stream');
				if (!answer.stream) return { result: resultOf(answer, call) };
				const head = await firstBytes(node, itemIndex, answer.stream);
				// A file has something in it: this is an answer that got lost.
				if (head.length === 0) return { result: resultOf(answer, call) };
				// A refusal may come without saying that it is JSON; it must not end up as a file.
				if (/^\s*\{/.test(head.toString('latin1')) && head.includes('"code"')) {
					return { result: resultOf({ ...answer, text: await textOf(answer.stream) }, call) };
				}
				return { file: { stream: answer.stream, headers: answer.headers } };
			},
		};
	};
};
