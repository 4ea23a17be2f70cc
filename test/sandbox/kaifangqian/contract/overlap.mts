import { plainRefusal } from '../answers.mjs';
import type { Spoiling } from '../switches.mjs';
import type { World } from '../world.mjs';

// One at a time (docs/api/kaifangqian.md 3.4): calls that move contracts along, and people signing on the pages, share
// one context. Who comes while another is at work is spoiled.

export const refuseOverlap = (): never => plainRefusal('驱动流程错误：操作类型不支持');

const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** Does a piece of work that takes its time; it is told how it has been spoiled by another at work, if at all. */
export async function moving<T>(
	world: World,
	change: (spoiling: Spoiling | undefined) => T,
): Promise<T> {
	const { overlap, startMs } = world.switches;
	const spoiling = world.moving > 0 && overlap !== 'harmless' ? overlap : undefined;
	if (world.moving > 0) world.overlaps += 1;
	if (spoiling === 'refused') return change(spoiling);
	world.moving += 1;
	try {
		if (startMs > 0) await sleep(startMs);
		return change(spoiling);
	} finally {
		world.moving -= 1;
	}
}

/** Calls other than a start: they can only be refused. */
export async function movingAlong<T>(world: World, change: () => T): Promise<T> {
	return await moving(world, (spoiling) => (spoiling === 'refused' ? refuseOverlap() : change()));
}

/** A person at work on the pages or in the console, which takes no time here. */
export function byPerson<T>(world: World, change: () => T): T {
	if (world.moving > 0 && world.switches.overlap === 'refused') refuseOverlap();
	return change();
}
