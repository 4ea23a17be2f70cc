import { OperationalError, type IDataObject, type IHttpRequestMethods } from 'n8n-workflow';
import { firstBytes, textOf } from '../files/streams';
import type { RunSettings } from '../items/settings';
import type { BaseCredential } from './credential';
import { envelopeOf, withTextIds, type Envelope } from './envelope';
import { howToFindOut, toApiError, UNKNOWN, type ErrorDetails } from './errors';
import { MultipartBody } from './bodies';
import { sentValues, redact, shorten } from './redact';
import type { ApiCaller, ApiRequest, ApiResponse, WriteOutcome } from './apiTypes';
import type { RequestContext } from './requestContext';
import { sendRequest } from './sendRequest';
import type { ItemJournal } from './retryJournal';
import { unexpectedResponse } from './unexpectedResponse';
import { onFailure } from './waiting';

/** One call of a platform's API, as an operation asks for it. */
export interface ClientRequest {
	method: IHttpRequestMethods;
	/** Below the base URL, without a query. */
	path: string;
	query?: IDataObject;
	/** A JSON object, or a body that is read while it is sent. */
	body?: unknown;
	headers?: IDataObject;
	/** `true` where calling twice changes nothing and costs nothing: only such calls are repeated after a loss. */
	readsOnly: boolean;
	/** Milliseconds; the node's own setting unless given. */
	timeout?: number;
	/** What is meant by the body, where that is not the body itself; for n8n's retries. */
	meaning?(): Promise<unknown>;
	/** Given back when a later attempt of n8n finds this call done. */
	about?: IDataObject;
}

/** A file that a platform has answered with. */
export interface ReceivedFile {
	stream: NodeJS.ReadableStream;
	/** The first bytes; they are still in the stream. */
	head: Buffer;
	headers: Record<string, string>;
	/** Ends the connection, where the file is not read to its end. */
	end(): void;
}

interface PostOptions extends Pick<ClientRequest, 'headers' | 'meaning' | 'about'> {
	/** The call only asks. */
	readsOnly?: boolean;
}

/** The `result` of a call that changes something. */
export interface Written {
	result: unknown;
	/** Set where an earlier attempt of n8n has made the call; `about` is what the operation said about it. */
	earlier?: ApiResponse['earlier'];
}

/** Makes calls for one item. What they return is the `result` of the envelope; refusals are thrown. */
export interface Client {
	get(path: string, query?: IDataObject, options?: { timeout?: number }): Promise<unknown>;
	post(path: string, body: Record<string, unknown>, options?: PostOptions): Promise<unknown>;
	request(request: ClientRequest): Promise<unknown>;
	/** Like `post`, for operations that have to know whether an earlier attempt of n8n has made the call. */
	write(path: string, body: Record<string, unknown>, options?: PostOptions): Promise<Written>;
	/** What an earlier attempt has said about a call that was made, or may have been. */
	earlier(
		path: string,
		body: Record<string, unknown>,
		options?: PostOptions,
	): Promise<IDataObject | undefined>;
	/** The latest `write` to this path does not count for n8n's retries: what it made was taken back. */
	abandon(path: string, body: Record<string, unknown>): void;
	/** An operation's own notes, which n8n's retries carry along. */
	retryState(name: string, content: unknown): IDataObject;
	/** What has to be said beside the result. */
	notes: string[];
	/** For calls that may answer with a file: the file, or the envelope's `result`. */
	download(request: ClientRequest): Promise<{ file: ReceivedFile } | { result: unknown }>;
}

/** An answer that is no success, and what can be said about it. */
export interface RefusedResponse {
	response: ApiResponse;
	/** The body as JSON object, where it is one. */
	envelope: Envelope | undefined;
	request: ApiRequest;
	/** One line of a text out of the answer, without secrets and personal data. */
	clean(text: unknown): string;
}

interface Answer {
	envelope?: Envelope;
	refusal?: ErrorDetails;
}

