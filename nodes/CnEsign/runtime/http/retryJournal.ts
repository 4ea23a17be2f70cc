import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { contentDigest } from './bodies';
import type { ApiRequest, ApiResponse } from './apiTypes';

/**
 * What was sent for one item in this run of the node.
 *
 * n8n's setting 'Retry On Fail' runs the node anew for all items, also for those that were done, and an
 * execution that is retried by hand starts with what it knew. What was carried out must not be carried out
 * again by that, so every call that changes something is kept in the execution's own data, which both of
 * them carry along.
 */

export interface JournalEntry extends IDataObject {
	/** `sent`: it went out, and no clear refusal came back. `abandoned`: done, and taken back again. */
	state: 'sent' | 'done' | 'abandoned';
	/** Of what was sent; missing while the answer is awaited. */
	hash?: string;
	status?: number;
	/** The answer; missing where it was a file, or too long to be kept. */
	text?: string;
	/** What the operation wants to know of it later. */
	about?: IDataObject;
}

/** The next call of its kind. */
export interface JournaledWrite {
	/** What an earlier attempt has left; nothing where it was never sent or clearly refused. */
	entry?: JournalEntry;
	/** The earlier answer is given back: the next call of this kind is the one after it. */
	use(): void;
	begin(): void;
	done(response: ApiResponse): Promise<void>;
	/** Certainly not carried out: a retry may send it again. */
	clear(): void;
	isSame(): Promise<boolean>;
}

/** How an item has ended in an attempt that changed something for it. */
export interface ItemOutcome extends IDataObject {
	/** The output field that names what exists now, and its value; '' where there is none. */
	done?: string;
	/** The sentences about an item that failed and has left something, or a doubt. */
	failed?: string;
}

/** The writes of one item. */
export interface ItemJournal {
	next(request: ApiRequest): Promise<JournaledWrite>;
	/** The latest write of this kind does not count: a retry goes on with the one after it. */
	abandon(request: Pick<ApiRequest, 'name' | 'journalSubject'>): void;
	/** An operation's own notes, which n8n's retries carry along. */
	retryState(name: string, content: unknown): IDataObject;
	/** Kept for a later attempt that ends before it comes to this item. */
	end(outcome: ItemOutcome | undefined): void;
}

const LONGEST_ANSWER = 20_000;
const STORE = 'cnEsign';

// Only a hash: what is kept must not tell who signs.
const hashOf = (content: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify(content) ?? '')
		.digest('hex')
		.slice(0, 32);

const meaningOf = async ({ method, name, query, body, meaning }: ApiRequest): Promise<string> =>
	hashOf([method, name, query, await (meaning ? meaning() : contentDigest(body))]);

type Store = Record<string, IDataObject>;

interface Opened {
	store: Store;
	run: string | number;
	isTool: boolean;
}

/** The journal of one run of the node, which is one attempt of n8n. */
export interface Journal {
	forItem(index: number): ItemJournal;
	/**
	 * How an item has ended in an earlier attempt. Unknown for a tool of an agent: another call there is
	 * another matter.
	 */
	endedBefore(index: number): ItemOutcome | undefined;
}

/**
 * Of the same run and item it is another attempt at the same thing, whatever is sent: an expression such as
 * a contract number made of the time gives something else with every attempt. As a tool of an agent n8n
 * counts the run up on every retry; there calls are told apart by what they send.
 */
export function openJournal(exec: IExecuteFunctions): Journal {
	// Read once, and when it is first needed: a run that only reads needs none of it, and the data proxy that
	// knows the run's number costs as much as a call.
	let cached: Opened | undefined;
	const opened = () => {
		if (cached) return cached;
		const store = (exec.getContext('node')[STORE] ??= {}) as Store;
		const isTool = exec.getNode().type.endsWith('Tool');
		const run = isTool ? 'tool' : Number(exec.getWorkflowDataProxy(0).$runIndex);
		return (cached = { store, run, isTool });
	};
	return {
		forItem: (index) => itemJournal(opened, index),
		endedBefore(index) {
			const { store, run, isTool } = opened();
			return isTool ? undefined : store[endKey(run, index)];
		},
	};
}

const endKey = (run: string | number, index: number): string => [run, index, 'end'].join(' ');

const itemJournal = (opened: () => Opened, index: number): ItemJournal => {
	let hasWritten = false;
	/** How many writes of a kind this attempt has made. */
	const made = new Map<string, number>();
	const latest = new Map<string, string>();

	const kindOf = ({ name, journalSubject = '' }: Pick<ApiRequest, 'name' | 'journalSubject'>) =>
		[opened().run, index, name, journalSubject].join(' ');

	const keyOf = async (request: ApiRequest): Promise<{ kind: string; key: string }> => {
		const { store, isTool } = opened();
		const kind = kindOf(request);
		const base = isTool ? `${kind} ${await meaningOf(request)}` : kind;
		let number = (made.get(kind) ?? 0) + 1;
		while (store[`${base} ${number}`]?.state === 'abandoned') number++;
		made.set(kind, number - 1);
		return { kind, key: `${base} ${number}` };
	};

	return {
		async next(request) {
			hasWritten = true;
			const { store } = opened();
			const { kind, key } = await keyOf(request);
			const counted = () => {
				made.set(kind, (made.get(kind) ?? 0) + 1);
				latest.set(kind, key);
			};
			const entry = store[key] as JournalEntry | undefined;
			return {
				entry,
				use: counted,
				begin: () => {
					store[key] = { state: 'sent', about: request.about ?? {} };
				},
				done: async ({ status, text, stream }) => {
					const kept = stream || text.length > LONGEST_ANSWER ? {} : { status, text };
					const done = { state: 'done', hash: await meaningOf(request), ...kept };
					store[key] = { ...store[key], ...done };
					counted();
				},
				clear: () => {
					delete store[key];
				},
				isSame: async () => entry?.hash === (await meaningOf(request)),
			};
		},
		abandon(request) {
			const { store } = opened();
			const key = latest.get(kindOf(request));
			if (key !== undefined && store[key]) store[key].state = 'abandoned';
		},
		retryState: (name, content) => {
			const { store, run, isTool } = opened();
			const key = [run, index, name, ...(isTool ? [hashOf(content)] : [])].join(' ');
			return (store[key] ??= {});
		},
		end(outcome) {
			if (!hasWritten) return;
			const { store, run, isTool } = opened();
			if (isTool) return;
			const key = endKey(run, index);
			if (outcome) store[key] = outcome;
			else delete store[key];
		},
	};
};
