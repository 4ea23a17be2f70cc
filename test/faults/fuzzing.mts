/**
 * How much is fuzzed, and from where: FUZZ_RUNS and FUZZ_SEED repeat a run. Without a seed each run tries
 * something else, except with CI set, where the same commit has to give the same answer.
 */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 100_000);
const REPEATABLE = 20_260_101;
export const SEED = Number(
	process.env.FUZZ_SEED ?? (process.env.CI ? REPEATABLE : Date.now() % 2 ** 31),
);

/** How many are written down and compared; another number is a run of somebody's own. */
export const isUsual = RUNS === 100_000;

console.log(`FUZZ_RUNS=${RUNS} FUZZ_SEED=${SEED}`);

/** Milliseconds for which nothing else can run: the best of three, since other programs run, too. */
export const blockedBy = (work: () => void): number =>
	Math.min(
		...[1, 2, 3].map(() => {
			const began = performance.now();
			work();
			return performance.now() - began;
		}),
	);
