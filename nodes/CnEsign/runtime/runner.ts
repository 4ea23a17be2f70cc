import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { asNodeFault, leftBehindOf, listed, type NodeFault } from './errors';
import { readParameters } from './parameters';
import { runInOrder, type Outcome } from './pool';
import { readSettings, type RunSettings } from './settings';
import { cancelled } from './waiting';
import type { Operation, Platform } from './types';

// Ids that tell a person what already exists on the platform when a run stops half-way.
const TELLING_IDS = ['contractId', 'docId', 'fileId', 'orderNo'];
const MOST_LISTED = 20;

type Items = INodeExecutionData[];

const isUnknown = ({ context }: NodeFault): boolean => context.outcomeUnknown === true;

/**
 * The item of a failed one under Continue on Fail. It has no `error` property and no other keys than
 * these on purpose: n8n replaces the JSON of an item with `error` by the bare message, and knows items
 * for its error output by having nothing but `error`, `message` and `details`.
 */
const failedItem = (fault: NodeFault): INodeExecutionData => {
	const details: IDataObject = {};
	if ('httpCode' in fault && fault.httpCode) details.code = fault.httpCode;
	if (fault.description) details.hint = fault.description;
	if (isUnknown(fault)) details.outcomeUnknown = true;
	const left = leftBehindOf(fault);
	if (left) details.leftBehind = { ...left };
	return { json: { error: fault.message, details } };
};

type Pairing = INodeExecutionData['pairedItem'];

const pairedTo = (indexes: number[]): Pairing =>
	indexes.length === 1 ? { item: indexes[0] } : indexes.map((item) => ({ item }));

/** What was done before the failing item, so that nobody does it twice on the next run. */
const whatWasDone = (outcomes: Array<Outcome<Items, NodeFault>>): string => {
	const done = outcomes.flatMap((outcome, index) => {
		if (outcome.state !== 'done') return [];
		const json = outcome.value[0]?.json ?? {};
		// Refused, and passed on under Continue on Fail.
		if (json.error !== undefined) return [];
		const id = TELLING_IDS.find((name) => typeof json[name] === 'string');
		return [id ? `item ${index} (${id} ${String(json[id])})` : `item ${index}`];
	});
	if (done.length === 0) return '';
	const untouched = outcomes.filter(({ state }) => state === 'notStarted').length;
	const items =
		done.slice(0, MOST_LISTED).join(', ') +
		(done.length > MOST_LISTED ? `, and ${done.length - MOST_LISTED} more` : '');
	return `Already carried out: ${items}. Not started: ${untouched}. Turn on 'Continue' under Settings → On Error to keep the other items' results.`;
};

/** The other items that were refused, those first that nobody knows the outcome of. */
const whatElseWasRefused = (others: NodeFault[]): string =>
	others
		.sort((a, b) => Number(isUnknown(b)) - Number(isUnknown(a)))
		.slice(0, MOST_LISTED)
		.map((fault) => {
			const left = leftBehindOf(fault);
			return `Also: ${fault.message}.${left ? ` Already there: ${listed(left)}.` : ''}`;
		})
		.join(' ');

const withItem = (fault: NodeFault, itemIndex: number, several: boolean): NodeFault => {
	if (several) fault.message = `${fault.message} [Item ${itemIndex}]`;
	return fault;
};

/** Finds the operation that the parameters name. */
const chosen = <Client>(exec: IExecuteFunctions, platform: Platform<Client>): Operation<Client> => {
	const resource = exec.getNodeParameter('resource', 0) as string;
	const operation = exec.getNodeParameter('operation', 0) as string;
	const found = platform.resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new NodeOperationError(
		exec.getNode(),
		`${platform.name} has no operation '${operation}' for '${resource}'`,
		{
			description: "Choose 'Resource' and 'Operation' again.",
		},
	);
};

/** What is wrong with the credential concerns all items, so it ends the run. */
const connect = async <Client>(
	exec: IExecuteFunctions,
	platform: Platform<Client>,
	settings: RunSettings,
) => {
	try {
		return await platform.connect(exec, settings);
	} catch (thrown) {
		const { message, description } = asNodeFault(exec.getNode(), thrown, 0);
		throw new NodeOperationError(exec.getNode(), message, {
			description: description ?? undefined,
		});
	}
};

/** Works through all items of one run; the only place that knows about items, order and stopping. */
export const runItems = async (
	exec: IExecuteFunctions,
	platforms: Array<Platform<unknown>>,
): Promise<INodeExecutionData[][]> => {
	const wanted = exec.getNodeParameter('platform', 0) as string;
	const platform = platforms.find(({ value }) => value === wanted);
	if (!platform)
		throw new NodeOperationError(exec.getNode(), `'Platform' has the unknown value '${wanted}'`);
	const operation = chosen(exec, platform);
	const settings = readSettings(exec, operation.parallel);
	const clientFor = await connect(exec, platform, settings);
	const all = exec.getInputData().map((_, index) => index);
	const together = operation.takesAllItems?.(exec) ?? false;
	const groups = together && all.length > 0 ? [all] : all.map((index) => [index]);
	const several = groups.length > 1;

	const work = async (group: number): Promise<Outcome<Items, NodeFault>> => {
		const indexes = groups[group];
		const [index] = indexes;
		const paired = (items: Items) =>
			items.map((item) => ({ ...item, pairedItem: pairedTo(indexes) }));
		try {
			const parameters = readParameters(exec, index, operation.properties);
			const items = await operation.run({
				exec,
				index,
				indexes,
				parameters,
				settings,
				client: clientFor(index),
			});
			return { state: 'done', value: paired(items) };
		} catch (thrown) {
			const fault = withItem(asNodeFault(exec.getNode(), thrown, index), index, several);
			const goOn = exec.continueOnFail() && !settings.signal?.aborted;
			return goOn
				? { state: 'done', value: paired([failedItem(fault)]) }
				: { state: 'failed', fault };
		}
	};

	const outcomes = await runInOrder(groups.length, settings.itemsInParallel, work, settings.signal);
	const faults = outcomes.flatMap((outcome) => (outcome.state === 'failed' ? [outcome.fault] : []));
	if (faults.length > 0) {
		// One whose outcome is unknown must be seen before anything is run again; otherwise the first
		// item's fault is the one a person looks for first.
		const fault = faults.find(isUnknown) ?? faults[0];
		const others = whatElseWasRefused(faults.filter((other) => other !== fault));
		fault.description =
			[fault.description, others, whatWasDone(outcomes)].filter(Boolean).join(' ') || undefined;
		throw fault;
	}
	if (settings.signal?.aborted) {
		throw new NodeOperationError(exec.getNode(), cancelled(), {
			description: whatWasDone(outcomes),
		});
	}
	return [outcomes.flatMap((outcome) => (outcome.state === 'done' ? outcome.value : []))];
};
