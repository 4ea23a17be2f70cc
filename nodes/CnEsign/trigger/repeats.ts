import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { within } from '../runtime/http/waiting';
import type { NotedLives } from './lives';

const MOST_REMEMBERED = 500;
const MOST_TRIGGERS = 200;
// Milliseconds that a repeat waits until the first delivery is decided. Asking the platform may have taken
// 3 s before, and the platform waits 5 s for the answer.
const LONGEST_WAIT = 1500;

/** What this process has taken for one trigger. */
interface Memory {
	/** Handed to n8n, which has answered for it. */
	taken: Set<string>;
	/** Being handed over. Resolves when that is done, whether n8n took it or not. */
	underWay: Map<string, Promise<void>>;
	lives: Map<string, object>;
}

const memories = new Map<string, Memory>();

const memoryOf = (context: IWebhookFunctions): Memory => {
	const key = JSON.stringify([
		context.getWorkflow().id,
		context.getNode().name,
		// The test address has a memory of its own in n8n, too.
		context.getMode(),
	]);
	const memory = memories.get(key) ?? {
		taken: new Set(),
		underWay: new Map(),
		lives: new Map(),
	};
	memories.delete(key);
	memories.set(key, memory);
	if (memories.size > MOST_TRIGGERS) memories.delete(memories.keys().next().value as string);
	return memory;
};

/** Notes how it ends: n8n answers 200 once the execution exists, and something else when it does not. */
const follow = (context: IWebhookFunctions, { taken, underWay }: Memory, eventId: string): void => {
	const response = context.getResponseObject();
	// The sender hung up while the event was proven: this response never finishes, and deliveries that wait
	// for it would be refused for good.
	if (response.destroyed) return;
	const ended = new Promise<void>((resolve, reject) => {
		response.once('finish', () => {
			if (response.statusCode === 200) {
				taken.add(eventId);
				if (taken.size > MOST_REMEMBERED) taken.delete(taken.values().next().value as string);
			}
			resolve();
		});
		response.once('close', () => reject(new Error('The first delivery broke off')));
	}).finally(() => underWay.delete(eventId));
	// Usually nobody waits for it, and an unhandled rejection would end the process.
	ended.catch(() => {});
	underWay.set(eventId, ended);
};

/** The lives of contracts as this process has noted them; a note counts once n8n has answered for its event. */
export function notedLives(context: IWebhookFunctions): NotedLives {
	const { lives } = memoryOf(context);
	return {
		get: (contractId) => lives.get(contractId),
		set(contractId, life) {
			const response = context.getResponseObject();
			response.once('finish', () => {
				if (response.statusCode !== 200) return;
				lives.delete(contractId);
				lives.set(contractId, life);
				if (lives.size > MOST_REMEMBERED) lives.delete(lives.keys().next().value as string);
			});
		},
	};
}

const seenIn = (context: IWebhookFunctions): string[] => {
	const { seen } = context.getWorkflowStaticData('node');
	return Array.isArray(seen) ? (seen as string[]) : [];
};

/** Whether this event came before, without taking it. */
export function wasTaken(context: IWebhookFunctions, eventId: string): boolean {
	return seenIn(context).includes(eventId) || memoryOf(context).taken.has(eventId);
}

/**
 * Whether this event came before. Two memories: the trigger's static data, which n8n reads before and
 * writes after a request, as a whole and without a lock, so that of two requests at the same time one
 * forgets what the other has seen; and this process's own, which a restart empties. Best effort all the
 * same: several webhook processes can each take an event for the first. Throws where the first delivery
 * is not decided yet.
 */
export async function isRepeat(context: IWebhookFunctions, eventId: string): Promise<boolean> {
	const seen = seenIn(context);
	if (seen.includes(eventId)) return true;
	const memory = memoryOf(context);
	while (memory.underWay.has(eventId)) await within(LONGEST_WAIT, memory.underWay.get(eventId)!);
	if (memory.taken.has(eventId)) return true;
	follow(context, memory, eventId);
	const forgotten = [...memory.taken].filter((id) => !seen.includes(id));
	const stored: IDataObject = context.getWorkflowStaticData('node');
	stored.seen = [...seen, ...forgotten, eventId].slice(-MOST_REMEMBERED);
	return false;
}
