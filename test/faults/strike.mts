/** One operation, three items, one fault: runs it through n8n's engine and says what came of it. */
import type { INodeExecutionData } from 'n8n-workflow';
import { runNode, type NodeRun } from '../engine/node.mjs';
import type { Expected, Fault, Said } from './faults.mjs';
import { huntIn } from './hunt.mjs';
import { marksOf, operationOf, type Input, type Prepared } from './inputs/input.mjs';
import { startNowhere } from './nowhere.mjs';
import { startFaultProxy, type FaultProxy, type Heard, type Upstream } from './proxy.mjs';
import type { Running, Stage } from './stages.mjs';
import { saidIn, type Words } from './words.mjs';

export type Mode = 'continue' | 'stop';

/** The item that the faults strike. */
export const STRUCK = 1;

export interface Field<Sandbox> {
	stage: Stage<Sandbox>;
	running: Running<Sandbox>;
	proxy: FaultProxy;
	bystander: string;
}

export const openField = async <Sandbox,>(
	stage: Stage<Sandbox>,
	bystander: string,
): Promise<Field<Sandbox>> => {
	const running = await stage.start();
	const proxy = await startFaultProxy(running.origin, { isDone: stage.isDone });
	return { stage, running, proxy, bystander };
};

export type ItemResult =
	| { state: 'done'; items: INodeExecutionData[] }
	| { state: 'failed'; said: Said; words: Words }
	| { state: 'not started' };

export interface Outcome {
	results: ItemResult[];
	/** Requests that arrived for each item, to the struck path only. */
	calls: number[];
	/** Calls that the stand-in carried out for each item, by path. */
	carriedOut: Array<Record<string, number>>;
	/** Contracts that the run has added on the platform. */
	contracts: number;
	/** What an item's calls went to, in their order; for the first item. */
	paths: string[];
	/** Requests that belong to no item. */
	strays: number;
	/** What hangs on the error of a run that stopped. */
	hint: string;
	secretsFound: string[];
	ms: number;
}

const resultsOf = ({ items, error }: NodeRun, mode: Mode): ItemResult[] => {
	const results: ItemResult[] = [0, 1, 2].map(() => ({ state: 'not started' }));
	if (error) {
		const words = { message: error.message, hint: error.description ?? '' };
		const at = Number(/\[Item (\d+)\]$/.exec(error.message)?.[1] ?? error.context.itemIndex ?? 0);
		for (const [, done] of words.hint.matchAll(/(?<=Already carried out: .*)\bitem (\d)\b/g))
			results[Number(done)] = { state: 'done', items: [] };
		results[at] = { state: 'failed', said: saidIn(words), words };
		return results;
	}
	for (const index of [0, 1, 2]) {
		const own = items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index);
		const json = own[0]?.json ?? {};
		if (mode === 'continue' && typeof json.error === 'string' && 'details' in json) {
			const words = {
				message: json.error,
				hint: String((json.details as { hint?: string }).hint ?? ''),
			};
			results[index] = { state: 'failed', said: saidIn(words), words };
		} else if (own.length > 0) results[index] = { state: 'done', items: own };
	}
	return results;
};

/** Which item a request belongs to, by the texts that only it has. */
const itemIn = (marks: string[][], { text }: Heard): number =>
	marks.findIndex((own) => own.some((mark) => text.includes(mark)));

/** A contract's ID, once the platform has given it, marks the calls that follow for the same item. */
const learn = (marks: string[][], heard: Heard, { body }: Upstream): void => {
	const item = itemIn(marks, heard);
	const id = /"contractId":\s*"(\w+)"/.exec(body.subarray(0, 2000).toString())?.[1];
	if (item >= 0 && id && !marks.flat().includes(id)) marks[item].push(id);
};

