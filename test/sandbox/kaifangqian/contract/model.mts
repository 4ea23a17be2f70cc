import type { Field } from '../fields/place.mjs';
import type { Template } from '../seeds.mjs';
import type {
	CallbackPayload,
	ContractSigner,
	ContractStatus,
	PartyType,
	SignTemplateParam,
	TaskType,
} from '../wire.mjs';

/** A person as named in a call. */
export interface Named {
	name: string;
	contactType: string;
	contact: string;
}

/** One thing that a party has to do: a signature, a seal or an approval. */
export interface Step {
	/** Which party of the contract it belongs to. */
	party: number;
	partyType: PartyType;
	/** Name of the company, or of the person, as named in the call. */
	partyName: string;
	partyOrder: number;
	nodeOrder: number;
	taskType: 'SIGN' | 'APPROVE';
	nodeType?: string;
	automatic: boolean;
	sealId?: string;
	person?: Named;
	fields: Field[];
	isDone: boolean;
	/** Order in which it was finished, from 1. */
	doneAs?: number;
	doneAt?: number;
}

export type TaskState = 'open' | 'done' | 'refused' | 'closed';

/** Somebody was asked. One step can be asked for more than once (docs/api/kaifangqian.md 6.5, 7.5). */
export interface Task {
	taskId: string;
	taskType: TaskType;
	/** Index of the step; none for filling in and for approvals that the line demands. */
	step?: number;
	partyType: PartyType;
	/** As named in the call. */
	partyName: string;
	nodeType?: string;
	automatic: boolean;
	person?: Named;
	/** Null for whoever was not registered when the task was made. */
	accountName: string | null;
	accountId: string | null;
	/** Template fields that the person fills in. */
	fills: string[];
	state: TaskState;
}

export interface Contract {
	contractId: string;
	company: string;
	operator: Named;
	signReId: string;
	sn?: string;
	subject: string;
	expireDate?: string;
	status: ContractStatus;
	autoFinish: 0 | 1;
	signOrderType: 'ORDER' | 'NO_ORDER';
	documents: string[];
	annexes: string[];
	template?: Template;
	templateParams: SignTemplateParam[];
	/** What has been filled in, by parameter. */
	values: Record<string, string>;
	signers: ContractSigner[];
	steps: Step[];
	tasks: Task[];
	/** Who has still to be asked to fill in. */
	writers: Writer[];
	/** The approval that the line demands before signing has been given. */
	isApproved: boolean;
	reason?: string;
}

export interface Writer {
	partyType: PartyType;
	partyName: string;
	partyOrder: number;
	person: Named;
	fills: string[];
}

/** A contract with what is not kept with it: events of a change at work, and stamped documents. */
export interface Work {
	queued: CallbackPayload[];
	stamped: Map<string, Uint8Array>;
}

const works = new WeakMap<Contract, Work>();

export function workOf(contract: Contract): Work {
	const known = works.get(contract);
	if (known) return known;
	const work: Work = { queued: [], stamped: new Map() };
	works.set(contract, work);
	return work;
}

/** What tests see of a contract. */
export interface ContractSnapshot extends Omit<Contract, 'tasks' | 'writers' | 'isApproved'> {
	tasks: Array<Task & { open: boolean }>;
	openTasks: string[];
}

const ENDED: ContractStatus[] = [
	'APPROVE_FAILED',
	'REFUSAL_WRIT',
	'REFUSAL_SIGN',
	'EXPIRED',
	'RECALLED',
	'DELETED',
	'COMPLETE',
	'CLEAN_UP',
];

/** Recalled and expired contracts keep their open tasks and do not show them. */
export const openTasks = (contract: Contract): Task[] =>
	contract.tasks.filter((task) => task.state === 'open');
export const visibleTasks = (contract: Contract): Task[] =>
	ENDED.includes(contract.status) ? [] : openTasks(contract);

export const isRunning = ({ status }: Pick<Contract, 'status'>): boolean =>
	['APPROVING', 'WRITING', 'SIGNING'].includes(status);

/** Who takes part: may download where the line lets the parties do so (docs/api/kaifangqian.md 6.13). */
export const isParty = (contract: Contract, contact: string): boolean =>
	contract.steps.some((step) => step.person?.contact === contact);

/** Who started it, or has or had a task: gets a page link (6.12). */
export const wasAsked = (contract: Contract, contact: string): boolean =>
	contract.operator.contact === contact ||
	contract.tasks.some((task) => task.person?.contact === contact);

export function snapshot(contract: Contract): ContractSnapshot {
	const { tasks, writers: _writers, isApproved: _isApproved, ...rest } = contract;
	return structuredClone({
		...rest,
		tasks: tasks.map((task) => ({ ...task, open: task.state === 'open' })),
		openTasks: visibleTasks(contract).map((task) => task.taskId),
	});
}
