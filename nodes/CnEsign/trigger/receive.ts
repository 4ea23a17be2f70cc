import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CallbackAdapter, CallbackEvent, Verified } from '../runtime/callback';
import { shorten } from '../runtime/redact';
import { kaifangqianCallbacks } from '../platforms/kaifangqian/callbacks';
import { qiandunCallbacks } from '../platforms/qiandun/callbacks';
import { bodyOf } from './body';
import { isRepeat } from './repeats';
import { sameSecret } from './secret';
import { ACKNOWLEDGED } from './webhooks';

const LONGEST_BODY = 64 * 1024;

const adapters: Record<string, CallbackAdapter> = {
	kaifangqian: kaifangqianCallbacks,
	qiandun: qiandunCallbacks,
};

// The words tell whoever sends forgeries nothing; the reason is in n8n's log.
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

const acknowledge = (): IWebhookResponseData => ({ webhookResponse: ACKNOWLEDGED });

/** The bytes of the body; n8n has read them unless it left an unusual content type alone. */
const rawBodyOf = async (context: IWebhookFunctions): Promise<Buffer> => {
	const request = context.getRequestObject();
	if (request.rawBody === undefined && typeof request.readRawBody === 'function')
		await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
};

const listOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value : String(value ?? '').split(/[,，;；\s]+/))
		.map((entry) => String(entry).trim())
		.filter((entry) => entry !== '');

const isWanted = (
	context: IWebhookFunctions,
	options: IDataObject,
	{ event, contractId }: CallbackEvent,
): boolean => {
	const chosen = context.getNodeParameter('events', ['*']) as string[];
	const byEvent =
		chosen.length === 0 || chosen.includes('*') || event === 'unknown' || chosen.includes(event);
	const contracts = listOf(options.contractIds);
	return (
		byEvent &&
		(contracts.length === 0 || (contractId !== undefined && contracts.includes(contractId)))
	);
};

/** The item that starts the workflow (the fields are fixed: workflows and *Remove Duplicates* rely on them). */
const itemOf = (
	platform: string,
	event: CallbackEvent,
	verified: Verified,
	body: Record<string, unknown>,
	simplify: boolean,
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

const receiveCallback = async (context: IWebhookFunctions): Promise<IWebhookResponseData> => {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const platform = context.getNodeParameter('platform') as string;
	const secret = String(options.pathSecret ?? '').trim();
	if (secret !== '' && !sameSecret((context.getQueryData() as IDataObject).secret, secret)) {
		return refuse(context, 'unproven', 'the path secret is missing or wrong');
	}
	const rawBody = await rawBodyOf(context);
	if (rawBody.length > LONGEST_BODY)
		return refuse(context, 'tooLarge', `it has ${rawBody.length} bytes`);
	const body = bodyOf(rawBody);
	if (!body)
		return refuse(context, 'malformed', 'its body is not a JSON object of reasonable depth');

	const adapter = adapters[platform];
	const claimed = adapter.normalise(body);
	const headers = context.getHeaderData() as Record<string, unknown>;
	const verdict = await adapter.prove(context, { rawBody, body, headers }, claimed);
	if (!verdict.accepted) return refuse(context, verdict.why, `${claimed.event}: ${verdict.reason}`);

	const { event, verified, afterwards } = verdict;
	if (afterwards) onceAnswered(context, afterwards);
	if (!isWanted(context, options, event)) return acknowledge();
	const ignoreRepeats = options.ignoreRepeats !== false && !event.mayRecur;
	if (ignoreRepeats && (await isRepeat(context, event.eventId))) return acknowledge();
	const simplify = context.getNodeParameter('simplify', true) as boolean;
	return {
		webhookResponse: ACKNOWLEDGED,
		workflowData: [[{ json: itemOf(platform, event, verified, body, simplify) }]],
	};
};

/** Answers every request by itself and never throws: a throw would start a workflow without an event. */
export const receive = async (context: IWebhookFunctions): Promise<IWebhookResponseData> => {
	// The connectivity test of the platforms' consoles; it wants any answer, at once.
	if (context.getWebhookName() === 'setup') return acknowledge();
	try {
		return await receiveCallback(context);
	} catch (thrown) {
		// For instance a credential of the other platform, or a public key that is none: once that is
		// mended, the platform's next try succeeds.
		return refuse(context, 'tryAgain', (thrown as Error).message);
	}
};
