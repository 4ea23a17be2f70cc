import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import {
	asNodeError,
	isOutcomeUnknown,
	leftBehindOf,
	describeLeftBehind,
	type NodeError,
} from '../http/errors';
import { readParameters } from './parameters';
import { mapConcurrently, type Outcome } from './mapConcurrently';
import { readSettings } from './settings';
import { cancelled } from '../http/waiting';
import { createClient } from '../http/createClient';
import { openJournal, type ItemOutcome, type Journal } from '../http/retryJournal';
import { readCredential, type BaseCredential } from '../http/credential';
import type { Operation, RunnablePlatform } from './operation';

const MOST_LISTED = 20;

type Items = INodeExecutionData[];
type Outcomes = Array<Outcome<Items, NodeError>>;

/**
 * What is put out for a failed item under Continue on Fail. `error` is the only key of its JSON and no
 * property of the item itself: only then do all versions of n8n send it to the error output.
 */
const failedItem = (error: NodeError): INodeExecutionData => {
	const details: IDataObject = { message: error.message };
	if ('httpCode' in error && error.httpCode) details.code = error.httpCode;
	if (error.description) details.hint = error.description;
	if (isOutcomeUnknown(error)) details.outcomeUnknown = true;
	const left = leftBehindOf(error);
	if (left) details.leftBehind = { ...left };
	return { json: { error: details } };
};

type Pairing = INodeExecutionData['pairedItem'];

const pairedTo = (indexes: number[]): Pairing =>
	indexes.length === 1 ? { item: indexes[0] } : indexes.map((item) => ({ item }));

/** The output field that tells what an item has made, and its value. */
const idIn = (items: Items, idFields: string[]): string => {
	const json = items[0]?.json ?? {};
	const id = idFields.find((name) => typeof json[name] === 'string');
	return id ? `${id} ${String(json[id])}` : '';
};

/** How the items that this attempt of n8n has not come to have ended in earlier ones, by group. */
type Before = Map<number, ItemOutcome>;

const endedEarlier = (journal: Journal, groups: number[][], outcomes: Outcomes): Before =>
	new Map(
		outcomes.flatMap(({ state }, group): Array<[number, ItemOutcome]> => {
			const before = state === 'notStarted' ? journal.endedBefore(groups[group][0]) : undefined;
			return before ? [[group, before]] : [];
		}),
	);

/** What was done before the failing item, so that nobody does it twice on the next run. */
const whatWasDone = (outcomes: Outcomes, idFields: string[], before: Before): string => {
	const done = outcomes.flatMap((outcome, index) => {
		const earlier = before.get(index)?.done;
		// Refused, and passed on under Continue on Fail.
		const isDone = outcome.state === 'done' && outcome.value[0]?.json.error === undefined;
		if (!isDone && earlier === undefined) return [];
		const id = isDone ? idIn(outcome.value, idFields) : earlier;
		return [id ? `item ${index} (${id})` : `item ${index}`];
	});
	if (done.length === 0) return '';
	const untouched = outcomes.filter(
		({ state }, index) => state === 'notStarted' && !before.has(index),
	).length;
	const items =
		done.slice(0, MOST_LISTED).join(', ') +
		(done.length > MOST_LISTED ? `, and ${done.length - MOST_LISTED} more` : '');
	return `Already carried out: ${items}. Not started: ${untouched}. Turn on 'Continue' under Settings → On Error to keep the other items' results.`;
};

const LOOK_FIRST = 'Look whether this item was carried out before you run it again.';

/** A further failed item, in sentences for the description of the error that is thrown. */
const sentencesAbout = (error: NodeError): string => {
	const left = leftBehindOf(error);
	const there = left ? ` Already there: ${describeLeftBehind(left)}.` : '';
	// The message may be the platform's own, which says nothing of that.
	const doubt = isOutcomeUnknown(error) ? ` ${LOOK_FIRST}` : '';
	return `Also: ${error.message}.${there}${doubt}`;
};

/** The other items that were refused, those first that nobody knows the outcome of. */
const whatElseWasRefused = (others: NodeError[], before: Before): string =>
	[
		...others.filter(isOutcomeUnknown).map(sentencesAbout),
		...[...before.values()].flatMap(({ failed }) => failed ?? []),
		...others.filter((error) => !isOutcomeUnknown(error)).map(sentencesAbout),
	]
		.slice(0, MOST_LISTED)
		.join(' ');

const withItem = (error: NodeError, itemIndex: number, several: boolean): NodeError => {
	if (several) error.message = `${error.message} [Item ${itemIndex}]`;
	return error;
};

