import type { ApiRequest, ApiResponse } from './apiTypes';
import { isErrorNamed, howToFindOut, isOutcomeUnknown, toApiError, type NodeError } from './errors';
import { rateLimiterFor, type Answered } from './rateLimiter';
import type { RequestContext } from './requestContext';
import { send, timeoutOf } from './send';
import {
	classifyFailure,
	classifyTransportError,
	describeTransportError,
	hostOf,
	type TransportError,
} from './transportErrors';
import { LOST_CALL_HOLDS, NotAnsweringError, turnQueueFor, type TurnEnd } from './turnQueue';
import { GATEWAY_STATUS } from './unexpectedResponse';
import { cancelled, isCancellation, onFailure, pause } from './waiting';

const BACKOFF = 1100;
const LONGEST_BACKOFF = 15_000;
const LONGEST_PROBE = 20_000;
const NOT_ACCEPTED_STATUS = 429;

/** The wait before the next attempt; spread, so that items in parallel do not come back together. */
const backoff = (attempt: number, response?: ApiResponse): number => {
	const asked = Number(response?.headers['retry-after']);
	const grown = Math.min(BACKOFF * 1.6 ** attempt + Math.random() * 400, LONGEST_BACKOFF);
	return Number.isFinite(asked) && asked > 0 ? Math.min(asked * 1000, 60_000) : grown;
};

/** Whether the server answers at all; one that does not is not sent another contract. */
const isAnswering = async (context: RequestContext): Promise<boolean> => {
	const { probe, settings } = context;
	if (!probe) return true;
	const timeout = Math.min(settings.timeout, LONGEST_PROBE);
	try {
		const deadline = AbortSignal.timeout(timeout);
		const { status } = await send(
			// Goes on when this execution is canceled: others wait for it, too.
			{ ...context, settings: { ...settings, signal: undefined } },
			{ ...probe, timeout },
			deadline,
		);
		return !GATEWAY_STATUS.has(status);
	} catch {
		return false;
	}
};

const endOf = (thrown: unknown, signal: AbortSignal | undefined): TurnEnd => {
	if (signal?.aborted) return 'cancelled';
	const { kind } = classifyTransportError(thrown);
	if (kind === 'unknown') return 'lost';
	return kind === 'local' ? 'notSent' : 'unreachable';
};

