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
import { classify, describeFault, type Fault } from './faults';
import { apiError } from './errors';
import { pacerFor } from './pacer';
import type { RunSettings } from './settings';
import { cancelled, pause } from './waiting';

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
	platformName: string;
}

const BACKOFF = 1100;
const LONGEST_BACKOFF = 15_000;
const TRY_AGAIN_STATUS = new Set([429, 502, 503, 504]);

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

const once = async ({ exec, settings, credential }: Caller, call: Call): Promise<Answer> => {
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
		exec,
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
const sent = async (caller: Caller, call: Call): Promise<Answer> => {
	let arriving: NodeJS.ReadableStream | undefined;
	try {
		const answer = await once(caller, call);
		arriving = answer.stream;
		return answer;
	} finally {
		// An answer that is still arriving may have begun while the body was still on its way.
		if (arriving) arriving.once('close', () => closeFiles(call.body));
		else closeFiles(call.body);
	}
};

const mayRepeat = (call: Call, fault: Fault): boolean =>
	fault.kind === 'notSent' ? fault.passing : fault.kind === 'unknown' && call.readsOnly;

/**
 * Sends one call and returns the platform's answer, whatever its status. Throws a `NodeApiError` when
 * there was no answer; its message says whether the call may have been carried out.
 */
export const exchange = async (caller: Caller, call: Call): Promise<Answer> => {
	const { exec, itemIndex, settings, platformName } = caller;
	const turn = call.throttled ? pacerFor(call.url, settings.callsPerSecond) : undefined;
	for (let attempt = 0; ; attempt++) {
		const answered = await turn?.(settings.signal);
		const last = attempt >= settings.retries;
		try {
			const answer = await sent(caller, call);
			const busy = TRY_AGAIN_STATUS.has(answer.status) || (caller.isBusy?.(answer) ?? false);
			const again = caller.isThrottled(answer) || (call.readsOnly && busy);
			if (!again || last) return answer;
			await pause(backoff(attempt, answer), settings.signal);
		} catch (thrown) {
			if (thrown instanceof NodeApiError) {
				if (settings.signal?.aborted)
					throw apiError(exec.getNode(), { message: cancelled().message, itemIndex });
				const fault = classify(thrown);
				if (last || !mayRepeat(call, fault)) {
					throw apiError(exec.getNode(), {
						...describeFault(fault, call, platformName),
						itemIndex,
					});
				}
			} else {
				throw apiError(exec.getNode(), { message: (thrown as Error).message, itemIndex });
			}
			await pause(backoff(attempt), settings.signal);
		} finally {
			answered?.();
		}
	}
};
