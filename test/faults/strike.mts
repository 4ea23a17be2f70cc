/** One operation, three items, one fault: runs it through n8n's engine and says what came of it. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runNode, type NodeRun } from '../engine/node.mjs';
import { freshTurns } from '../engine/turns.mjs';
import type { Expected, Fault, Said, Target } from './fault.mjs';
import { huntIn } from './hunt.mjs';
import { marksOf, operationOf, type Input, type Prepared } from './inputs/input.mjs';
import { startNowhere } from './nowhere.mjs';
import { startFaultProxy, type FaultProxy, type Heard, type Upstream } from './proxy.mjs';
import type { Running, Stage, StoredContract } from './stages.mjs';
import { saidIn, type Words } from './words.mjs';

export type Mode = 'continue' | 'stop';

/** The item that the faults strike. */
export const STRUCK = 1;

/** How long a lost call keeps its turn, in ms; 30 s by itself. Longer than any two calls that just follow. */
export const HOLD = 400;

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
	| { state: 'done'; items: INodeExecutionData[]; leftBehind?: LeftBehind }
	| {
			state: 'failed';
			said: Said;
			words: Words;
			outcomeUnknown: boolean;
			leftBehind?: LeftBehind;
	  }
	/** Refused beside the one that a run stopped for, and named in its words. */
	| { state: 'mentioned'; said: Said; text: string }
	| { state: 'not started' };

/** What the node says is left on the platform. */
export interface LeftBehind {
	contracts?: Array<{ id: string; status: string }>;
	drafts?: number;
	docIds?: string[];
	fileIds?: string[];
}

export interface Outcome {
	results: ItemResult[];
	/** Requests that arrived for each item, of the struck call only. */
	calls: number[];
	/** Calls that the stand-in carried out for each item, by path. */
	carriedOut: Array<Record<string, number>>;
	/** Contracts that the run has added on the platform, by the item they were made for; last those of none. */
	contracts: StoredContract[][];
	/** IDs of the files that the platform has taken for each item. */
	docIds: string[][];
	/** What an item's calls went to, in their order; for the first item. */
	paths: string[];
	/** Requests that belong to no item. */
	strays: number;
	/** How often calls have met that must not. */
	overlaps: number;
	/** Ms from the turn of the struck call to the next one, where there was one. */
	pauseAfter: number | undefined;
	/** Connections that nobody needs any more, and that are open all the same. */
	stillOpen: number;
	secretsFound: string[];
}

/** As a run that stops names the other items that were refused, what is left of them, and the doubt. */
const ALSO =
	/Also: (.+?) \[Item (\d+)\]\.(?: Already there: .+?\.(?= |$))?( Look whether this item was carried out)?/g;

/** What of an item came out of a run, whichever way it goes on after a failing one. */
export const resultsOf = ({ items, error }: NodeRun, mode: Mode): ItemResult[] => {
	const results: ItemResult[] = [0, 1, 2].map(() => ({ state: 'not started' }));
	if (error) {
		const words = { message: error.message, hint: error.description ?? '' };
		const at = Number(/\[Item (\d+)\]$/.exec(error.message)?.[1] ?? error.context.itemIndex ?? 0);
		for (const [, done] of words.hint.matchAll(/(?<=Already carried out: .*)\bitem (\d)\b/g))
			results[Number(done)] = { state: 'done', items: [] };
		for (const [text, message, other, doubt] of words.hint.matchAll(ALSO))
			results[Number(other)] = {
				state: 'mentioned',
				said: doubt ? 'unknown' : saidIn({ message, hint: '' }),
				text,
			};
		results[at] = {
			state: 'failed',
			said: saidIn(words),
			words,
			outcomeUnknown: error.context.outcomeUnknown === true,
			leftBehind: error.context.leftBehind as LeftBehind | undefined,
		};
		return results;
	}
	for (const index of [0, 1, 2]) {
		const own = items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index);
		const json = own[0]?.json ?? {};
		const failed = json.error as IDataObject | undefined;
		if (mode === 'continue' && failed !== undefined) {
			const words = { message: String(failed.message), hint: String(failed.hint ?? '') };
			results[index] = {
				state: 'failed',
				said: saidIn(words),
				words,
				outcomeUnknown: failed.outcomeUnknown === true,
				leftBehind: failed.leftBehind as LeftBehind | undefined,
			};
		} else if (own.length > 0)
			results[index] = {
				state: 'done',
				items: own,
				leftBehind: json.leftBehind as LeftBehind | undefined,
			};
	}
	return results;
};

