/** Everything that may happen to a call. */
import type { Fault, PlatformName } from './fault.mjs';
import { kaifangqianFaults } from './kaifangqianFaults.mjs';
import { networkFaults } from './networkFaults.mjs';

/** Under the headings of the table. */
export const faultGroupsOf = (platform: PlatformName): Array<[heading: string, faults: Fault[]]> =>
	platform === 'kaifangqian' ? [...networkFaults, ...kaifangqianFaults] : networkFaults;

export const faultsOf = (platform: PlatformName): Fault[] =>
	faultGroupsOf(platform).flatMap(([, faults]) => faults);
