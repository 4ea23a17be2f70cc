import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type JsonObject,
} from 'n8n-workflow';
import { endSilence, textOf } from './binary';
import { CREDENTIAL } from './credentialName';
import { closeFiles } from './fileBody';
import { classify, describeFault, hostOf, type Fault } from './faults';
import { apiError, howToFindOut } from './errors';
import { rateLimiterFor, type Answered } from './rateLimiter';
import type { RunSettings } from './settings';
import { NotAnsweringError, turnQueueFor, LOST_CALL_HOLDS, type TurnEnd } from './turnQueue';
import { cancelled, isCancellation, pause } from './waiting';

export interface Call {
	method: IHttpRequestMethods;
	/** Base URL and path, without a query. */
	url: string;
	query?: IDataObject;
	body?: unknown;
	headers?: IDataObject;
	/** `true` where calling twice changes nothing: such calls are repeated after a lost connection. */
	readsOnly: boolean;
	/** Set where the platform limits calls per second to this path. */
	throttled?: boolean;
	/** Set where the platform mixes up calls of this kind that are under way at the same time. */
	oneAtATime?: boolean;
	answer?: 'text' | 'stream';
	timeout?: number;
}

export interface Answer {
	status: number;
	headers: Record<string, string>;
	/** The body's text; empty where the answer is a file, which is in `stream`. */
	text: string;
	stream?: NodeJS.ReadableStream;
}

/** Everything a call needs to know about who makes it. */
export interface Caller {
	exec: IExecuteFunctions;
	itemIndex: number;
	/** As `credentialOf` gave it, once for the whole run. */
	credential: object;
	settings: RunSettings;
	/** Tells from an answer that the platform was too busy to accept the call. */
	isThrottled(answer: Answer): boolean;
	/** Tells that asking again may help; used for calls that only read. */
	isBusy?(answer: Answer): boolean;
	/** A harmless call that any running server answers; needed for calls that go one at a time. */
	probe?: Pick<Call, 'method' | 'url' | 'query'>;
	platformName: string;
}

const BACKOFF = 1100;
const LONGEST_BACKOFF = 15_000;
const LONGEST_PROBE = 20_000;
const TRY_AGAIN_STATUS = new Set([429, 502, 503, 504]);
/** A gateway says that the server behind it gave no answer. */
const NO_ANSWER_STATUS = new Set([502, 503, 504]);

/** The wait before the next attempt; spread, so that items in parallel do not come back together. */
const backoff = (attempt: number, answer?: Answer): number => {
	const asked = Number(answer?.headers['retry-after']);
	const grown = Math.min(BACKOFF * 1.6 ** attempt + Math.random() * 400, LONGEST_BACKOFF);
	return Number.isFinite(asked) && asked > 0 ? Math.min(asked * 1000, 60_000) : grown;
};

/** A refusal that breaks off while it is read counts as no answer, like any other lost connection. */
const whole = async (exec: IExecuteFunctions, stream: NodeJS.ReadableStream): Promise<string> => {
	try {
		return await textOf(stream);
	} catch (error) {
		throw new NodeApiError(exec.getNode(), error as JsonObject);
	}
};

/** The execution with a signal of our own: n8n's helper takes its abort signal from nowhere else. */
const abortedBy = (exec: IExecuteFunctions, signals: AbortSignal[]): IExecuteFunctions =>
	Object.create(exec, {
		getExecutionCancelSignal: { value: () => AbortSignal.any(signals) },
	}) as IExecuteFunctions;

