/** Starts of contracts with faults at any of their calls, and what must hold whatever happens to them. */
import type { IDataObject, INode } from 'n8n-workflow';
import { runNode, type NodeRun } from '../engine/node.mjs';
import { freshTurns } from '../engine/turns.mjs';
import type { KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';
import type { Spoiling } from '../sandbox/kaifangqian/switches.mjs';
import { huntIn } from './hunt.mjs';
import { kaifangqianInputs } from './inputs/kaifangqian.mjs';
import { marksOf, operationOf } from './inputs/input.mjs';
import type { Exchange, Heard, RequestFault } from './proxy.mjs';
import { endToEnd } from './proxy.mjs';
import { isAsking, type StoredContract } from './stages.mjs';
import { itemIn, learn, resultsOf, type Field, type ItemResult, type Mode } from './strike.mjs';

export type StartName = 'contract.create' | 'contract.sendFiles';

/** What may happen to one call: the platform mixes it up, or something happens to its answer. */
export interface Event {
	/** Only of a start. */
	spoiled?: Spoiling;
	then:
		| 'answer'
		/** Not even done. */
		| 'lost before'
		| 'lost after'
		| 'a gateway after'
		| 'a page after'
		| 'half of it after'
		| 'form 2 after'
		| 'code 91000 after'
		| 'refused'
		| 'code null'
		| 'throttled';
}

const JSON_TYPE = { 'content-type': 'application/json' };
const SOON = { 'retry-after': '0.01' };
const says = (code: number | null, message: string) =>
	JSON.stringify({ code, message, result: null, timestamp: 1_764_000_000_000 });

const without: Partial<Record<Event['then'], (exchange: Exchange) => void>> = {
	'lost before': (exchange) => exchange.reset(),
	refused: (exchange) => exchange.answer(200, JSON_TYPE, says(31000, '业务处理失败,稍后再试')),
	'code null': (exchange) => exchange.answer(200, JSON_TYPE, says(null, '时间格式错误')),
	throttled: (exchange) =>
		exchange.answer(200, { ...JSON_TYPE, ...SOON }, says(999999, '请勿频繁操作')),
};

const GENERIC =
	'{"success":false,"message":"操作失败，系统异常","code":500,"result":null,"timestamp":1}';

/** An event as the proxy makes it happen. */
export const happening =
	({ spoiled, then }: Event, spoil: (how: Spoiling) => void): RequestFault =>
	async (exchange) => {
		const instead = without[then];
		if (instead) return instead(exchange);
		if (spoiled) spoil(spoiled);
		const { status, headers, body } = await exchange.forward();
		switch (then) {
			case 'lost after':
				return exchange.reset();
			case 'a gateway after':
				return exchange.answer(504, SOON, '');
			case 'a page after':
				return exchange.answer(200, { 'content-type': 'text/html' }, '<html>?</html>');
			case 'half of it after':
				return exchange.answer(200, JSON_TYPE, body.subarray(0, body.length / 2));
			case 'form 2 after':
				return exchange.answer(200, JSON_TYPE, GENERIC);
			case 'code 91000 after':
				return exchange.answer(200, JSON_TYPE, says(91000, '服务器未知错误'));
			default:
				return exchange.answer(status, endToEnd(headers), body);
		}
	};

export interface Attempt {
	name: StartName;
	items: number;
	mode: Mode;
	/** What happens to a call; asked once for each. */
	plan(heard: Heard, item: number): Event | undefined;
	retries?: number;
	itemsInParallel?: number;
	/** How long a lost call keeps its turn, in ms. */
	hold?: number;
	node?: Partial<INode>;
	onStart?(cancel: () => void): void;
}

export interface Came {
	run: NodeRun;
	results: ItemResult[];
	/** The item's contracts as the platform has them. */
	contracts: StoredContract[][];
	heard: Heard[];
	/** Which of the calls were about an item, by the end of their path. */
	callsTo(ending: string): Heard[];
	wrong: string[];
}

/** Runs an operation that starts contracts while calls go wrong as planned. */
export const attempt = async (
	{ running, proxy, stage }: Field<KaifangqianSandbox>,
	{ name, plan, mode, onStart, node, hold = 30, ...more }: Attempt,
): Promise<Came> => {
	running.reset();
	await proxy.open();
	proxy.reset();
	freshTurns(proxy.origin, hold);
	const prepared = await kaifangqianInputs[name].prepare(running.sandbox);
	const items = prepared.items.slice(0, more.items);
	running.arm();
	running.sandbox.switches.startMs = 5;
	// The marks of all three, so that none is taken for common to all.
	const marks = marksOf(prepared.items);
	proxy.onForwarded = (heard, answer) => learn(marks, heard, answer);
	proxy.onRequest = (heard) => {
		const event = plan(heard, itemIn(marks, heard));
		return event && happening(event, running.spoil);
	};
	const [resource, operation] = operationOf(name);
	const run = await runNode(
		{
			platform: stage.name,
			resource,
			operation,
			...prepared.parameters,
			options: {
				...(prepared.parameters.options as IDataObject),
				...running.options,
				...{ retries: more.retries ?? 1, timeout: 30 },
				itemsInParallel: more.itemsInParallel ?? 1,
			},
		},
		{
			secrets: running.credential(proxy.origin),
			input: items,
			node: { ...(mode === 'continue' ? { onError: 'continueRegularOutput' } : {}), ...node },
			...(onStart ? { onStart } : {}),
		},
	);
	const results = resultsOf(run, mode).slice(0, items.length);
	const all = running.contracts();
	const contracts = items.map((_, index) => all.filter((one) => itemIn(marks, one) === index));
	const strange = all.filter((one) => itemIn(marks, one) < 0);
	const heard = [...proxy.heard];
	return {
		run,
		results,
		contracts,
		heard,
		callsTo: (ending) => heard.filter(({ path }) => path.endsWith(ending)),
		wrong: [
			...results.flatMap((result, index) =>
				wrongWith(result, contracts[index], {
					isCanceled: run.run.status === 'canceled',
				}).map((what) => `item ${index}: ${what}`),
			),
			...strange.map(({ id }) => `contract ${id} is nobody's`),
			...(running.overlaps() > 0 ? ['calls have met'] : []),
			...huntIn(run, running.marks),
		],
	};
};

const toldBy = (result: ItemResult): string => {
	if (result.state === 'done') return JSON.stringify(result.items.map(({ json }) => json));
	if (result.state === 'not started') return '';
	if (result.state === 'mentioned') return result.text;
	return `${result.words.message} ${result.words.hint} ${JSON.stringify(result.leftBehind ?? {})}`;
};

const IN_DOUBT = ['unknown', 'mixed up'];

/** Of the call that is in doubt nobody can tell what it has left. */
const isInDoubt = (result: ItemResult): boolean =>
	(result.state === 'failed' && result.outcomeUnknown) ||
	(result.state === 'mentioned' && IN_DOUBT.includes(result.said));

const draftsTold = (result: ItemResult): number => {
	if (result.state !== 'mentioned')
		return ('leftBehind' in result && result.leftBehind?.drafts) || 0;
	return Number(/(\d+) drafts? without an ID/.exec(result.text)?.[1] ?? 0);
};

/** What is left of an item is told, and nothing else is. */
const leftWrong = (result: ItemResult, own: StoredContract[]): string[] => {
	const wrong: string[] = [];
	const contracts = ('leftBehind' in result && result.leftBehind?.contracts) || [];
	const drafts = draftsTold(result);
	for (const { id, status } of contracts) {
		const real = own.find((one) => one.id === id);
		if (!real) wrong.push(`${id} is said to be left, and is not there`);
		else if (isAsking(real)) wrong.push(`${id} is said to be of no use, and asks somebody`);
		else if (real.status !== status) wrong.push(`${id} is ${real.status}, not ${status}`);
	}
	const untold = isInDoubt(result) ? 1 : 0;
	const told = toldBy(result);
	const silent = own.filter(
		(one) => one.status !== 'DRAFT' && !isAsking(one) && !told.includes(one.id),
	);
	if (silent.length > untold) wrong.push(`nothing is said of ${silent.map(({ id }) => id).join()}`);
	const real = own.filter(({ status }) => status === 'DRAFT').length;
	if (drafts > real) wrong.push(`${drafts} drafts are said to be left, and there are ${real}`);
	if (real - drafts > untold) wrong.push(`${drafts} of ${real} drafts are told`);
	return wrong;
};

export const TWO_ASK = 'contracts ask somebody';

/** Whatever happens: nobody is asked twice for one item, and the node's word is true. */
export const wrongWith = (
	result: ItemResult,
	own: StoredContract[],
	{ isCanceled }: { isCanceled: boolean },
): string[] => {
	const asking = own.filter(isAsking);
	const wrong: string[] = [];
	if (asking.length > 1) wrong.push(`${asking.length} ${TWO_ASK}`);
	// A canceled run has no results; one that stops tells of the items before in words only.
	if (isCanceled || (result.state === 'done' && result.items.length === 0)) return wrong;
	if (result.state === 'not started') {
		if (own.length > 0) wrong.push('it was not started, and has a contract');
		return wrong;
	}
	if (result.state === 'done') {
		const [{ json }] = result.items;
		if (!own.some(({ id }) => id === json.contractId)) wrong.push('its contract is not there');
		const isSure = json.note === undefined;
		if (isSure && asking.map(({ id }) => id).join() !== json.contractId)
			wrong.push('it is called done without a word, and its contract asks nobody');
	} else if (!isInDoubt(result) && asking.length > 0)
		wrong.push(`somebody is asked, and the words are: ${toldBy(result)}`);
	if (result.state === 'failed') {
		// A lost upload leaves no doubt about the contract.
		const isOpen =
			IN_DOUBT.includes(result.said) && !result.words.hint.includes('No contract was started.');
		if (result.outcomeUnknown !== isOpen)
			wrong.push(`outcomeUnknown is ${result.outcomeUnknown}: ${result.words.message}`);
	}
	return [...wrong, ...leftWrong(result, own)];
};
