/** What every row works with. */
import type { Stand } from './n8n.mjs';
import { startSide, withSide, type Side } from './side.mjs';
import type { EngineSide, Grown, Input, Work } from './sides/engine.mjs';
import type { Platform, StandInSide } from './sides/standIn.mjs';
import type { Line, Measured } from './report.mjs';

export interface Bench {
	stand: Stand;
	/** The stand-in platforms, a process of their own; as new when a row begins. */
	standIn: Side<StandInSide>;
	platform: Platform;
	/** How often everything is measured. */
	times: number;
	/** Fewer and smaller, to see that a row works. */
	quick: boolean;
	/** Says how far a row has come. */
	say(text: string): void;
	/** Adds a line to the table. */
	add(measured: Measured): void;
}

export interface Row {
	number: number;
	title: string;
	measure(bench: Bench): Promise<void>;
}

export type { Line };

export type Engine = Side<EngineSide>;

export const startEngine = async (
	{ stand }: Bench,
	env: Record<string, string> = {},
): Promise<Engine> => await startSide<EngineSide>(stand, 'engine.mts', { env });

/** Does the work with several engines, which are gone afterwards. */
export const withEngines = async <R,>(
	bench: Bench,
	count: number,
	work: (engines: Engine[]) => Promise<R>,
): Promise<R> => {
	const engines: Engine[] = [];
	try {
		for (let number = 0; number < count; number += 1) engines.push(await startEngine(bench));
		return await work(engines);
	} finally {
		await Promise.all(engines.map(async (engine) => await engine.stop()));
	}
};

/**
 * The sides take turns within the same minutes: a machine's speed drifts. Every other round they begin in
 * the opposite order. One round before, unmeasured, warms them up.
 */
export const alternate = async <T,>(
	bench: Pick<Bench, 'times' | 'say'>,
	sides: Array<() => Promise<T>>,
	{ warmUp = true } = {},
): Promise<T[][]> => {
	const results: T[][] = sides.map(() => []);
	if (warmUp) for (const side of sides) await side();
	for (let round = 0; round < bench.times; round += 1) {
		bench.say(`round ${round + 1} of ${bench.times}`);
		const order = sides.map((_, index) => index);
		if (round % 2 === 1) order.reverse();
		for (const index of order) results[index].push(await sides[index]());
	}
	return results;
};

/**
 * Runs one piece of work in a fresh process and says how much memory it took. A small one comes first, so
 * that what is loaded once does not count.
 */
export const growth = async (
	bench: Bench,
	work: Work,
	warmUp: Input,
	inBetween: () => Promise<unknown> = async () => {},
): Promise<Grown> =>
	await withSide(startEngine(bench), async (engine) => {
		await engine.call('time', { ...work, input: warmUp });
		await inBetween();
		return await engine.call('grow', work);
	});