const once = async (
	{ exec, settings, credential }: Caller,
	call: Call,
	signals?: AbortSignal[],
): Promise<Answer> => {
	const stream = call.answer === 'stream';
	const options: IHttpRequestOptions = {
		method: call.method,
		url: call.url,
		headers: { Accept: 'application/json', ...call.headers },
		// As text: numbers keep their digits, and a page of HTML is not mistaken for an answer.
		encoding: stream ? 'stream' : 'text',
		returnFullResponse: true,
		// Refusals are read here whatever their status. It also keeps n8n from sending a call a second
		// time after a 401, which for a contract would be one too many.
		ignoreHttpStatusErrors: true,
		// A redirect would carry the token's headers to wherever it points.
		disableFollowRedirect: true,
		timeout: call.timeout ?? settings.timeout,
	};
	if (call.query) options.qs = call.query;
	if (call.body !== undefined) options.body = call.body as IHttpRequestOptions['body'];
	const response = (await exec.helpers.httpRequestWithAuthentication.call(
		signals ? abortedBy(exec, signals) : exec,
		CREDENTIAL,
		options,
		// Without this n8n looks the credential up and decrypts it again for each call.
		{
			credentialsDecrypted: {
				id: '',
				name: '',
				type: CREDENTIAL,
				data: credential as ICredentialDataDecryptedObject,
			},
		},
	)) as IN8nHttpFullResponse;
	const headers = Object.fromEntries(
		Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
	const body = response.body as unknown;
	if (stream) {
		const file = body as NodeJS.ReadableStream;
		endSilence(file, options.timeout!);
		const isText = response.statusCode !== 200 || /json|text\//.test(headers['content-type'] ?? '');
		// A refusal instead of the file: read here, so that it is treated like any other answer.
		if (isText) return { status: response.statusCode, headers, text: await whole(exec, file) };
		return { status: response.statusCode, headers, text: '', stream: file };
	}
	return {
		status: response.statusCode,
		headers,
		text: typeof body === 'string' ? body : JSON.stringify(body),
	};
};

/** Sends once, and leaves no file open that is not read any more. */
const sent = async (caller: Caller, call: Call, signals?: AbortSignal[]): Promise<Answer> => {
	let arriving: NodeJS.ReadableStream | undefined;
	try {
		const answer = await once(caller, call, signals);
		arriving = answer.stream;
		return answer;
	} finally {
		// An answer that is still arriving may have begun while the body was still on its way.
		if (arriving) arriving.once('close', () => closeFiles(call.body));
		else closeFiles(call.body);
	}
};

/** Whether the server answers at all; one that does not is not sent another contract. */
const isAnswering = async (caller: Caller): Promise<boolean> => {
	const { probe, settings } = caller;
	if (!probe) return true;
	const timeout = Math.min(settings.timeout, LONGEST_PROBE);
	try {
		const call: Call = { ...probe, readsOnly: true, timeout };
		const { status } = await once(caller, call, [AbortSignal.timeout(timeout)]);
		return !NO_ANSWER_STATUS.has(status);
	} catch {
		return false;
	}
};

const endOf = (thrown: unknown, signal: AbortSignal | undefined): TurnEnd => {
	if (signal?.aborted) return 'cancelled';
	const { kind } = classify(thrown);
	if (kind === 'unknown') return 'lost';
	return kind === 'local' ? 'notSent' : 'unreachable';
};

/** Sends once, alone among the calls of its kind to this origin. The waiting is no part of the time-out. */
const sendAlone = async (caller: Caller, call: Call): Promise<Answer> => {
	const { settings } = caller;
	const { signal, callsPerSecond } = settings;
	const limiter = call.throttled ? rateLimiterFor(call.url) : undefined;
	let answered: Answered | undefined;
	const turn = await turnQueueFor(new URL(call.url).origin).take({
		signal,
		isAnswering: async () => await isAnswering(caller),
		tryStart: () => {
			const place = limiter?.tryAcquire(callsPerSecond) ?? 0;
			if (typeof place === 'number') return place;
			answered = place;
			return 0;
		},
	});
	let end: TurnEnd = 'lost';
	try {
		// The HTTP client's time-out counts silence: an answer that drips in would keep the turn for ever.
		const deadline = AbortSignal.timeout((call.timeout ?? settings.timeout) + LOST_CALL_HOLDS);
		const answer = await sent(caller, call, signal ? [deadline, signal] : [deadline]);
		end = NO_ANSWER_STATUS.has(answer.status) ? 'lost' : 'answered';
		return answer;
	} catch (thrown) {
		end = endOf(thrown, signal);
		throw thrown;
	} finally {
		answered?.();
		turn.end(end);
	}
};

/** Sends once, within the platform's limit of calls per second. */
const sendPaced = async (caller: Caller, call: Call): Promise<Answer> => {
	const { signal, callsPerSecond } = caller.settings;
	const answered = call.throttled
		? await rateLimiterFor(call.url).acquire(callsPerSecond, signal)
		: undefined;
	try {
		return await sent(caller, call);
	} finally {
		answered?.();
	}
};

const mayRepeat = (call: Call, fault: Fault): boolean =>
	fault.kind === 'notSent' ? fault.passing : fault.kind === 'unknown' && call.readsOnly;

/** What a call that ended without an answer says to a person. */
const failure = (caller: Caller, call: Call, fault: Fault): Error => {
	const { exec, itemIndex, settings, platformName } = caller;
	const node = exec.getNode();
	if (settings.signal?.aborted) {
		const description = call.readsOnly ? undefined : howToFindOut(platformName);
		return apiError(node, {
			message: cancelled().message,
			description,
			itemIndex,
			outcomeUnknown: !call.readsOnly,
		});
	}
	return apiError(node, { ...describeFault(fault, call, platformName), itemIndex });
};

const notAnswering = ({ exec, itemIndex }: Caller, call: Call): Error =>
	apiError(exec.getNode(), {
		message: `${hostOf(call.url)} did not answer the last calls, so this one was not sent`,
		description:
			"Nothing was sent. Check that the platform is running, and 'Base URL' in the credential; then run the item again. The node asks the platform first whether it answers again.",
		itemIndex,
	});

/**
 * Sends one call and returns the platform's answer, whatever its status. Throws a `NodeApiError` when
 * there was no answer; its message says whether the call may have been carried out.
 */
export const exchange = async (caller: Caller, call: Call): Promise<Answer> => {
	const { settings } = caller;
	const send = call.oneAtATime ? sendAlone : sendPaced;
	for (let attempt = 0; ; attempt++) {
		const last = attempt >= settings.retries;
		let answer: Answer | undefined;
		try {
			answer = await send(caller, call);
			const busy = TRY_AGAIN_STATUS.has(answer.status) || (caller.isBusy?.(answer) ?? false);
			const again = caller.isThrottled(answer) || (call.readsOnly && busy);
			if (!again || last) return answer;
		} catch (thrown) {
			if (thrown instanceof NotAnsweringError) throw notAnswering(caller, call);
			// Canceled while it waited, so nothing was sent.
			if (isCancellation(thrown)) throw thrown;
			const fault = classify(thrown);
			if (settings.signal?.aborted || last || !mayRepeat(call, fault))
				throw failure(caller, call, fault);
		}
		await pause(backoff(attempt, answer), settings.signal);
	}
};
