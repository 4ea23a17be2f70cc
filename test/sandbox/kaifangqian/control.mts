import { changing, emit } from './contract/events.mjs';
import { complete, expire, recall, refuseTask, remove } from './contract/flow.mjs';
import {
	isRunning,
	snapshot,
	visibleTasks,
	type Contract,
	type ContractSnapshot,
	type Task,
} from './contract/model.mjs';
import { canExpire, canRecall, canRemove, canRestore, canStart } from './contract/allowed.mjs';
import { byPerson } from './contract/overlap.mjs';
import { startByHand } from './contract/start.mjs';
import { fillIn } from './contract/templateValues.mjs';
import { startOfDay } from './dates.mjs';
import type { Field } from './fields/place.mjs';
import type { BusinessLine, LineName, LineState } from './seeds.mjs';
import { STATUS_NAMES, type ContractStatus, type TaskType } from './wire.mjs';
import { testConnectivity, type Connectivity } from '../shared/connectivity.mjs';
import { callbackAddressOf, registerAccount, registerMember, type World } from './world.mjs';

/** What people do on the platform's pages and consoles. `who` = contact or task id; left out: whoever is first. */
export interface Control {
	contract(contractId: string): ContractSnapshot;
	contracts(): ContractSnapshot[];
	/** How often calls that move contracts have met since the last reset. */
	overlaps(): number;
	/** The fields that the server keeps for a contract. */
	placed(contractId: string): Field[];

	sign(contractId: string, who?: string): void;
	refuseSign(contractId: string, who?: string, reason?: string): void;
	/** `values`: parameter → text. */
	write(contractId: string, who?: string, values?: Record<string, string>): void;
	refuseWrite(contractId: string, who?: string, reason?: string): void;
	approve(contractId: string, who?: string): void;
	refuseApprove(contractId: string, who?: string, reason?: string): void;
	/** Everybody approves, fills in and signs, in the order the contract asks for. */
	signAll(contractId: string): void;

	/** The sender in the console: sends a draft, recalls, deletes, brings back what was deleted, sets a deadline. */
	start(contractId: string): void;
	recall(contractId: string, reason?: string): void;
	remove(contractId: string): void;
	restore(contractId: string): void;
	delay(contractId: string, newDate: string): void;

	/** The installation's job that ends contracts whose deadline has passed; the published one never runs it. */
	runExpiryJob(): void;
	/** The deadline of one contract passes, and the job runs for it. */
	expire(contractId: string): void;
	failSign(contractId: string, who?: string): void;
	/** An event that only documents name. */
	addSignNode(contractId: string): void;

	/** A person's standing seal authorisation for a business line (docs/api/kaifangqian.md 6.9). */
	grantProxy(contact: string, signReId: string): void;
	/** That of the first enabled credential. */
	callbackUrl(): string | undefined;
	setCallbackUrl(url: string | undefined): void;
	/** One GET. That the real console has such a test is not known; Qiandun's has one (docs/api/qiandun.md 6). */
	testCallbackUrl(url: string): Promise<Connectivity>;
	setTokenEnabled(isEnabled: boolean): void;
	setLine(name: LineName, state: LineState): void;
	/** Right to download on a line: 1 the parties, 2 the viewers, 3 all of them, undefined not set. */
	setDownloaders(name: LineName, downloaders: number | undefined): void;
	documentBytes(docId: string): Buffer;
	annexBytes(fileId: string): Buffer;
}

type Acts = Pick<
	Control,
	'sign' | 'refuseSign' | 'write' | 'refuseWrite' | 'approve' | 'refuseApprove' | 'signAll'
>;
type Console = Pick<Control, 'start' | 'recall' | 'remove' | 'restore' | 'delay'>;
type Events = Pick<Control, 'runExpiryJob' | 'expire' | 'failSign' | 'addSignNode'>;
type Settings = Pick<
	Control,
	| 'grantProxy'
	| 'callbackUrl'
	| 'setCallbackUrl'
	| 'testCallbackUrl'
	| 'setTokenEnabled'
	| 'setLine'
	| 'setDownloaders'