/** Which item a request belongs to, by the texts that only it has. */
export const itemIn = (marks: string[][], { text }: { text: string }): number =>
	marks.findIndex((own) => own.some((mark) => text.includes(mark)));

/** An ID that the platform has given for an item marks the calls that follow for the same one. */
export const learn = (marks: string[][], heard: Heard, { body }: Upstream): void => {
	const item = itemIn(marks, heard);
	const id = /"(?:contractId|docId)":\s*"(\w+)"/.exec(body.subarray(0, 2000).toString())?.[1];
	if (item >= 0 && id && !marks.flat().includes(id)) marks[item].push(id);
};

const docIdIn = ({ body }: Upstream): string | undefined =>
	/"docId":\s*"(\w+)"/.exec(body.subarray(0, 2000).toString())?.[1];

/** The calls of a run, as they are told apart. */
interface Aim {
	marks: string[][];
	path: string;
	/** Where the struck call stands among those of an item, and how many these are. */
	step: number;
	perItem: number;
	/** The item sends to this path only once. */
	isOnly: boolean;
	target?: Target;
	expected?: Expected;
}

const isAimedAt = ({ path, step, isOnly }: Aim, heard: Heard): boolean =>
	heard.path === path && (isOnly || heard.step === step);

const arrange = (
	{ proxy, running, stage, bystander }: Field<unknown>,
	fault: Fault | undefined,
	aim: Aim,
) => {
	const { marks, step, perItem, expected, target } = aim;
	const passed = marks.map(() => 0);
	let left = fault?.times ?? Infinity;
	const surroundings = {
		platform: stage.name,
		bystander,
		secrets: [...running.marks.secrets.slice(0, 3), ...running.marks.recognisable],
		spoil: (how: Parameters<typeof running.spoil>[0]) => running.spoil(how),
		struck: target!,
	};
	const isStruck = (heard: Heard, item: number): boolean => {
		if (fault?.where !== 'all' && (fault?.where !== 'request' || item !== STRUCK)) return false;
		return left > 0 && isAimedAt(aim, heard);
	};
	proxy.onRequest = (heard) => {
		const item = itemIn(marks, heard);
		if (item < 0) return undefined;
		heard.step = passed[item];
		if (!isStruck(heard, item)) {
			passed[item] += 1;
			return undefined;
		}
		left -= 1;
		return fault!.request!(surroundings, item);
	};
	if (fault?.where === 'port') {
		let answered = 0;
		proxy.onAnswered = () => {
			if (++answered !== perItem) return;
			proxy.shut();
			// Before the node's first pause is over.
			if (fault.times === 1) setTimeout(() => void proxy.open(), 30);
		};
	}
	if (fault?.where === 'connection') {
		const first = perItem * STRUCK + step;
		proxy.onConnection = (index) =>
			index >= first && index < first + expected!.calls ? fault.connection : undefined;
	}
	if (fault?.where === 'clock') running.skew(fault.name.endsWith('fast') ? -600_000 : 600_000);
};

export interface Strike {
	fault?: Fault;
	mode: Mode;
	expected?: Expected;
	target?: Target;
	/** The calls of an item where nothing disturbs it, and which of them is struck. */
	paths?: string[];
	step?: number;
}

/** Calls that go alone are there in the order of their turns. */
const pauseAfterStruck = (heard: Heard[], aim: Aim, turns: number[]): number | undefined => {
	const alone = heard.filter(({ path }) => path === aim.path);
	const struck = alone.findIndex((one) => itemIn(aim.marks, one) === STRUCK && isAimedAt(aim, one));
	return struck < 0 || turns.length <= struck + 1 ? undefined : turns[struck + 1] - turns[struck];
};