const arrange = (
	{ proxy, running, stage, bystander }: Field<unknown>,
	fault: Fault | undefined,
	{
		marks,
		path,
		step,
		perItem,
		expected,
	}: { marks: string[][]; path: string; step: number; perItem: number; expected?: Expected },
) => {
	if (!fault) return;
	const surroundings = {
		platform: stage.name,
		bystander,
		secrets: [...running.marks.secrets.slice(0, 3), ...running.marks.recognisable],
	};
	if (fault.where === 'port') {
		let answered = 0;
		proxy.onAnswered = () => {
			if (++answered !== perItem) return;
			proxy.shut();
			// Before the node's first pause is over.
			if (fault.times === 1) setTimeout(() => void proxy.open(), 300);
		};
	}
	if (fault.where === 'connection') {
		const first = perItem * STRUCK + step;
		proxy.onConnection = (index) =>
			index >= first && index < first + expected!.calls ? fault.connection : undefined;
	}
	if (fault.where === 'request' || fault.where === 'all') {
		let left = fault.times ?? Infinity;
		proxy.onRequest = (heard) => {
			const item = itemIn(marks, heard);
			if (heard.path !== path || (fault.where === 'request' && item !== STRUCK)) return undefined;
			if (left <= 0) return undefined;
			left -= 1;
			return fault.request!(surroundings, item);
		};
	}
	if (fault.where === 'clock') running.skew(fault.name.endsWith('fast') ? -600_000 : 600_000);
};

export interface Strike {
	fault?: Fault;
	mode: Mode;
	expected?: Expected;
	/** The call that is struck, where an operation makes several; and how many it makes for an item. */
	path?: string;
	/** Where that call stands among those of an item. */
	step?: number;
	perItem?: number;
}

export const strike = async <Sandbox,>(
	field: Field<Sandbox>,
	name: string,
	input: Input<Sandbox>,
	{ fault, mode, expected, path = '', step = 0, perItem = 1 }: Strike,
): Promise<Outcome> => {
	const { running, proxy, stage } = field;
	running.reset();
	await proxy.open();
	proxy.reset();
	const { parameters, items }: Prepared = await input.prepare(running.sandbox);
	running.arm();
	const marks = marksOf(items);
	const before = running.contracts();
	proxy.onForwarded = (heard, answer) => learn(marks, heard, answer);
	arrange(field as Field<unknown>, fault, { marks, path, step, perItem, expected });
	const nowhere =
		fault?.where === 'whole' ? await startNowhere(fault.name, running.origin) : undefined;
	// What strikes a connection is aimed by its number, so the items come one after another.
	const inParallel = mode === 'continue' && !['port', 'connection'].includes(fault?.where ?? '');
	const [resource, operation] = operationOf(name);
	const began = performance.now();
	const run = await runNode(
		{
			platform: stage.name,
			resource,
			operation,
			...parameters,
			options: {
				...running.options,
				retries: fault?.retries ?? 1,
				timeout: fault?.timeout ?? 30,
				itemsInParallel: inParallel ? 3 : 1,
			},
		},
		{
			secrets: running.credential(nowhere?.origin ?? proxy.origin),
			input: items,
			...(mode === 'continue' ? { node: { onError: 'continueRegularOutput' } } : {}),
		},
	);
	const ms = performance.now() - began;
	const heard = [...proxy.heard];
	const arrived = nowhere?.heard() ?? 0;
	await nowhere?.close();
	const of = (index: number) => heard.filter((one) => itemIn(marks, one) === index);
	const calls = [0, 1, 2].map(
		(index) => of(index).filter((one) => path === '' || one.path === path).length,
	);
	// Connections that were cut before anybody could read what they carried.
	if (fault?.where === 'connection') calls[STRUCK] += proxy.connections - heard.length;
	if (arrived > 0) calls[0] += arrived;
	return {
		results: resultsOf(run, mode),
		calls,
		carriedOut: [0, 1, 2].map((index) => {
			const done: Record<string, number> = {};
			for (const one of of(index)) if (one.carriedOut) done[one.path] = (done[one.path] ?? 0) + 1;
			return done;
		}),
		contracts: running.contracts() - before,
		paths: of(0).map((one) => one.path),
		strays: heard.filter((one) => itemIn(marks, one) < 0).length,
		hint: run.error?.description ?? '',
		secretsFound: huntIn(run, running.marks),
		ms,
	};
};
