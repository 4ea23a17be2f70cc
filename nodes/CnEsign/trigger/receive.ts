import {
	OperationalError,
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type {
	CallbackBody,
	CallbackContext,
	CallbackEvent,
	Verdict,
	Verified,
} from '../platforms/callbacks';
import type { PlatformDefinition } from '../platforms/definition';
import { readCredential, type BaseCredential } from '../runtime/http/credential';
import { shorten } from '../runtime/http/redact';
import { ANY_EVENT, chosenEventsIn, contractIdsIn, sameSecret } from './properties';
import { inItsLife, type LivingEvent } from './lives';
import { isRepeat, notedLives, wasTaken } from './repeats';

const LONGEST_BODY = 64 * 1024;

// A forger learns nothing from the answer; the reason is in n8n's log.
const REFUSALS = {
	malformed: [400, 'Malformed'],
	unproven: [401, 'Not accepted'],
	tooLarge: [413, 'Too large'],
	tryAgain: [503, 'Try again later'],
} as const;

const refuse = (
	context: IWebhookFunctions,
	why: keyof typeof REFUSALS,
	reason: string,
): IWebhookResponseData => {
	context.logger.warn(`CN E-Sign Trigger did not accept a callback: ${shorten(reason, 200)}`, {
		node: context.getNode().name,
	});
	const [status, message] = REFUSALS[why];
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
};

const answer = (webhookResponse: string): IWebhookResponseData => ({ webhookResponse });

/** The bytes of the body; n8n has read them unless it left an unusual content type alone. */
const rawBodyOf = async (context: IWebhookFunctions): Promise<Buffer> => {
	const request = context.getRequestObject();
	if (request.rawBody === undefined && typeof request.readRawBody === 'function')
		await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
};

const isWanted = (
	context: IWebhookFunctions,
	options: IDataObject,
	{ event, contractId }: CallbackEvent,
): boolean => {
	const chosen = chosenEventsIn(context.getNodeParameter('events', [ANY_EVENT]));
	const byEvent =
		chosen.length === 0 ||
		chosen.includes(ANY_EVENT) ||
		event === 'unknown' ||
		chosen.includes(event);
	const contracts = contractIdsIn(options.contractIds);
	return (
		byEvent &&
		(contracts.length === 0 || (contractId !== undefined && contracts.includes(contractId)))
	);
};

/** The item that starts the workflow (the fields are fixed: workflows and *Remove Duplicates* rely on them). */
const itemOf = (
	platform: string,
	{ event, life }: LivingEvent,
	{ verified, body, simplify }: { verified: Verified; body: CallbackBody; simplify: boolean },
): IDataObject => {
	const head: IDataObject = {
		event: event.event,
		eventId: event.eventId,
		platform,
		receivedAt: new Date().toISOString(),
		verified,
	};
	if (event.contractId !== undefined) head.contractId = event.contractId;
	if (event.contractStatus !== undefined) head.contractStatus = event.contractStatus;
	if (life !== undefined) head.life = life;
	if (simplify && event.event !== 'unknown') return { ...head, ...event.flat };
	return { ...head, ...event.full, raw: body as IDataObject };
};

/** Runs once the answer has gone out, which n8n sends when the execution exists, and not when it does not. */
const onceAnswered = (context: IWebhookFunctions, work: () => Promise<void>): void => {
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode !== 200) return;
		work().catch((error: Error) => {
			context.logger.warn(
				`CN E-Sign Trigger could not confirm a callback: ${shorten(error.message, 200)}`,
			);
		});
	});
};

/** What a platform needs to open and prove a callback; the credential is read when it is first asked for. */
const callbackContext = (
	context: IWebhookFunctions,
	rawBody: Buffer,
	platform: PlatformDefinition,
	platforms: PlatformDefinition[],
): CallbackContext<BaseCredential> => {
	let credential: Promise<BaseCredential> | undefined;
	return {
		context,
		delivery: {
			rawBody,
			headers: context.getHeaderData() as Record<string, unknown>,
			query: context.getQueryData() as Record<string, unknown>,
		},
		credential: async () => await (credential ??= readCredential(context, platform, platforms)),
	};
};

