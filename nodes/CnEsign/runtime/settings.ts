import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Node behaviour that one execution of the node uses for all its items (collection `options`). */
export interface RunSettings {
	itemsInParallel: number;
	/** Calls per second to one throttled path; 0 = unlimited. */
	callsPerSecond: number;
	/** Retries where a retry is safe. */
	retries: number;
	/** Milliseconds until a call is given up. */
	timeout: number;
	/** Aborted when the execution is cancelled. */
	signal: AbortSignal | undefined;
}

// What holds where an option is not set; the descriptions below show the same.
// Ten in parallel: where the network is what takes the time, 1.8 times as fast as five, and no more
// memory (docs/performance.md, rows 1 and 3).
const defaults = { itemsInParallel: 10, callsPerSecond: 5, retries: 3, timeout: 120 };

/** For platforms that limit calls per second. */
export const paceOption: INodeProperties = {
	displayName: 'Calls per Second',
	name: 'callsPerSecond',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 5,
	description:
		'How many to send at most where the platform sets a limit. Set to 0 to send without pause.',
};

export const behaviourOptions: INodeProperties[] = [
	{
		displayName: 'Items in Parallel',
		name: 'itemsInParallel',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 10,
		description:
			'How many items to work on at the same time. The output keeps the order of the input.',
	},
	{
		displayName: 'Retries',
		name: 'retries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
		default: 3,
		description:
			'How often to repeat a call that only reads or was certainly not carried out. No other is ever repeated.',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600, numberPrecision: 0 },
		default: 120,
		description: 'How long to wait for the answer to one call',
	},
];

const within = (value: unknown, fallback: number, min: number, max: number): number => {
	const number = Number(value);
	if (value === undefined || value === null || value === '' || !Number.isFinite(number))
		return fallback;
	return Math.min(Math.max(Math.trunc(number), min), max);
};

/** Reads the behaviour once per run: it cannot differ between items that run side by side. */
export const readSettings = (
	exec: IExecuteFunctions,
	itemsInParallel = defaults.itemsInParallel,
): RunSettings => {
	const chosen = exec.getNodeParameter('options', 0, {}) as Record<string, unknown>;
	return {
		itemsInParallel: within(chosen.itemsInParallel, itemsInParallel, 1, 1000),
		callsPerSecond: within(chosen.callsPerSecond, defaults.callsPerSecond, 0, 1000),
		retries: within(chosen.retries, defaults.retries, 0, 10),
		timeout: within(chosen.timeout, defaults.timeout, 1, 3600) * 1000,
		signal: exec.getExecutionCancelSignal(),
	};
};

/** For one call outside an execution, such as asking back in a webhook: no waiting, no repetition. */
export const singleCall = (timeout: number): RunSettings => ({
	itemsInParallel: 1,
	callsPerSecond: 0,
	retries: 0,
	timeout,
	signal: undefined,
});