>;

export function createControl(world: World): Control {
	const find = (contractId: string): Contract => {
		const contract = world.contracts.get(contractId);
		if (!contract) throw new Error(`There is no contract ${contractId}`);
		return contract;
	};
	const fileBytes = (id: string): Buffer => {
		const file = world.files.get(id);
		if (!file) throw new Error(`There is no file ${id}`);
		return file.bytes;
	};
	return {
		contract: (contractId) => snapshot(find(contractId)),
		contracts: () => [...world.contracts.values()].map(snapshot),
		overlaps: () => world.overlaps,
		placed: (contractId) => structuredClone(find(contractId).steps.flatMap(({ fields }) => fields)),
		...pageActs(world, find),
		...consoleActs(world, find),
		...events(world, find),
		...settings(world),
		documentBytes: fileBytes,
		annexBytes: fileBytes,
	};
}

type Find = (contractId: string) => Contract;

function taskOf(contract: Contract, taskType: TaskType, who?: string): Task {
	const task = visibleTasks(contract).find(
		(open) =>
			open.taskType === taskType &&
			(who === undefined || open.taskId === who || open.person?.contact === who),
	);
	const of = who === undefined ? '' : ` of ${who}`;
	if (!task) throw new Error(`Contract ${contract.contractId} has no open ${taskType} task${of}`);
	return task;
}

/** Nobody acts on the pages without an account, nor for a company that is not there. */
function register(world: World, { partyType, partyName, person }: Task): void {
	if (!person) return;
	if (partyType === 'ENTERPRISE') registerMember(world, partyName, person.contact, person.name);
	else registerAccount(world, person.contact);
}

const ACTED_ON_IN: Record<TaskType, ContractStatus[]> = {
	SIGN: ['SIGNING'],
	WRITE: ['WRITING'],
	APPROVE: ['APPROVING', 'SIGNING'],
};

/** An open task is done or refused by its person, as on the signing pages. */
export function actOn(
	world: World,
	contract: Contract,
	task: Task,
	act: { values?: Record<string, string> } | { refusal: string | undefined },
): void {
	const { contractId, status } = contract;
	if (!ACTED_ON_IN[task.taskType].includes(status))
		throw new Error(`Nothing can be done in contract ${contractId}, which is ${status}`);
	byPerson(world, () => {
		register(world, task);
		changing(world, contract, () => {
			if ('refusal' in act) return refuseTask(world, contract, task, act.refusal);
			if (task.taskType === 'WRITE' && contract.template)
				contract.values = fillIn(contract.template, contract.values, task.fills, act.values ?? {});
			complete(world, contract, task);
		});
	});
}

function pageActs(world: World, find: Find): Acts {
	const doing = (taskType: TaskType) => (contractId: string, who?: string) => {
		const contract = find(contractId);
		actOn(world, contract, taskOf(contract, taskType, who), {});
	};
	const refusing = (taskType: TaskType) => (contractId: string, who?: string, reason?: string) => {
		const contract = find(contractId);
		actOn(world, contract, taskOf(contract, taskType, who), { refusal: reason });
	};
	return {
		sign: doing('SIGN'),
		refuseSign: refusing('SIGN'),
		write(contractId, who, values) {
			const contract = find(contractId);
			actOn(world, contract, taskOf(contract, 'WRITE', who), { values });
		},
		refuseWrite: refusing('WRITE'),
		approve: doing('APPROVE'),
		refuseApprove: refusing('APPROVE'),
		signAll(contractId) {
			const contract = find(contractId);
			for (let [task] = visibleTasks(contract); task; [task] = visibleTasks(contract)) {
				actOn(world, contract, task, { values: anything(contract, task) });
			}
		},
	};
}