/** What has to be said beside the result stands in its first item. */
const addNotes = ([first]: Items, notes: string[]): void => {
	if (!first || notes.length === 0) return;
	first.json.note = [first.json.note, ...notes].filter(Boolean).join(' ');
};

/** Finds the operation that the parameters name. */
const chosenOperation = (
	exec: IExecuteFunctions,
	{ name, actions }: RunnablePlatform,
): Operation => {
	const resource = exec.getNodeParameter('resource', 0) as string;
	const operation = exec.getNodeParameter('operation', 0) as string;
	const found = actions.resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new NodeOperationError(
		exec.getNode(),
		`${name} has no operation '${operation}' for '${resource}'`,
		{ description: "Choose 'Resource' and 'Operation' again." },
	);
};

/** What is wrong with the credential concerns all items, so it ends the run. */
const credentialFor = async (
	exec: IExecuteFunctions,
	platform: RunnablePlatform,
	platforms: RunnablePlatform[],
): Promise<BaseCredential> => {
	try {
		return await readCredential(exec, platform, platforms);
	} catch (thrown) {
		const { message, description } = asNodeError(exec.getNode(), thrown, 0);
		throw new NodeOperationError(exec.getNode(), message, {
			description: description ?? undefined,
		});
	}
};

/** Works through all items of one run; the only place that knows about items, order and stopping. */
export async function runItems(
	exec: IExecuteFunctions,
	platforms: RunnablePlatform[],
): Promise<INodeExecutionData[][]> {
	const wanted = exec.getNodeParameter('platform', 0) as string;
	const platform = platforms.find(({ value }) => value === wanted);
	if (!platform)
		throw new NodeOperationError(exec.getNode(), `'Platform' has the unknown value '${wanted}'`);
	const operation = chosenOperation(exec, platform);
	const settings = readSettings(exec, operation.parallel);
	const credential = await credentialFor(exec, platform, platforms);
	const client = createClient(platform.actions.client, exec, settings, credential);
	const all = exec.getInputData().map((_, index) => index);
	const together = operation.takesAllItems?.(exec) ?? false;
	const groups = together && all.length > 0 ? [all] : all.map((index) => [index]);
	const several = groups.length > 1;

	const { idFields } = platform.actions;
	const journal = openJournal(exec);
	const work = async (group: number): Promise<Outcome<Items, NodeError>> => {
		const indexes = groups[group];
		const [index] = indexes;
		const paired = (items: Items) =>
			items.map((item) => ({ ...item, pairedItem: pairedTo(indexes) }));
		const itemJournal = journal.forItem(index);
		try {
			const parameters = readParameters(exec, index, operation.properties);
			const itemClient = client.forItem(index, itemJournal);
			const items = await operation.run({
				exec,
				index,
				indexes,
				parameters,
				settings,
				credential,
				client: itemClient,
			});
			addNotes(items, itemClient.notes);
			itemJournal.end({ done: idIn(items, idFields) });
			return { state: 'done', value: paired(items) };
		} catch (thrown) {
			const error = withItem(asNodeError(exec.getNode(), thrown, index), index, several);
			const isWorthKeeping = isOutcomeUnknown(error) || leftBehindOf(error) !== undefined;
			itemJournal.end(isWorthKeeping ? { failed: sentencesAbout(error) } : undefined);
			const goOn = exec.continueOnFail() && !settings.signal?.aborted;
			return goOn
				? { state: 'done', value: paired([failedItem(error)]) }
				: { state: 'failed', error };
		}
	};

	const outcomes = await mapConcurrently(
		groups.length,
		settings.itemsInParallel,
		work,
		settings.signal,
	);
	const before = endedEarlier(journal, groups, outcomes);
	const errors = outcomes.flatMap((outcome) => (outcome.state === 'failed' ? [outcome.error] : []));
	if (errors.length > 0) {
		// One whose outcome is unknown must be seen before anything is run again; otherwise the first
		// item's error is the one a person looks for first.
		const error = errors.find(isOutcomeUnknown) ?? errors[0];
		const others = whatElseWasRefused(
			errors.filter((other) => other !== error),
			before,
		);
		error.description =
			[error.description, others, whatWasDone(outcomes, idFields, before)]
				.filter(Boolean)
				.join(' ') || undefined;
		throw error;
	}
	if (settings.signal?.aborted) {
		throw new NodeOperationError(exec.getNode(), cancelled(), {
			description: [whatElseWasRefused([], before), whatWasDone(outcomes, idFields, before)]
				.filter(Boolean)
				.join(' '),
		});
	}
	return [outcomes.flatMap((outcome) => (outcome.state === 'done' ? outcome.value : []))];
}
