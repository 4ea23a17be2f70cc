import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { hiddenFromTools, OPTIONS } from '../properties/properties';

/** Node behavior that one execution of the node uses for all its items (collection `options`). */
export interface RunSettings {
	itemsInParallel: number;
	/** Calls per second to one throttled path; 0 = unlimited. */
	callsPerSecond: number;
	/** Retries where a retry is safe. */
	retries: number;
	/** Milliseconds until a call is given up. */
	timeout: number;
	/** Aborted when the execution is canceled. */
	signal: AbortSignal | undefined;
}

// What holds where an option is not set; the properties below show the same defaults.
// Ten in parallel: where the network is what takes the time, 1.8 times as fast as five, and no more
// memory (docs/performance.md, rows 1 and 3).
const defaults = { itemsInParallel: 10, callsPerSecond: 5, retries: 3, timeout: 120 };

/** For operations whose calls the platform limits. */
export const callsPerSecondOption: INodeProperties = {
	displayName: 'Calls per Second',
	name: 'callsPerSecond',
	type: 'number',
	typeOptions: { minValue: 0 },
	displayOptions: hiddenFromTools,
	default: 5,
	description: 'Max number of calls per second to rate-limited endpoints. 0 means no limit.',
};

export const behaviorOptions: INodeProperties[] = [
	{
		displayName: 'Items in Parallel',
		name: 'itemsInParallel',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'The output keeps their order',
	},
	{
		displayName: 'Retries',
		name: 'retries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 3,
		description: 'Of calls that only read, or were not carried out',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 120,
		description: 'Of one call',
	},
];

const clamped = (value: unknown, fallback: number, min: number, max: number): number => {
	const number = Number(value);
	if (value === undefined || value === null || value === '' || !Number.isFinite(number))
		return fallback;
	return Math.min(Math.max(Math.trunc(number), min), max);
};

/** Reads the behavior once per run: it cannot differ between items that run side by side. */
export function readSettings(
	exec: IExecuteFunctions,
	itemsInParallel = defaults.itemsInParallel,
): RunSettings {
	// One by one: an expression beside them that cannot be evaluated concerns its own item, not all of them.
	const chosen = (name: string): unknown => exec.getNodeParameter(`${OPTIONS}.${name}`, 0, null);
	return {
		itemsInParallel: clamped(chosen('itemsInParallel'), itemsInParallel, 1, 1000),
		callsPerSecond: clamped(chosen('callsPerSecond'), defaults.callsPerSecond, 0, 1000),
		retries: clamped(chosen('retries'), defaults.retries, 0, 10),
		timeout: clamped(chosen('timeout'), defaults.timeout, 1, 3600) * 1000,
		signal: exec.getExecutionCancelSignal(),
	};
}

/** For one call outside an execution, such as asking back in a webhook: no waiting, no repetition. */
export function singleCall(timeout: number): RunSettings {
	return {
		itemsInParallel: 1,
		callsPerSecond: 0,
		retries: 0,
		timeout,
		signal: undefined,
	};
}
