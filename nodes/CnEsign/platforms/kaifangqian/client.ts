import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { firstBytes, textOf } from '../../runtime/binary';
import { credentialOf } from '../../runtime/credential';
import { envelopeOf, foreignAnswer, withTextIds } from '../../runtime/envelope';
import { apiError, howToFindOut } from '../../runtime/errors';
import { exchange, type Answer, type Call, type Caller } from '../../runtime/exchange';
import { personalValues, redact, shorten } from '../../runtime/redact';
import type { RunSettings } from '../../runtime/settings';
import { hintFor, SUCCESS, THROTTLED, THROTTLED_TEXT, UNKNOWN_TROUBLE } from './codes';
import { NAME, PLATFORM } from './names';
import type { KaifangqianCredential } from './signing';
// The credential signs, and loads it itself. Here too, so that it is there before anything is sent.
import './signing';

export interface Download {
	stream: NodeJS.ReadableStream;
	/** The first bytes; they are still in the stream. */
	head: Buffer;
	/** Header `fileName`, decoded; empty when there is none. */
	fileName: string;
}

export interface PostOptions {
	/** The call only asks: it may be repeated. */
	readsOnly?: boolean;
	timeout?: number;
}

/** Makes calls for one item and returns the envelope's `result`; refusals are thrown. */
export interface KaifangqianClient {
	get(path: string, query: IDataObject, options?: { timeout?: number }): Promise<unknown>;
	post(path: string, body: Record<string, unknown>, options?: PostOptions): Promise<unknown>;
	download(path: string, query: IDataObject): Promise<Download>;
}

const saysThrottled = (text: string): boolean =>
	/(?<!\d)999999(?!\d)/.test(text) || text.includes(THROTTLED_TEXT);

// Which of the three answer forms carries the throttle's refusal is not known (§3.2), so it is looked
// for in all of them, but only where a refusal speaks: an id of a new contract may hold the same digits,
// and sending that call again would make a second one. Long answers are never that refusal.
const isThrottled = ({ text }: Answer): boolean => {
	if (text.length > 10_000 || !(text.includes(THROTTLED) || text.includes(THROTTLED_TEXT)))
		return false;
	const envelope = envelopeOf(text);
	// What begins as JSON and is none broke off on the way, perhaps in the answer to a call that was
	// carried out: any id or time in it may hold these digits.
	if (!envelope) return !/^\s*[{[]/.test(text) && saysThrottled(text);
	const { code, message } = envelope;
	if (String(code) === SUCCESS) return false;
	return String(code) === THROTTLED || (typeof message === 'string' && saysThrottled(message));
};

/**
 * Whether a refusal may stand at the end of work that was done. The generic one (form 2, §3.1) comes with
 * whatever the platform did not expect, and says so by `success`, which its own refusals do not have.
 */
const leavesOpen = ({ code, success }: Record<string, unknown>): boolean =>
	success === false || UNKNOWN_TROUBLE.test(String(code));

// The paths with a limit of calls per second (§3.3); it holds for whatever operation calls them.
const THROTTLED_PATHS = new Set([
	'/document/file',
	'/annex/file',
	'/contract/draft',
	'/contract/document/download',
]);

const BASE_ENDING = '/resrun-paas/kaifangqian/openAPI/V2';

const fileNameOf = (headers: Record<string, string>): string => {
	const raw =
		headers.filename ??
		/filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1] ??
		'';
	try {
		// Java's encoder writes a space as +.
		return decodeURIComponent(raw.replace(/\+/g, ' '));
	} catch {
		return raw;
	}
};

/** Checks the credential once per run; returns a client for each item. */
export const connectKaifangqian = async (
	exec: IExecuteFunctions,
	settings: RunSettings,
): Promise<(itemIndex: number) => KaifangqianClient> => {
	const credential = await credentialOf<KaifangqianCredential>(exec, PLATFORM);
	const { baseUrl } = credential;
	// A key has lines, and each of them is as secret as the whole.
	const keyLines = (credential.secret ?? '')
		.split(/\s+/)
		.filter((line) => /^[\w+/=]{8,}$/.test(line));
	const secrets = [credential.appAuthToken, ...keyLines].filter((value) => value?.length > 3);

	const node = exec.getNode();
	return (itemIndex) => {
		const caller: Caller = {
			exec,
			itemIndex,
			credential,
			settings,
			isThrottled,
			platformName: NAME,
		};

		const refuse = (answer: Answer, sent: unknown, readsOnly: boolean): never => {
			if (isThrottled(answer)) {
				throw apiError(node, {
					message: THROTTLED_TEXT,
					description: hintFor(THROTTLED, ''),
					code: THROTTLED,
					itemIndex,
				});
			}
			const envelope = envelopeOf(answer.text);
			if (!envelope || (envelope.code === undefined && envelope.success !== false)) {
				const foreign = { platformName: NAME, ending: BASE_ENDING, readsOnly };
				throw apiError(node, { ...foreignAnswer(answer, foreign), itemIndex });
			}
			const code = envelope.code === undefined ? String(answer.status) : String(envelope.code);
			const said = typeof envelope.message === 'string' ? envelope.message : '';
			const message = shorten(redact(said, [...secrets, ...personalValues(sent)]));
			const outcomeUnknown = !readsOnly && leavesOpen(envelope);
			const hint = outcomeUnknown ? howToFindOut(NAME) : hintFor(code, said);
			throw apiError(node, {
				message: message === '' ? `Kaifangqian refused the call with code ${code}` : message,
				description: [`Kaifangqian answered with code ${code}.`, hint].filter(Boolean).join(' '),
				code,
				itemIndex,
				outcomeUnknown,
			});
		};

		/** The one envelope check: success is code 10000, as number or text, and nothing else (§3.1). */
		const resultOf = (answer: Answer, sent: unknown, readsOnly: boolean): unknown => {
			const envelope = envelopeOf(answer.text);
			if (!envelope || String(envelope.code) !== SUCCESS || envelope.success === false)
				return refuse(answer, sent, readsOnly);
			return withTextIds(envelope.result ?? undefined);
		};

		const call = (path: string, rest: Omit<Call, 'url' | 'throttled'>): Call => ({
			url: `${baseUrl}${path}`,
			throttled: THROTTLED_PATHS.has(path),
			...rest,
		});

		return {
			async get(path, query, { timeout } = {}) {
				const answer = await exchange(
					caller,
					call(path, { method: 'GET', query, readsOnly: true, timeout }),
				);
				return resultOf(answer, query, true);
			},
			async post(path, body, { readsOnly = false, timeout } = {}) {
				const answer = await exchange(
					caller,
					call(path, { method: 'POST', body, readsOnly, timeout }),
				);
				return resultOf(answer, body, readsOnly);
			},
			async download(path, query) {
				const answer = await exchange(
					caller,
					call(path, {
						method: 'GET',
						query,
						readsOnly: true,
						answer: 'stream',
						// The file comes as octet-stream; a server that takes Accept at its word would refuse it.
						headers: { Accept: '*/*' },
					}),
				);
				if (!answer.stream) return refuse(answer, query, true);
				const head = await firstBytes(node, itemIndex, answer.stream);
				const isFile =
					head.subarray(0, 1024).includes('%PDF-') ||
					head.subarray(0, 2).toString('latin1') === 'PK';
				if (isFile) return { stream: answer.stream, head, fileName: fileNameOf(answer.headers) };
				return refuse({ ...answer, text: await textOf(answer.stream) }, query, true);
			},
		};
	};
};