/** How one platform answers. Everything else about calls is the same for all. */
export interface ClientDefinition<Credential extends BaseCredential = BaseCredential> {
	platformName: string;
	/** How its base URL ends, for messages. */
	baseUrlEnding: string;
	/** Values of the credential that must appear nowhere. */
	secretsOf(credential: Credential): Array<string | undefined>;
	/** Whether a field of a request with this name holds something personal, however short it is. */
	isPersonalField(name: string): boolean;
	/** What the call is, by which it is paced and named. The path, unless the platform tells calls apart otherwise. */
	nameOf?(request: ClientRequest): string;
	/** Whether the platform limits calls per second to this call. */
	isRateLimited?(request: ClientRequest): boolean;
	/** Whether the platform mixes up calls of this kind that are under way at the same time. */
	isOneAtATime?(request: ClientRequest): boolean;
	/** What a call is about besides its path, such as one contract: one about another is no retry of it. */
	subjectOf?(request: ClientRequest): string;
	/** Whether a call may be made twice without harm: an upload, whose content decides. */
	isRepeatable?(request: ClientRequest): boolean;
	/** A harmless call that any running server of the platform answers. */
	probe?: Pick<ClientRequest, 'method' | 'path' | 'query'>;
	/** Whether the platform was too busy to accept the call: it has done nothing. */
	isThrottled(response: ApiResponse): boolean;
	/** Whether asking again may help; for calls that only read. */
	isBusy?(response: ApiResponse): boolean;
	/** Why a path cannot be meant, before anything is sent. */
	checkPath?(path: string, baseUrl: string): ErrorDetails | undefined;
	isSuccess(envelope: Envelope): boolean;
	/** What the envelope of a success holds; its `result` unless the platform calls it something else. */
	resultOf?(envelope: Envelope): unknown;
	/** What to say about a refusal; nothing where the answer did not come from the platform. */
	explain(refusal: RefusedResponse): ErrorDetails | undefined;
	/** Whether the first bytes of an answer are those of a file, not of a refusal. */
	isFile(head: Buffer): boolean;
}

// Shorter values would blank out half of a message.
const SHORTEST_SECRET = 4;

/** What was sent, for hiding personal data that an answer repeats. */
const contentOf = ({ query, body }: Pick<ClientRequest, 'query' | 'body'>): unknown => [
	query,
	body instanceof MultipartBody ? body.fields : body,
];

const differentNote = ({ subject, files }: IDataObject): string => {
	const what = [
		typeof subject === 'string' && subject !== '' ? `subject '${subject}'` : '',
		Array.isArray(files) && files.length > 0 ? `files ${files.join(', ')}` : '',
	].filter((part) => part !== '');
	return `Nothing was sent now: an earlier attempt of this execution has done this item${what.length > 0 ? ` (${what.join('; ')})` : ''}, and what it sends has changed since. This is what the platform answered then. To send it as it is now, start a new execution.`;
};

const ANSWER_GONE =
	'Nothing was sent now: an earlier attempt of this execution has done this item. Its answer, a file or a long text, was not kept.';

const WITHOUT_JOURNAL = "This call is not part of an item's work";

