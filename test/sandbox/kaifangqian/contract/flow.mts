import { plainRefusal } from '../answers.mjs';
import { printFloat } from '../java.mjs';
import type { CallbackType, ContractStatus, TaskType } from '../wire.mjs';
import { accountOf, lineById, type World } from '../world.mjs';
import { emit } from './events.mjs';
import { openTasks, type Contract, type Step, type Task } from './model.mjs';

// The contract's life. Functions here change state and note callbacks; whether somebody may do it is checked by the
// callers, which run them in `changing`.

/** `send="1"`: into the first status that the line and its template ask for. */
export function enter(world: World, contract: Contract): void {
	const line = lineById(world, contract.signReId);
	if (line?.approval?.when === 'before start') {
		contract.status = 'APPROVING';
		askApprover(world, contract);
	} else enterWriting(world, contract);
}

function enterWriting(world: World, contract: Contract): void {
	if (contract.writers.length === 0) return enterSigning(world, contract);
	contract.status = 'WRITING';
	askWriters(world, contract);
}

function enterSigning(world: World, contract: Contract): void {
	contract.status = 'SIGNING';
	askNext(world, contract, { again: true });
}

/** Those who fill in are asked one after the other, without order all at once. */
function askWriters(world: World, contract: Contract): void {
	const inOrder = [...contract.writers].sort((a, b) => a.partyOrder - b.partyOrder);
	const asked = contract.signOrderType === 'ORDER' ? inOrder.slice(0, 1) : inOrder;
	contract.writers = inOrder.slice(asked.length);
	for (const { partyType, partyName, person, fills } of asked) {
		ask(world, contract, {
			taskType: 'WRITE',
			partyType,
			partyName,
			person,
			fills,
			automatic: false,
		});
	}
}

/** The approval that a line demands. The published server shows no task for it (5.6a). */
function askApprover(world: World, contract: Contract): void {
	const approver = lineById(world, contract.signReId)?.approval?.approver;
	if (world.switches.lineApprovals === 'hang' || approver === undefined) return;
	const name = world.companies.get(contract.company)?.members.get(approver) ?? approver;
	ask(world, contract, {
		taskType: 'APPROVE',
		partyType: 'SENDER',
		partyName: contract.company,
		person: { name, contactType: 'MOBILE', contact: approver },
		automatic: false,
		fills: [],
	});
}

type Asked = Omit<Task, 'taskId' | 'state' | 'accountName' | 'accountId'>;

export function ask(world: World, contract: Contract, asked: Asked): Task {
	const task: Task = {
		...asked,
		...accountNames(world, contract, asked),
		taskId: world.newId(),
		state: 'open',
	};
	contract.tasks.push(task);
	return task;
}

/** Of a company its name, of a person that of the personal account; nothing of who is not registered (6.10). */
function accountNames(world: World, contract: Contract, { partyType, partyName, person }: Asked) {
	if (partyType === 'PERSONAL') {
		const account = accountOf(world, person?.contact);
		return { accountName: account?.name ?? null, accountId: account?.id ?? null };
	}
	const company = world.companies.get(partyType === 'SENDER' ? contract.company : partyName);
	if (!company) return { accountName: null, accountId: null };
	const account = accountOf(world, person?.contact);
	const isKnown = partyType === 'SENDER' || (account && company.members.has(account.contact));
	return {
		accountName: company.name,
		accountId: isKnown ? (account?.id ?? company.id) : null,
	};
}

const askForStep = (world: World, contract: Contract, step: Step): Task =>
	ask(world, contract, {
		taskType: step.taskType,
		step: contract.steps.indexOf(step),
		partyType: step.partyType,
		partyName: step.partyName,
		nodeType: step.nodeType,
		automatic: step.automatic,
		person: step.person,
		fills: [],
	});

/** Who comes first is decided by the numbers; equal ones are asked one after the other (5.2). */
const inTurn = (steps: Step[]): Step[] =>
	[...steps].sort(
		(a, b) => a.partyOrder - b.partyOrder || a.party - b.party || a.nodeOrder - b.nodeOrder,
	);

/**
 * Asks whoever is due, and seals what seals itself. `again` asks also who has an open task already: a contract that is
 * sent a second time does so.
 */
function askNext(world: World, contract: Contract, { again = false } = {}): void {
	for (let asked = again; ; asked = false) {
		const due = dueSteps(contract).filter((step) => asked || !isAsked(contract, step));
		if (due.length === 0) return;
		if (isHeldUp(world, contract)) return askLineApprover(world, contract);
		for (const step of due) {
			const task = askForStep(world, contract, step);
			if (step.automatic) seal(world, contract, step, task);
		}
		if (!due.some((step) => step.automatic)) return;
	}
}

function dueSteps(contract: Contract): Step[] {
	const left = inTurn(contract.steps).filter((step) => !step.isDone);
	if (contract.signOrderType === 'ORDER') return left.slice(0, 1);
	return left.filter(
		(step, index) => left.findIndex((other) => other.party === step.party) === index,
	);
}

const isAsked = (contract: Contract, step: Step): boolean =>
	openTasks(contract).some((task) => task.step === contract.steps.indexOf(step));

/** A line that demands an approval before signing stops where the sender's part is due. */
function isHeldUp(world: World, contract: Contract): boolean {
	const line = lineById(world, contract.signReId);
	if (line?.approval?.when !== 'before signing' || contract.isApproved) return false;
	return dueSteps(contract).some((step) => step.partyType === 'SENDER');
}

function askLineApprover(world: World, contract: Contract): void {
	if (openTasks(contract).every((task) => task.taskType !== 'APPROVE'))
		askApprover(world, contract);
}