/** The event in the life of its contract. Whoever tries the test address wants to see every one. */
const livingEvent = async (
	callback: CallbackContext<BaseCredential>,
	{ trigger }: PlatformDefinition,
	{ event, verified }: Extract<Verdict, { accepted: true }>,
): Promise<LivingEvent> => {
	const { context } = callback;
	if (event.mayRecur || context.getMode() === 'manual') return { event, isRepeat: false };
	return await inItsLife(context, event, {
		isRepeat: async (eventId) => await isRepeat(context, eventId),
		wasTaken: (eventId) => wasTaken(context, eventId),
		isRunning: async () => {
			const running = await trigger.isRunning?.(callback, event.contractId ?? '');
			if (running === undefined && trigger.isRunning)
				throw new OperationalError(
					'the platform could not be asked whether the contract runs again',
				);
			return running ?? false;
		},
		isCurrent: verified === 'platform',
		noted: notedLives(context),
	});
};

const receiveCallback = async (
	context: IWebhookFunctions,
	platform: PlatformDefinition,
	platforms: PlatformDefinition[],
): Promise<IWebhookResponseData> => {
	const { trigger } = platform;
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const secret = String(options.urlSecret ?? '').trim();
	if (secret !== '' && !sameSecret((context.getQueryData() as IDataObject).secret, secret))
		return refuse(context, 'unproven', 'the URL secret is missing or wrong');
	const rawBody = await rawBodyOf(context);
	if (rawBody.length > LONGEST_BODY)
		return refuse(context, 'tooLarge', `it has ${rawBody.length} bytes`);
	const callback = callbackContext(context, rawBody, platform, platforms);
	const opened = await trigger.open(callback);
	if (opened.kind === 'probe') return answer(opened.answer);
	if (opened.kind !== 'event') return refuse(context, opened.kind, opened.reason);

	const { body } = opened;
	const claimed = trigger.normalise(body);
	const verdict = await trigger.prove(callback, body, claimed);
	if (!verdict.accepted) return refuse(context, verdict.why, `${claimed.event}: ${verdict.reason}`);

	const { verified, afterwards } = verdict;
	if (afterwards) onceAnswered(context, afterwards);
	const acknowledged = answer(trigger.acknowledgement);
	const wanted = isWanted(context, options, verdict.event);
	// The lives of a contract are counted by all events that start or end one.
	if (!wanted && verdict.event.turn === undefined) return acknowledged;
	const ignoresRepeats = options.ignoreRepeats !== false;
	const plain: LivingEvent = { event: verdict.event, isRepeat: false };
	// Lives are counted in any case: their number stands in the id, on which Remove Duplicates works.
	const isCounted = ignoresRepeats || verdict.event.turn !== undefined;
	const counted = isCounted ? livingEvent(callback, platform, verdict) : Promise.resolve(plain);
	const living = await counted.catch((thrown: Error) => {
		if (!ignoresRepeats) return plain;
		throw thrown;
	});
	if ((living.isRepeat && ignoresRepeats) || !wanted) return acknowledged;
	const simplify = context.getNodeParameter('simplify', true) as boolean;
	return {
		...acknowledged,
		workflowData: [[{ json: itemOf(platform.value, living, { verified, body, simplify }) }]],
	};
};

/** The connectivity test of a console: a GET that wants any answer, at once, or one that the platform works out. */
const answerSetup = async (
	context: IWebhookFunctions,
	platform: PlatformDefinition,
	platforms: PlatformDefinition[],
): Promise<IWebhookResponseData> => {
	const { acknowledgement, answerSetup: workOut } = platform.trigger;
	if (!workOut) return answer(acknowledgement);
	return answer(await workOut(callbackContext(context, Buffer.alloc(0), platform, platforms)));
};

/** Answers every request by itself and never throws: a throw would start a workflow without an event. */
export async function receive(
	context: IWebhookFunctions,
	platforms: PlatformDefinition[],
): Promise<IWebhookResponseData> {
	try {
		const value = context.getNodeParameter('platform') as string;
		const platform = platforms.find((candidate) => candidate.value === value);
		if (!platform)
			return refuse(context, 'tryAgain', `'Platform' has the unknown value '${value}'`);
		if (context.getWebhookName() === 'setup')
			return await answerSetup(context, platform, platforms);
		return await receiveCallback(context, platform, platforms);
	} catch (thrown) {
		// For instance a credential of the other platform, or a value that is not a public key: once that
		// is mended, the platform's next try succeeds.
		return refuse(context, 'tryAgain', (thrown as Error).message);
	}
}
