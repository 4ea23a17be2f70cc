import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { firstBytes, textOf } from '../../runtime/binary';
import { credentialOf } from '../../runtime/credential';
import { envelopeOf, foreignAnswer, withTextIds } from '../../runtime/envelope';
import { apiError, howToFindOut } from '../../runtime/errors';
import { exchange, type Answer, type Call, type Caller } from '../../runtime/exchange';
import { personalValues, redact, shorten } from '../../runtime/redact';
import type { RunSettings } from '../../runtime/settings';
import { hintFor, SUCCESS, THROTTLED, THROTTLED_TEXT, tooLongHint } from './codes';
import { NAME, PLATFORM } from './names';
import { isLoginFilter, leavesOpen, TOO_LONG } from './outcome';
import { isCallOf, movesContract } from './oneAtATime';
import { HARMLESS_PATH, type KaifangqianCredential } from './signing';

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

// The published server refuses in form 1 (docs/api/kaifangqian.md, 3.2); what stands in front of it may not.
// So it is looked for in all forms, but only where a refusal speaks: an id of a new contract may hold the
// same digits, and sending that call again would make a second one. Long answers are never that refusal.
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

// The paths with a limit of calls per second (§3.3); it holds for whatever operation calls them.
const THROTTLED_PATHS = [
	'/document/file',
	'/annex/file',
	'/contract/draft',
	'/contract/document/download',
];

/** Form 3 with an operator account says only this (docs/api/kaifangqian.md, 3.1); its own words speak of the token. */
const NO_SUCH_CALL = {
	message: 'There is no such call at this address',
	description:
		"'Base URL' in the credential must end in /openAPI/V2; 'Get Company Link' exists on the hosted platform only. Nothing was changed.",
};

const ABOUT_ONE_CONTRACT = ['/contract/recall', '/contract/finish', '/contract/approval'];
const isAboutOne = (url: string) => ABOUT_ONE_CONTRACT.some((path) => isCallOf(url, path));

/** `com.example.SomeException: text` → `text`. */
const withoutClassName = (text: string): string =>
	text.replace(/^(?:[a-z][\w$]*\.)+[A-Z][\w$]*:\s*/, '');

const PROBE = { contact: 'n8n-is-anybody-there@example.com' };

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
			probe: { method: 'GET', url: `${baseUrl}${HARMLESS_PATH}`, query: PROBE },
			platformName: NAME,
		};

		const refuse = (answer: Answer, { url, readsOnly, body, query }: Call): never => {
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
			if (isLoginFilter(envelope)) {
				throw apiError(node, { ...NO_SUCH_CALL, code: '401', itemIndex });
			}
			const sent = (body ?? query ?? {}) as Record<string, unknown>;
			// An internal refusal of the platform has no code, only a reason (docs/api/kaifangqian.md, 3.1).
			const code = envelope.code === null ? undefined : String(envelope.code ?? answer.status);
			const said = typeof envelope.message === 'string' ? withoutClassName(envelope.message) : '';
			const message = shorten(redact(said, [...secrets, ...personalValues(sent)]));
			const outcomeUnknown = !readsOnly && leavesOpen(url, sent, envelope);
			const tooLong = said.includes(TOO_LONG)
				? tooLongHint(!outcomeUnknown && isAboutOne(url))
				: '';
			throw apiError(node, {
				message:
					message === ''
						? `Kaifangqian refused the call${code ? ` with code ${code}` : ''}`
						: message,
				description: [
					code ? `Kaifangqian answered with code ${code}.` : 'Kaifangqian refused the call.',
					outcomeUnknown ? howToFindOut(NAME) : '',
					tooLong || (outcomeUnknown ? '' : hintFor(code ?? '', said)),
				]
					.filter(Boolean)
					.join(' '),
				code,
				itemIndex,
				outcomeUnknown,
			});
		};

		/** The one envelope check: success is code 10000, as number or text, and nothing else (§3.1). */
		const resultOf = (answer: Answer, call: Call): unknown => {
			const envelope = envelopeOf(answer.text);
			if (!envelope || String(envelope.code) !== SUCCESS || envelope.success === false)
				return refuse(answer, call);
			return withTextIds(envelope.result ?? undefined);
		};

		const callTo = (path: string, rest: Omit<Call, 'url' | 'throttled' | 'oneAtATime'>): Call => {
			const url = `${baseUrl}${path}`;
			return {
				url,
				throttled: THROTTLED_PATHS.some((throttled) => isCallOf(url, throttled)),
				oneAtATime:
					!rest.readsOnly && movesContract(url, (rest.body ?? {}) as Record<string, unknown>),
				...rest,
			};
		};

		return {
			async get(path, query, { timeout } = {}) {
				const call = callTo(path, { method: 'GET', query, readsOnly: true, timeout });
				return resultOf(await exchange(caller, call), call);
			},
			async post(path, body, { readsOnly = false, timeout } = {}) {
				const call = callTo(path, { method: 'POST', body, readsOnly, timeout });
				return resultOf(await exchange(caller, call), call);
			},
			async download(path, query) {
				const call = callTo(path, {
					method: 'GET',
					query,
					readsOnly: true,
					answer: 'stream',
					// The file comes as octet-stream; a server that takes Accept at its word would refuse it.
					headers: { Accept: '*/*' },
				});
				const answer = await exchange(caller, call);
				if (!answer.stream) return refuse(answer, call);
				const head = await firstBytes(node, itemIndex, answer.stream);
				const isFile =
					head.subarray(0, 1024).includes('%PDF-') ||
					head.subarray(0, 2).toString('latin1') === 'PK';
				if (isFile) return { stream: answer.stream, head, fileName: fileNameOf(answer.headers) };
				return refuse({ ...answer, text: await textOf(answer.stream) }, call);
			},
		};
	};
};