/** Sends once, alone among the calls of its kind to this origin. The waiting is no part of the time-out. */
const sendAlone = async (context: RequestContext, request: ApiRequest): Promise<ApiResponse> => {
	const { signal, callsPerSecond, timeout } = context.settings;
	const limiter = request.isRateLimited ? rateLimiterFor(request) : undefined;
	let answered: Answered | undefined;
	const turn = await turnQueueFor(new URL(request.url).origin).take({
		signal,
		isAnswering: async () => await isAnswering(context),
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
		const deadline = AbortSignal.timeout(timeoutOf(request, timeout) + LOST_CALL_HOLDS);
		const response = await onFailure(send(context, request, deadline), (thrown) => {
			end = endOf(thrown, signal);
		});
		end = GATEWAY_STATUS.has(response.status) ? 'lost' : 'answered';
		return response;
	} finally {
		answered?.();
		turn.end(end);
	}
};

/** Sends once, within the platform's limit of calls per second. */
const sendPaced = async (context: RequestContext, request: ApiRequest): Promise<ApiResponse> => {
	const { signal, callsPerSecond } = context.settings;
	const answered = request.isRateLimited
		? await rateLimiterFor(request).acquire(callsPerSecond, signal)
		: undefined;
	try {
		return await send(context, request);
	} finally {
		answered?.();
	}
};

const mayRepeat = (request: ApiRequest, error: TransportError): boolean =>
	error.kind === 'notSent' ? error.passing : error.kind === 'unknown' && request.readsOnly;

/** The error for a call that ended without an answer. */
const withoutAnswer = (
	{ exec, itemIndex, settings, platformName }: RequestContext,
	request: ApiRequest,
	error: TransportError,
): Error => {
	const node = exec.getNode();
	if (settings.signal?.aborted)
		return toApiError(node, {
			message: cancelled().message,
			description: request.readsOnly ? undefined : howToFindOut(platformName),
			itemIndex,
			outcomeUnknown: !request.readsOnly,
		});
	return toApiError(node, { ...describeTransportError(error, request, platformName), itemIndex });
};

const notAnswering = ({ exec, itemIndex }: RequestContext, { url }: ApiRequest): Error =>
	toApiError(exec.getNode(), {
		message: `${hostOf(url)} did not answer the last calls, so this one was not sent`,
		description:
			"Nothing was sent. Check that the platform is running, and 'Base URL' in the credential; then run the item again. The node asks the platform first whether it answers again.",
		itemIndex,
	});

type Settled =
	{ response: ApiResponse; thrown?: undefined } | { response?: undefined; thrown: unknown };

const settled = async (work: Promise<ApiResponse>): Promise<Settled> =>
	await work.then(
		(response) => ({ response }),
		(thrown: unknown) => ({ thrown }),
	);

const sendWithRetries = async (
	context: RequestContext,
	request: ApiRequest,
): Promise<ApiResponse> => {
	const { settings } = context;
	const attempt = request.isOneAtATime ? sendAlone : sendPaced;
	let latest: TransportError | undefined;
	for (let tried = 0; ; tried++) {
		const last = tried >= settings.retries;
		const { response, thrown } = await settled(attempt(context, request));
		if (response) {
			const busy = GATEWAY_STATUS.has(response.status) || (context.isBusy?.(response) ?? false);
			// A gateway or the platform has not accepted the call, so it has done nothing.
			const isNotAccepted =
				response.status === NOT_ACCEPTED_STATUS || context.isThrottled(response);
			if (last || !(isNotAccepted || (request.readsOnly && busy))) return response;
		} else {
			// This call's own failure says more than that the server does not answer.
			if (thrown instanceof NotAnsweringError)
				throw latest ? withoutAnswer(context, request, latest) : notAnswering(context, request);
			// Canceled while it waited, so nothing was sent.
			if (isCancellation(thrown)) throw thrown;
			latest = classifyFailure(thrown, request);
			if (settings.signal?.aborted || last || !mayRepeat(request, latest))
				throw withoutAnswer(context, request, latest);
		}
		await pause(backoff(tried, response), settings.signal);
	}
};

const sentBefore = ({ exec, itemIndex }: RequestContext): Error =>
	toApiError(exec.getNode(), {
		message: 'An earlier attempt was sent off, and whether it was carried out is unknown',
		description:
			'It was not sent again, because that could do it twice. Look in the console of the platform whether it was carried out; if it was not, start a new execution.',
		itemIndex,
		outcomeUnknown: true,
	});

const answerNotKept = ({ exec, itemIndex }: RequestContext): Error =>
	toApiError(exec.getNode(), {
		message: 'An earlier attempt was carried out, but its answer was not kept',
		description:
			'It was not sent again, because that would do it twice. So would a new execution: leave this item out of it.',
		itemIndex,
	});

/** Whether an error says for certain that nothing was carried out. What is not recognized may have been. */
const isCertainlyNotDone = (thrown: unknown): boolean =>
	isCancellation(thrown) ||
	(isErrorNamed(thrown, ['NodeApiError', 'NodeOperationError']) &&
		!isOutcomeUnknown(thrown as NodeError));

/**
 * Sends a call that changes something, unless an earlier attempt of n8n at the same item has. Every such call
 * of every operation passes here, and nowhere else.
 */
const sendWrite = async (context: RequestContext, request: ApiRequest): Promise<ApiResponse> => {
	const write = await context.journal?.next(request);
	if (!write) return await sendWithRetries(context, request);
	const { entry } = write;
	if (entry && request.isRepeatable) {
		if (entry.text !== undefined && (await write.isSame())) {
			write.use();
			return { status: entry.status ?? 200, headers: {}, text: entry.text };
		}
	} else if (entry) {
		if (entry.state === 'sent') throw sentBefore(context);
		const { status = 200, text, about = {} } = entry;
		// A file is not kept. Its item is done all the same: as a failed one it would keep n8n from the others.
		const isAnswerGone = text === undefined;
		if (isAnswerGone && request.answer !== 'stream') throw answerNotKept(context);
		write.use();
		const earlier = { isSame: await write.isSame(), about, isAnswerGone };
		return { status, headers: {}, text: text ?? '', earlier };
	}
	write.begin();
	const response = await onFailure(sendWithRetries(context, request), (thrown) => {
		if (isCertainlyNotDone(thrown)) write.clear();
	});
	const settle = async (read: ApiResponse): Promise<void> => {
		const outcome = context.outcomeOf(read, request);
		if (outcome === 'done') await write.done(read);
		if (outcome === 'refused') write.clear();
	};
	// Whether a stream is a file or a refusal is known once it is read.
	if (response.stream) return { ...response, settle };
	await settle(response);
	return response;
};

/**
 * Sends one call and returns the platform's answer, whatever its status. Throws a `NodeApiError` when
 * there was no answer; its message says whether the call may have been carried out.
 */
export async function sendRequest(
	context: RequestContext,
	request: ApiRequest,
): Promise<ApiResponse> {
	return request.readsOnly
		? await sendWithRetries(context, request)
		: await sendWrite(context, request);
}
