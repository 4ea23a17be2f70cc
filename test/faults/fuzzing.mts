/** How much is fuzzed, and from where; FC_RUNS and FC_SEED ask for other values (test/seed.mts). */
import { runs, SEED } from '../seed.mjs';

const USUAL = 40_000;

export const RUNS = runs(USUAL);

/** How many are written down and compared; another number is a run of somebody's own. */
export const isUsual = RUNS === USUAL;

console.log(`${RUNS} runs, FC_SEED=${SEED}`);

/** Milliseconds for which nothing else can run: the best of three, since other programs run, too. */
export const blockedBy = (work: () => void): number =>
	Math.min(
		...[1, 2, 3].map(() => {
			const began = performance.now();
			work();
			return performance.now() - began;
		}),
	);