/** Something for each required field. */
const anything = ({ template }: Contract, { fills }: Task): Record<string, string> =>
	Object.fromEntries(
		(template?.fields ?? [])
			.filter(({ key, isRequired }) => isRequired && fills.includes(key))
			.map(({ key, kind }) => [key, kind === 'date' ? '2030-06-29' : '1']),
	);

function consoleActs(world: World, find: Find): Console {
	return {
		start(contractId) {
			const contract = find(contractId);
			if (!canStart(contract)) throw new Error(`Contract ${contractId} is no draft`);
			startByHand(world, contract);
		},
		recall(contractId, reason = '') {
			const contract = find(contractId);
			if (!canRecall(contract))
				throw new Error(`实例状态为${STATUS_NAMES[contract.status]},不可撤回`);
			changing(world, contract, () => recall(world, contract, reason));
		},
		remove(contractId) {
			const contract = find(contractId);
			if (!canRemove(contract))
				throw new Error(`Contract ${contractId} is being started: the console refuses`);
			changing(world, contract, () => remove(world, contract));
		},
		restore(contractId) {
			const contract = find(contractId);
			if (!canRestore(contract)) throw new Error(`Contract ${contractId} is not deleted`);
			contract.status = 'DRAFT';
		},
		delay(contractId, newDate) {
			const contract = find(contractId);
			if (isRunning(contract) && contract.expireDate)
				throw new Error('签署截止日期已设置，实例运行中不能修改');
			if (startOfDay(newDate) === undefined) throw new Error(`${newDate} is no day`);
			changing(world, contract, () => {
				contract.expireDate = newDate;
				emit(world, contract, 'DOCUMENT_DELAY');
			});
		},
	};
}

function events(world: World, find: Find): Events {
	/** The deadline is the beginning of its day; drafts and approvals never end by it (5.6b). */
	const isOver = (contract: Contract): boolean => {
		const from = contract.expireDate ? startOfDay(contract.expireDate) : undefined;
		return canExpire(contract) && from !== undefined && from <= world.now();
	};
	const end = (contract: Contract) => changing(world, contract, () => expire(world, contract));
	return {
		runExpiryJob: () => [...world.contracts.values()].filter(isOver).forEach(end),
		expire(contractId) {
			const contract = find(contractId);
			if (!canExpire(contract)) throw new Error(`Contract ${contractId} does not expire`);
			contract.expireDate = '2000-01-01';
			end(contract);
		},
		failSign(contractId, who) {
			const contract = find(contractId);
			const task = taskOf(contract, 'SIGN', who);
			changing(world, contract, () => emit(world, contract, 'SIGN_FAILED', { task }));
		},
		addSignNode(contractId) {
			const contract = find(contractId);
			changing(world, contract, () => emit(world, contract, 'ADD_SIGN_NODE'));
		},
	};
}

const CONNECTIVITY_TIMEOUT_MS = 3000;

function settings(world: World): Settings {
	const ours = () => world.credentials.filter(({ token }) => token === world.token);
	const lineOf = (name: LineName): BusinessLine => {
		const line = world.lines.get(name);
		if (!line) throw new Error(`There is no line ${name}`);
		return line;
	};
	return {
		grantProxy: (contact, signReId) => void world.proxies.add(`${contact}|${signReId}`),
		callbackUrl: () => callbackAddressOf(world, world.companyName),
		setCallbackUrl: (url) => ours().forEach((credential) => (credential.callbackUrl = url)),
		testCallbackUrl: async (url) => await testConnectivity(url, CONNECTIVITY_TIMEOUT_MS),
		setTokenEnabled: (isEnabled) =>
			ours().forEach((credential) => (credential.enabled = isEnabled)),
		setLine: (name, state) => void (lineOf(name).state = state),
		setDownloaders: (name, downloaders) => void (lineOf(name).downloaders = downloaders),
	};
}