/** Makes clients for the items of one run; `credential` is read once for all of them. */
export function createClient<Credential extends BaseCredential>(
	definition: ClientDefinition<Credential>,
	exec: ApiCaller,
	settings: RunSettings,
	credential: Credential,
): { forItem(itemIndex: number, journal?: ItemJournal): Client } {
	const { baseUrl } = credential;
	const node = exec.getNode();
	const secrets = definition
		.secretsOf(credential)
		.filter((value): value is string => (value?.length ?? 0) >= SHORTEST_SECRET);

	const toApiRequest = (request: ClientRequest): ApiRequest => ({
		...request,
		url: `${baseUrl}${request.path}`,
		name: definition.nameOf?.(request) ?? request.path,
		isRateLimited: definition.isRateLimited?.(request),
		...(request.readsOnly
			? {}
			: {
					isOneAtATime: definition.isOneAtATime?.(request),
					isRepeatable: definition.isRepeatable?.(request),
					journalSubject: definition.subjectOf?.(request),
				}),
	});
	const probe = definition.probe && toApiRequest({ ...definition.probe, readsOnly: true });

	/** The one envelope check: what a success holds, or why it is none. A file is a success. */
	const read = (response: ApiResponse, request: ApiRequest): Answer => {
		const envelope = envelopeOf(response.text);
		if (response.stream || (envelope && definition.isSuccess(envelope))) return { envelope };
		const personal = sentValues(contentOf(request), definition.isPersonalField);
		const clean = (text: unknown) =>
			typeof text === 'string' ? shorten(redact(text, [...secrets, ...personal])) : '';
		const refusal =
			definition.explain({ response, envelope, request, clean }) ??
			unexpectedResponse(response, { ...definition, readsOnly: request.readsOnly });
		return { refusal };
	};

	const outcomeOf = (response: ApiResponse, request: ApiRequest): WriteOutcome => {
		const { refusal } = read(response, request);
		if (!refusal) return 'done';
		return refusal.outcomeUnknown ? 'unknown' : 'refused';
	};

	return {
		forItem(itemIndex, journal) {
			const notes: string[] = [];
			const context: RequestContext = {
				exec,
				itemIndex,
				credential,
				settings,
				platformName: definition.platformName,
				isThrottled: definition.isThrottled,
				isBusy: definition.isBusy,
				probe,
				journal,
				outcomeOf,
			};

			const call = async (request: ClientRequest, answer: 'text' | 'stream') => {
				const wrong = definition.checkPath?.(request.path, baseUrl);
				if (wrong) throw toApiError(node, { ...wrong, itemIndex });
				const apiRequest = { ...toApiRequest(request), answer };
				const response = await sendRequest(context, apiRequest);
				const { earlier } = response;
				if (earlier?.isAnswerGone) notes.push(ANSWER_GONE);
				else if (earlier && !earlier.isSame) notes.push(differentNote(earlier.about));
				return { apiRequest, response };
			};

			const resultOf = (response: ApiResponse, request: ApiRequest): unknown => {
				const { envelope = {}, refusal } = read(response, request);
				if (refusal) throw toApiError(node, { ...refusal, itemIndex });
				const result = definition.resultOf?.(envelope) ?? envelope.result;
				return withTextIds(result ?? undefined);
			};

			const perform = async (request: ClientRequest): Promise<Written> => {
				const { apiRequest, response } = await call(request, 'text');
				return { result: resultOf(response, apiRequest), earlier: response.earlier };
			};

			const toPostRequest = (
				path: string,
				body: Record<string, unknown>,
				{ readsOnly = false, ...options }: PostOptions = {},
			): ClientRequest => ({ method: 'POST', path, body, readsOnly, ...options });

			return {
				notes,
				request: async (request) => (await perform(request)).result,
				get: async (path, query, { timeout } = {}) =>
					(await perform({ method: 'GET', path, query, readsOnly: true, timeout })).result,
				post: async (...args) => (await perform(toPostRequest(...args))).result,
				write: async (...args) => await perform(toPostRequest(...args)),
				earlier: async (...args) =>
					(await journal?.next(toApiRequest(toPostRequest(...args))))?.entry?.about,
				abandon: (path, body) => journal?.abandon(toApiRequest(toPostRequest(path, body))),
				retryState: (name, content) => {
					if (!journal) throw new OperationalError(WITHOUT_JOURNAL);
					return journal.retryState(name, content);
				},
				async download(request) {
					const { apiRequest, response } = await call(request, 'stream');
					const { stream, headers, end = () => {} } = response;
					if (response.earlier?.isAnswerGone) return { result: undefined };
					if (!stream) return { result: resultOf(response, apiRequest) };
					const lost = (thrown: unknown): never => {
						if (request.readsOnly) throw thrown;
						throw toApiError(node, {
							message: `The answer broke off before it was complete: ${UNKNOWN}`,
							description: howToFindOut(definition.platformName),
							itemIndex,
							outcomeUnknown: true,
						});
					};
					const fileOrResult = async (): Promise<{ file: ReceivedFile } | { result: unknown }> => {
						const head = await firstBytes(node, itemIndex, stream).catch(lost);
						if (definition.isFile(head)) {
							await response.settle?.(response);
							return { file: { stream, head, headers, end } };
						}
						// A refusal may come without saying that it is JSON; it must not end up as a file.
						const text = await textOf(stream).catch(lost);
						const answer = { ...response, stream: undefined, text };
						await response.settle?.(answer);
						return { result: resultOf(answer, apiRequest) };
					};
					return await onFailure(fileOrResult(), end);
				},
			};
		},
	};
}
