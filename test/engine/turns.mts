import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from './engine.mjs';

type Built = typeof import('../../nodes/CnEsign/runtime/http/turnQueue.js');

const built = createRequire(import.meta.url)(
	join(projectRoot, 'dist/nodes/CnEsign/runtime/http/turnQueue.js'),
) as Built;

/** Ends what lost calls of other tests have left: a lost start keeps its turn for 30 s. */
export const forgetTurns = (): void => built.turnQueues.clear();

/**
 * Begins the turns of one origin anew; a lost call keeps its turn there for so many ms instead of 30 s. Gives
 * the times at which turns begin, as they do.
 */
export const freshTurns = (origin: string, hold: number): number[] => {
	const queue = built.createTurnQueue(hold);
	const begun: number[] = [];
	built.turnQueues.set(origin, {
		async take(request) {
			const turn = await queue.take(request);
			begun.push(Date.now());
			return turn;
		},
	});
	return begun;
};

/** Makes the time shorter for which a lost call keeps its turn, everywhere from now on. Returns what puts it back. */
export const shortenHolds = (milliseconds: number): (() => void) => {
	const changed = built as { LOST_CALL_HOLDS: number };
	const usual = changed.LOST_CALL_HOLDS;
	changed.LOST_CALL_HOLDS = milliseconds;
	forgetTurns();
	return () => {
		changed.LOST_CALL_HOLDS = usual;
		forgetTurns();
	};
};

/** Takes the lock out, so that calls overlap. Returns what puts it back. */
export const withoutTurns = (): (() => void) => {
	const kept = built.turnQueueFor;
	const replaced = built as { turnQueueFor: Built['turnQueueFor'] };
	replaced.turnQueueFor = () => ({
		take: async ({ tryStart }) => {
			for (let wait = tryStart?.() ?? 0; wait > 0; wait = tryStart?.() ?? 0)
				await new Promise((resolve) => setTimeout(resolve, wait));
			return { end: () => {} };
		},
	});
	return () => {
		replaced.turnQueueFor = kept;
	};
};