/** An automatic seal: its own event comes before that of whatever released it (7.5). */
function seal(world: World, contract: Contract, step: Step, task: Task): void {
	if (!world.switches.silentSigning)
		plainRefusal(
			'com.kaifangqian.exception.PaasException: 发起方企业未开通静默签署授权，或静默授权已到期，导致签署流程异常，请联系发起方企业。',
		);
	refuseDates(step, (text) => plainRefusal(text));
	markDone(world, contract, step, task);
	if (!world.switches.loseAutomaticSealEvents) emit(world, contract, 'SUBMIT_SIGN', { task });
}

/** Nobody is there to date a signature that is made without a person (5.4). */
export function refuseDates(step: Step, refuseWith: (text: string) => never): void {
	const date = step.fields.find((field) => field.control === 'sign-date');
	if (date) refuseWith(`For input string: "${printFloat(date.width)}"`);
}

function markDone(world: World, contract: Contract, step: Step, task: Task): void {
	task.state = 'done';
	step.isDone = true;
	step.doneAs ??= contract.steps.filter((other) => other.doneAs !== undefined).length + 1;
	step.doneAt = world.now();
}

export const stepOfTask = (contract: Contract, task: Task): Step | undefined =>
	task.step === undefined ? undefined : contract.steps[task.step];

const DONE_EVENT: Record<TaskType, CallbackType> = {
	SIGN: 'SUBMIT_SIGN',
	WRITE: 'SUBMIT_WRITE',
	APPROVE: 'SUBMIT_APPROVE',
};

/** An open task is done by its person. The event says what holds after the contract has moved on. */
export function complete(world: World, contract: Contract, task: Task): void {
	task.state = 'done';
	const step = stepOfTask(contract, task);
	if (step) markDone(world, contract, step, task);
	moveOn(world, contract, task);
	emit(world, contract, DONE_EVENT[task.taskType], { task });
	sayComplete(world, contract);
}

/** A signature on behalf never says COMPLETE (trap 15). */
export function completeByProxy(world: World, contract: Contract, task: Task, step: Step): void {
	markDone(world, contract, step, task);
	moveOn(world, contract, task);
	emit(world, contract, 'SUBMIT_SIGN', { task });
}

function moveOn(world: World, contract: Contract, { taskType, step }: Task): void {
	if (taskType === 'WRITE') {
		if (contract.signOrderType === 'ORDER' && contract.writers.length > 0)
			askWriters(world, contract);
		if (openTasks(contract).every((task) => task.taskType !== 'WRITE'))
			enterSigning(world, contract);
	} else if (taskType === 'APPROVE' && step === undefined) {
		if (contract.status === 'APPROVING') enterWriting(world, contract);
		else {
			contract.isApproved = true;
			askNext(world, contract);
		}
	} else askNext(world, contract);
	endByItself(contract);
}

/** Everybody has signed and nobody is asked any more. */
export function endByItself(contract: Contract): void {
	if (contract.status !== 'SIGNING' || contract.autoFinish === 0) return;
	if (openTasks(contract).length > 0 || contract.steps.some((step) => !step.isDone)) return;
	contract.status = 'COMPLETE';
}

/** COMPLETE is said whenever nobody is asked any more, whatever the status is (7.5). */
export function sayComplete(world: World, contract: Contract): void {
	if (openTasks(contract).length > 0 || contract.status === 'APPROVING') return;
	if (!isHeldUp(world, contract)) emit(world, contract, 'COMPLETE');
}

/** An open task is refused by its person: the contract ends, and nobody else is asked any more. */
export function refuseTask(world: World, contract: Contract, task: Task, reason = ''): void {
	const end = (status: ContractStatus) => {
		contract.status = status;
		for (const open of openTasks(contract)) open.state = open === task ? 'refused' : 'closed';
		contract.reason = reason;
	};
	if (task.taskType === 'SIGN') {
		end('REFUSAL_SIGN');
		emit(world, contract, 'REFUSAL_SIGN', { task, reason });
	} else if (task.taskType === 'WRITE') {
		end('REFUSAL_WRIT');
		emit(world, contract, 'REFUSAL_WRITE', { task, reason });
	} else {
		end(contract.status === 'APPROVING' ? 'APPROVE_FAILED' : 'REFUSAL_SIGN');
		emit(world, contract, 'REFUSAL_APPROVE', { task });
	}
}

/** More parties for a running contract. In order they wait for their turn; without order everybody is asked again. */
export function askAgain(world: World, contract: Contract): void {
	contract.status = 'SIGNING';
	if (contract.signOrderType === 'ORDER') return;
	const parties = new Set(contract.steps.map((step) => step.party));
	for (const party of parties) {
		const own = inTurn(contract.steps).filter((step) => step.party === party);
		const step = own.find((candidate) => !candidate.isDone) ?? own[0];
		if (step.automatic && step.isDone) continue;
		step.isDone = false;
		const task = askForStep(world, contract, step);
		if (step.automatic) seal(world, contract, step, task);
	}
}

export function finish(world: World, contract: Contract): void {
	contract.status = 'COMPLETE';
	emit(world, contract, 'COMPLETE');
}

export function recall(world: World, contract: Contract, reason: string): void {
	contract.status = 'RECALLED';
	contract.reason = reason;
	emit(world, contract, 'RECALLED', { reason, taskId: '' });
}

/** EXPIRED is queued before the status is saved (7.5). */
export function expire(world: World, contract: Contract): void {
	emit(world, contract, 'EXPIRED');
	contract.status = 'EXPIRED';
}

export function remove(world: World, contract: Contract): void {
	contract.status = 'DELETED';
	emit(world, contract, 'DELETE');
}
