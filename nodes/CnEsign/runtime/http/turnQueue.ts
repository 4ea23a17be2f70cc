import { sleep } from 'n8n-workflow';
import { cancelled, orCancelled } from './waiting';

/** What became of the one sending that a turn is for. */
export type TurnEnd =
	/** An answer came, whatever it says. */
	| 'answered'
	/** Sent, and no answer came: the server may still be at work. */
	| 'lost'
	/** No connection came about. */
	| 'unreachable'
	/** Given up on this side while it was under way. */
	| 'cancelled'
	/** Refused on this side before anything was sent. */
	| 'notSent';

/** The right to send one call while no other of its kind is under way. */
export interface Turn {
	/** Has to be called once, whatever happens. */
	end(how: TurnEnd): void;
}

export interface TurnRequest {
	/** Ends the waiting; nothing was sent then. */
	signal?: AbortSignal;
	/** Takes a place of a rate limit for this call, or returns the milliseconds until there may be one. */
	tryStart?(): number;
	/** Whether the server answers a call that only reads. Goes on when this execution is canceled: others wait for it, too. */
	isAnswering(): Promise<boolean>;
}

/** Thrown instead of a turn: the server has not answered of late, and nothing was sent. */
export class NotAnsweringError extends Error {}

export interface TurnQueue {
	/** Waits for a turn, first come first served. Who has to wait for a rate limit lets others go first. */
	take(request: TurnRequest): Promise<Turn>;
}

interface Waiter {
	request: TurnRequest;
	admit(turn: Turn): void;
	reject(reason: Error): void;
}

// The longest known start takes 15 s (docs/api/kaifangqian.md, 6.4): a call whose answer is lost may still
// be carried out for as long, and a second one would get in its way.
export const LOST_CALL_HOLDS = 30_000;
const MOST_UNANSWERED = 2;

/** `holdAfterLoss`: milliseconds that a turn lasts, from its start, where no answer came. */
export function createTurnQueue(holdAfterLoss = LOST_CALL_HOLDS): TurnQueue {
	const waiting: Waiter[] = [];
	let busy = false;
	let unanswered = 0;
	let probe: Promise<boolean> | undefined;
	let nextLook = Infinity;

	const rejectAll = (): void => {
		for (const waiter of waiting.splice(0)) waiter.reject(new NotAnsweringError());
	};

	const lookAgainIn = (milliseconds: number): void => {
		const at = Date.now() + milliseconds;
		if (at >= nextLook) return;
		nextLook = at;
		void sleep(milliseconds).then(() => {
			if (nextLook === at) nextLook = Infinity;
			admitNext();
		});
	};

	const newTurn = (): Turn => {
		const started = Date.now();
		let ended = false;
		const release = () => {
			busy = false;
			admitNext();
		};
		return {
			end(how) {
				if (ended) return;
				ended = true;
				if (how === 'answered') unanswered = 0;
				if (how === 'lost' || how === 'unreachable') unanswered += 1;
				if (unanswered >= MOST_UNANSWERED) rejectAll();
				const hold =
					how === 'lost' || how === 'cancelled' ? started + holdAfterLoss - Date.now() : 0;
				if (hold > 0) void sleep(hold).then(release);
				else release();
			},
		};
	};

	const admitNext = (): void => {
		if (busy) return;
		let soonest = Infinity;
		for (const [index, waiter] of waiting.entries()) {
			const wait = waiter.request.tryStart?.() ?? 0;
			if (wait <= 0) {
				waiting.splice(index, 1);
				busy = true;
				waiter.admit(newTurn());
				return;
			}
			soonest = Math.min(soonest, wait);
		}
		if (Number.isFinite(soonest)) lookAgainIn(soonest);
	};

	/** A call that only reads finds out whether the server answers again; one for all who come meanwhile. */
	const checkServer = async ({ isAnswering, signal }: TurnRequest): Promise<void> => {
		probe ??= isAnswering().finally(() => {
			probe = undefined;
		});
		if (!(await orCancelled(probe, signal))) throw new NotAnsweringError();
		unanswered = 0;
	};

	return {
		async take(request) {
			const { signal } = request;
			if (signal?.aborted) throw cancelled();
			if (unanswered >= MOST_UNANSWERED) await checkServer(request);
			return await new Promise<Turn>((resolve, reject) => {
				const leave = () => {
					const place = waiting.indexOf(waiter);
					if (place >= 0) waiting.splice(place, 1);
					waiter.reject(cancelled());
				};
				const settle = () => signal?.removeEventListener('abort', leave);
				const waiter: Waiter = {
					request,
					admit(turn) {
						settle();
						resolve(turn);
					},
					reject(reason) {
						settle();
						reject(reason);
					},
				};
				if (signal?.aborted) return leave();
				signal?.addEventListener('abort', leave, { once: true });
				waiting.push(waiter);
				admitNext();
			});
		},
	};
}

// In the memory of this process: what another one sends is not seen. Calls that have met all the same are
// found by looking at the contract after each start.
export const turnQueues = new Map<string, TurnQueue>();

/** The queue of one origin (scheme, host, port), shared by all executions of this process. */
export function turnQueueFor(origin: string): TurnQueue {
	let queue = turnQueues.get(origin);
	if (!queue) {
		queue = createTurnQueue();
		turnQueues.set(origin, queue);
	}
	return queue;
}
