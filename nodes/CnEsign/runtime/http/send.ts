import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type JsonObject,
} from 'n8n-workflow';
import { endSilence, textOf } from '../files/streams';
import type { RunSettings } from '../items/settings';
import type { ApiCaller, ApiRequest, ApiResponse } from './apiTypes';
import { CREDENTIAL } from './credential';
import { closeFiles, filesIn } from './bodies';
import type { RequestContext } from './requestContext';
import { onFailure } from './waiting';

/** A refusal that breaks off while it is read counts as no answer, like any other lost connection. */
const wholeText = async (exec: ApiCaller, stream: NodeJS.ReadableStream): Promise<string> => {
	try {
		return await textOf(stream);
	} catch (error) {
		throw new NodeApiError(exec.getNode(), error as JsonObject);
	}
};

/** The execution with further signals that abort: n8n's helper takes its abort signal from nowhere else. */
const abortedBy = (
	exec: ApiCaller,
	{ signal }: RunSettings,
	further: Array<AbortSignal | undefined>,
): ApiCaller => {
	const signals = [signal, ...further].filter((one) => one !== undefined);
	return Object.create(exec, {
		getExecutionCancelSignal: { value: () => AbortSignal.any(signals) },
	}) as ApiCaller;
};

const optionsOf = (request: ApiRequest, timeout: number): IHttpRequestOptions => {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { Accept: 'application/json', ...request.headers },
		// As text: numbers keep their digits, and a page of HTML is not mistaken for an answer.
		encoding: request.answer === 'stream' ? 'stream' : 'text',
		returnFullResponse: true,
		// Refusals are read here whatever their status. It also keeps n8n from sending a call a second
		// time after a 401, which for a contract would be one too many.
		ignoreHttpStatusErrors: true,
		// A redirect would carry the token's headers to wherever it points.
		disableFollowRedirect: true,
		timeout,
	};
	if (request.query) options.qs = request.query;
	if (request.body !== undefined) options.body = request.body as IHttpRequestOptions['body'];
	return options;
};

/** Calls n8n's helper, which has the credential sign the request. */
const callHelper = async (
	exec: ApiCaller,
	credential: object,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> => {
	const data = credential as ICredentialDataDecryptedObject;
	return (await exec.helpers.httpRequestWithAuthentication.call(
		exec,
		CREDENTIAL,
		options,
		// Without this n8n looks the credential up and decrypts it again for each call.
		{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data } },
	)) as IN8nHttpFullResponse;
};

interface Arrival {
	answer: ApiRequest['answer'];
	timeout: number;
	/** Ends the connection. */
	end(): void;
}

const toResponse = async (
	exec: ApiCaller,
	{ statusCode: status, headers: named, body }: IN8nHttpFullResponse,
	{ answer, timeout, end }: Arrival,
): Promise<ApiResponse> => {
	const headers = Object.fromEntries(
		Object.entries(named).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
	if (answer !== 'stream')
		return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
	const stream = body as unknown as NodeJS.ReadableStream;
	endSilence(stream, timeout, end);
	// A refusal instead of the file is read here, so that it is treated like any other answer.
	const isText = status !== 200 || /json|text\//.test(headers['content-type'] ?? '');
	if (isText) return { status, headers, text: await wholeText(exec, stream) };
	return { status, headers, text: '', stream, end };
};

const MEGABYTE = 1024 * 1024;
/** The time that a large body is given on its way, besides the time for the answer. */
const PER_MEGABYTE = 4000;

/** Milliseconds that a call may take. */
export function timeoutOf({ body, timeout }: ApiRequest, usual: number): number {
	const size =
		body instanceof Blob ? body.size : filesIn(body).reduce((sum, { size }) => sum + size, 0);
	return (timeout ?? usual) + Math.ceil((size / MEGABYTE) * PER_MEGABYTE);
}

/** Sends once, and leaves neither file nor connection open that is not read any more. */
export async function send(
	context: RequestContext,
	request: ApiRequest,
	deadline?: AbortSignal,
): Promise<ApiResponse> {
	const { exec, credential, settings } = context;
	const timeout = timeoutOf(request, settings.timeout);
	const { answer } = request;
	// A call without body and stream leaves no connection open that has to be ended; a signal costs memory.
	const connection =
		request.body === undefined && answer !== 'stream' ? undefined : new AbortController();
	const end = () => connection?.abort();
	const caller =
		connection || deadline ? abortedBy(exec, settings, [connection?.signal, deadline]) : exec;
	let arriving: NodeJS.ReadableStream | undefined;
	const work = async (): Promise<ApiResponse> => {
		const answered = await callHelper(caller, credential, optionsOf(request, timeout));
		const response = await toResponse(exec, answered, { answer, timeout, end });
		arriving = response.stream;
		return response;
	};
	try {
		return await onFailure(work(), end);
	} finally {
		// The answer can begin before the whole body is sent, so the files stay open until it ends.
		if (arriving) arriving.once('close', () => closeFiles(request.body));
		else closeFiles(request.body);
	}
}
