/**
 * Which values the property tests try. Without being asked they are the same in every run, so that the
 * same code gives the same answer everywhere.
 *
 * - FC_SEED: other values, from this number on, or `random` for new ones in each run. A property that
 *   does not hold says which seed it was.
 * - FC_RUNS: how many times as many as usual (10 for ten times as many, 0.1 for a tenth).
 */
import fc from 'fast-check';

const { FC_SEED = '20260101', FC_RUNS = '1' } = process.env;

export const SEED = FC_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(FC_SEED);
if (!Number.isInteger(SEED)) throw new Error(`FC_SEED is no number and not 'random': ${FC_SEED}`);

const times = Number(FC_RUNS);
if (!(times > 0)) throw new Error(`FC_RUNS is no number above 0: ${FC_RUNS}`);

/** So many, or as many times more or less as FC_RUNS says. */
export const runs = (usual: number): number => Math.max(1, Math.ceil(usual * times));

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED, numRuns: runs(100) });
