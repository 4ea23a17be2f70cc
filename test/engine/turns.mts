import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from './engine.mjs';

type Built = typeof import('../../nodes/CnEsign/runtime/turnQueue.js');

const built = createRequire(import.meta.url)(
	join(projectRoot, 'dist/nodes/CnEsign/runtime/turnQueue.js'),
) as Built;

/** Ends what lost calls of other tests have left: a lost start keeps its turn for 30 s. */
export const forgetTurns = (): void => built.turnQueues.clear();

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