const LONGEST_CLOSING = 1000;

/** Connections to the proxy once those that are closing have had the time for it. */
export const connectionsLeft = async (proxy: Pick<FaultProxy, 'stillOpen'>): Promise<number> => {
	const until = Date.now() + LONGEST_CLOSING;
	while (proxy.stillOpen > 0 && Date.now() < until)
		await new Promise((resolve) => setTimeout(resolve, 5));
	return proxy.stillOpen;
};

export const strike = async <Sandbox,>(
	field: Field<Sandbox>,
	name: string,
	input: Input<Sandbox>,
	{ fault, mode, expected, target, paths = [], step = 0 }: Strike,
): Promise<Outcome> => {
	const { running, proxy, stage } = field;
	running.reset();
	await proxy.open();
	proxy.reset();
	const { parameters, items }: Prepared = await input.prepare(running.sandbox);
	running.arm();
	const marks = marksOf(items);
	const before = new Set(running.contracts().map(({ id }) => id));
	const docIds: string[][] = marks.map(() => []);
	proxy.onForwarded = (heard, answer) => {
		const id = docIdIn(answer);
		if (id) docIds[itemIn(marks, heard)].push(id);
		learn(marks, heard, answer);
	};
	const path = paths[step] ?? '';
	const isOnly = paths.filter((one) => one === path).length < 2;
	const aim: Aim = {
		...{ marks, path, step, isOnly, target, expected },
		perItem: paths.length,
	};
	arrange(field as Field<unknown>, fault, aim);
	const nowhere =
		fault?.where === 'whole' ? await startNowhere(fault.name, running.origin) : undefined;
	const origin = nowhere?.origin ?? proxy.origin;
	const turns = freshTurns(origin, HOLD);
	// What strikes a connection is aimed by its number, so the items come one after another.
	const inParallel = mode === 'continue' && !['port', 'connection'].includes(fault?.where ?? '');
	const [resource, operation] = operationOf(name);
	const run = await runNode(
		{
			platform: stage.name,
			resource,
			operation,
			...parameters,
			options: {
				...(parameters.options as IDataObject),
				...running.options,
				retries: fault?.retries ?? 1,
				timeout: fault?.timeout ?? 30,
				itemsInParallel: inParallel ? 3 : 1,
			},
		},
		{
			secrets: running.credential(origin),
			input: items,
			...(mode === 'continue' ? { node: { onError: 'continueRegularOutput' } } : {}),
		},
	);
	const stillOpen = await connectionsLeft(proxy);
	const heard = [...proxy.heard];
	const arrived = nowhere?.heard() ?? 0;
	await nowhere?.close();
	const of = (index: number) => heard.filter((one) => itemIn(marks, one) === index);
	const calls = [0, 1, 2].map(
		(index) => of(index).filter((one) => path === '' || isAimedAt(aim, one)).length,
	);
	// Connections that were cut before anybody could read what they carried.
	if (fault?.where === 'connection') calls[STRUCK] += proxy.connections - heard.length;
	if (arrived > 0) calls[0] += arrived;
	const added = running.contracts().filter(({ id }) => !before.has(id));
	return {
		results: resultsOf(run, mode),
		calls,
		carriedOut: [0, 1, 2].map((index) => {
			const done: Record<string, number> = {};
			for (const one of of(index)) if (one.carriedOut) done[one.path] = (done[one.path] ?? 0) + 1;
			return done;
		}),
		contracts: [0, 1, 2, -1].map((index) => added.filter((one) => itemIn(marks, one) === index)),
		docIds,
		paths: of(0).map((one) => one.path),
		strays: heard.filter((one) => itemIn(marks, one) < 0).length,
		overlaps: running.overlaps(),
		pauseAfter: pauseAfterStruck(heard, aim, turns),
		stillOpen,
		secretsFound: huntIn(run, running.marks),
	};
};
