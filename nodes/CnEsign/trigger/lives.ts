import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { idInLife, type CallbackEvent } from '../platforms/callbacks';
import { isRecord } from '../runtime/items/values';

/**
 * A contract can live twice under one ID: deleted, restored and sent again. The bodies of its second events
 * are those of the first, so the trigger counts the lives, in its own data.
 */

interface Life {
	/** From 1. */
	number: number;
	hasEnded: boolean;
	/** When it was noted, in milliseconds. */
	at?: number;
}

/** What this process has noted. n8n stores a trigger's data as each request has read them, without a lock. */
export interface NotedLives {
	get(contractId: string): unknown;
	set(contractId: string, life: object): void;
}

const NOTHING_NOTED: NotedLives = { get: () => undefined, set: () => {} };

const MOST_REMEMBERED = 500;

const isLife = (value: unknown): value is Life =>
	isRecord(value) && Number.isInteger(value.number) && typeof value.hasEnded === 'boolean';

/** By contract ID. Begun anew where the stored data, which an import can bring along, hold something else. */
const livesIn = (context: IWebhookFunctions): Record<string, unknown> => {
	const stored: IDataObject = context.getWorkflowStaticData('node');
	if (!isRecord(stored.lives)) stored.lives = {};
	return stored.lives as Record<string, unknown>;
};

const lifeOf = (context: IWebhookFunctions, contractId: string, noted: NotedLives): Life => {
	const lives = livesIn(context);
	const stored = Object.hasOwn(lives, contractId) ? lives[contractId] : undefined;
	const own = noted.get(contractId);
	// The later one; another process may have stored its own.
	if (isLife(own) && !(isLife(stored) && (stored.at ?? 0) > (own.at ?? 0))) return own;
	return isLife(stored) ? stored : { number: 1, hasEnded: false };
};

const keep = (
	context: IWebhookFunctions,
	contractId: string,
	{ number, hasEnded }: Life,
	noted: NotedLives,
): void => {
	const lives = livesIn(context);
	const life = { number, hasEnded, at: Date.now() };
	noted.set(contractId, life);
	// Moved to the end: the contract that nothing was heard of for longest is forgotten first.
	delete lives[contractId];
	lives[contractId] = life;
	const [oldest] = Object.keys(lives);
	if (Object.keys(lives).length > MOST_REMEMBERED) delete lives[oldest];
};

/** An event with the life of its contract in its id. */
export interface LivingEvent {
	event: CallbackEvent;
	/** From 1; missing where events of the contract are not counted. */
	life?: number;
	/** Whether it came before. */
	isRepeat: boolean;
}

export interface LifeOptions {
	/** Whether this id was taken before. Takes it otherwise. */
	isRepeat(eventId: string): Promise<boolean>;
	/** Whether it was taken before, without taking it. */
	wasTaken(eventId: string): boolean;
	/** Whether the contract is running; throws where the platform cannot be asked. */
	isRunning(): Promise<boolean>;
	/** The event was proven by what the platform says now. */
	isCurrent: boolean;
	noted?: NotedLives;
}

/** Which life of the contract the event belongs to, and whether it came before. */
export async function inItsLife(
	context: IWebhookFunctions,
	event: CallbackEvent,
	{ isRepeat, wasTaken, isRunning, isCurrent, noted = NOTHING_NOTED }: LifeOptions,
): Promise<LivingEvent> {
	const { contractId, turn } = event;
	if (contractId === undefined || turn === undefined)
		return { event, isRepeat: await isRepeat(event.eventId) };

	let life = lifeOf(context, contractId, noted);
	const asOf = (number: number, repeated: boolean): LivingEvent => ({
		event: { ...event, eventId: idInLife(event.eventId, number) },
		life: number,
		isRepeat: repeated,
	});
	if (wasTaken(idInLife(event.eventId, life.number))) {
		// A repeat, unless the contract runs again after an end.
		if (!life.hasEnded || !(await isRunning())) return asOf(life.number, true);
		life = { number: life.number + 1, hasEnded: false };
		keep(context, contractId, life, noted);
		// A late repeat of an end: the new life goes on.
		if (turn === 'ends') return asOf(life.number - 1, true);
	} else if (life.number > 1 && turn === 'ends' && !isCurrent && (await isRunning())) {
		// A signed repeat of an earlier life's end, whose body would be the same in this life.
		return asOf(life.number - 1, true);
	}
	const present = asOf(life.number, false);
	// A beginning that arrives behind the end of its life does not begin it anew.
	const hasEnded = turn === 'ends' || (life.hasEnded && !(await isRunning()));
	if (await isRepeat(present.event.eventId)) return { ...present, isRepeat: true };
	keep(context, contractId, { ...life, hasEnded }, noted);
	return present;
}
