import type {
	ContractPositionParam,
	ContractSigner,
	ContractStatus,
	ContractUser,
	DraftParams,
	NodeType,
	PartyType,
	TaskType,
} from '../wire.mjs';

export type StepState = 'waiting' | 'open' | 'done' | 'refused' | 'closed';
export type Phase = Extract<ContractStatus, 'APPROVING' | 'WRITING' | 'SIGNING'>;

/** One thing somebody has to do, whether its task is open yet or not. */
export interface Step {
	taskId: string;
	taskType: TaskType;
	phase: Phase;
	/** Which party of the contract it belongs to. */
	party: number;
	partyType: PartyType;
	partyName: string;
	partyOrder: number;
	nodeOrder: number;
	nodeType?: NodeType;
	automatic: boolean;
	person?: ContractUser;
	positions: ContractPositionParam[];
	state: StepState;
	/** Order in which it was finished, from 1. */
	doneAs?: number;
	doneAt?: number;
}

export interface Contract {
	contractId: string;
	company: string;
	operator: ContractUser;
	signReId: string;
	sn?: string;
	subject?: string;
	expireDate?: string;
	status: ContractStatus;
	autoFinish: 0 | 1;
	signOrderType: 'ORDER' | 'NO_ORDER';
	documents: string[];
	annexes: string[];
	templateParams: NonNullable<DraftParams['signTemplateParamList']>;
	parties: ContractSigner[];
	steps: Step[];
	reason?: string;
	/** Stamped documents, forgotten when another signature is added. */
	stamped: Map<string, Uint8Array>;
}

/** What tests see of a contract. */
export interface ContractSnapshot {
	contractId: string;
	status: ContractStatus;
	sn?: string;
	subject?: string;
	expireDate?: string;
	autoFinish: 0 | 1;
	signOrderType: 'ORDER' | 'NO_ORDER';
	signReId: string;
	operator: ContractUser;
	documents: string[];
	annexes: string[];
	templateParams: Contract['templateParams'];
	signers: ContractSigner[];
	tasks: Array<Omit<Step, 'party'> & { open: boolean }>;
	openTasks: string[];
	reason?: string;
}

export const openSteps = (contract: Contract): Step[] =>
	contract.steps.filter((step) => step.state === 'open');

export const isRunning = (contract: Contract): boolean =>
	['APPROVING', 'WRITING', 'SIGNING'].includes(contract.status);

/** Everyone who takes part: may open pages and download (§6.13). */
export const isParty = (contract: Contract, contact: string): boolean =>
	contract.operator.contact === contact ||
	contract.steps.some((step) => step.person?.contact === contact);

export function snapshot(contract: Contract): ContractSnapshot {
	const { stamped: _stamped, company: _company, parties, steps, ...rest } = contract;
	const tasks = steps.map(({ party: _party, ...step }) => ({
		...step,
		open: step.state === 'open',
	}));
	return structuredClone({
		...rest,
		signers: parties,
		tasks,
		openTasks: tasks.filter((task) => task.open).map((task) => task.taskId),
	});
}
