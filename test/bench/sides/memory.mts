import { readFileSync, writeFileSync } from 'node:fs';

const kilobytes = (name: string): number => {
	const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(
		readFileSync('/proc/self/status', 'utf8'),
	);
	if (!found) throw new Error(`The kernel does not say ${name}`);
	return Number(found[1]);
};

const settle = async () => {
	for (let round = 0; round < 3; round += 1) {
		globalThis.gc!();
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
};

/** Megabytes by which the process's resident memory exceeds, at its peak, what it was before. */
export const growthOf = async (work: () => Promise<unknown>): Promise<number> => {
	await settle();
	// Linux: from here on the peak counts anew.
	writeFileSync('/proc/self/clear_refs', '5');
	const before = kilobytes('VmRSS');
	await work();
	return (kilobytes('VmHWM') - before) / 1024;
};
