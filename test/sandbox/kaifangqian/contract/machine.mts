import type { ContractStatus } from '../wire.mjs';
import type { World } from '../world.mjs';
import { emit } from './events.mjs';
import { openSteps, type Contract, type Phase, type Step } from './model.mjs';

// The contract's life (api/kaifangqian.md §9.8–12). Functions here change state and queue
// callbacks; whether somebody may do it is checked by the callers.

const PHASES: Phase[] = ['APPROVING', 'WRITING', 'SIGNING'];

/** `send="1"`: into the line's first status, first tasks opened. */
export function start(world: World, contract: Contract): void {
	const first =
		PHASES.find((phase) => contract.steps.some((step) => step.phase === phase)) ?? 'SIGNING';
	enter(world, contract, first, true);
}

function enter(world: World, contract: Contract, phase: Phase, byDraftCall = false): void {
	contract.status = phase;
	openDue(world, contract);
	if (phase !== 'SIGNING') return;
	// §9.9: the automatic seals' SUBMIT_SIGN have been queued by now, SEND_SIGNING comes after them.
	emit(world, contract, 'SEND_SIGNING');
	// Only the draft call looks at `autoFinish` before it says COMPLETE (§7.5).
	if (!byDraftCall || contract.autoFinish === 1) settle(world, contract);
}

/** Opens what is due; automatic seals are done the moment they become due. */
export function openDue(world: World, contract: Contract): void {
	for (let due = dueSteps(contract); due.length > 0; due = dueSteps(contract)) {
		for (const step of due) {
			if (!step.automatic) {
				step.state = 'open';
				continue;
			}
			markDone(world, contract, step);
			emit(world, contract, 'SUBMIT_SIGN', step);
		}
	}
}

function dueSteps(contract: Contract): Step[] {
	const pending = contract.steps.filter(
		(step) => step.phase === contract.status && ['waiting', 'open'].includes(step.state),
	);
	const waiting = pending.filter((step) => step.state === 'waiting');
	if (contract.signOrderType === 'NO_ORDER') return waiting;
	const partyOrder = Math.min(...pending.map((step) => step.partyOrder));
	const current = pending.filter((step) => step.partyOrder === partyOrder);
	return current.filter((step) => {
		const ofParty = current.filter((other) => other.party === step.party);
		return (
			step.state === 'waiting' &&
			step.nodeOrder === Math.min(...ofParty.map((other) => other.nodeOrder))
		);
	});
}

function markDone(world: World, contract: Contract, step: Step): void {
	step.state = 'done';
	step.doneAs = contract.steps.filter((other) => other.doneAs).length + 1;
	step.doneAt = world.now();
	contract.stamped.clear();
}

const DONE_EVENT = {
	SIGN: 'SUBMIT_SIGN',
	WRITE: 'SUBMIT_WRITE',
	APPROVE: 'SUBMIT_APPROVE',
} as const;

/** An open task is done by its person. */
export function complete(world: World, contract: Contract, step: Step): void {
	markDone(world, contract, step);
	emit(world, contract, DONE_EVENT[step.taskType], step);
	openDue(world, contract);
	if (openSteps(contract).length > 0) return;
	const next = PHASES[PHASES.indexOf(contract.status as Phase) + 1];
	if (contract.status === 'SIGNING') settle(world, contract);
	else if (next) enterNext(world, contract, next);
}

function enterNext(world: World, contract: Contract, phase: Phase): void {
	const hasSteps = contract.steps.some((step) => step.phase === phase);
	enter(world, contract, hasSteps ? phase : 'SIGNING');
}

/** COMPLETE is said whenever no task is open; completed is only what `autoFinish` lets be (§9.10). */
function settle(world: World, contract: Contract): void {
	if (openSteps(contract).length > 0) return;
	if (contract.autoFinish === 1) contract.status = 'COMPLETE';
	emit(world, contract, 'COMPLETE');
}

/** A proxy signature never says COMPLETE (trap 15). */
export function completeByProxy(world: World, contract: Contract, step: Step): void {
	markDone(world, contract, step);
	emit(world, contract, 'SUBMIT_SIGN', step);
	openDue(world, contract);
	if (openSteps(contract).length > 0 || contract.autoFinish === 0) return;
	if (world.switches.completeAfterProxy) contract.status = 'COMPLETE';
}

/** An open task is refused by its person: the contract ends. */
export function refuseStep(world: World, contract: Contract, step: Step, reason?: string): void {
	step.state = 'refused';
	contract.reason = reason;
	if (step.taskType === 'SIGN') {
		end(contract, 'REFUSAL_SIGN');
		emit(world, contract, 'REFUSAL_SIGN', step, reason ?? '');
	} else if (step.taskType === 'WRITE') {
		end(contract, 'REFUSAL_WRIT');
		emit(world, contract, 'REFUSAL_WRITE', step, reason ?? '');
	} else {
		const { statusAfterRefusedApproval } = world.switches;
		end(contract, step.phase === 'APPROVING' ? 'APPROVE_FAILED' : statusAfterRefusedApproval);
		emit(world, contract, 'REFUSAL_APPROVE', step);
	}
}

export function finish(world: World, contract: Contract): void {
	end(contract, 'COMPLETE');
	emit(world, contract, 'COMPLETE');
}

/** The API has no reason parameter: the platform writes its own (§6.8). */
export function recall(world: World, contract: Contract): void {
	contract.reason = '通过API撤销';
	end(contract, 'RECALLED');
	emit(world, contract, 'RECALLED', undefined, contract.reason);
}

/** §7.5: EXPIRED is queued before the status is saved. */
export function expire(world: World, contract: Contract): void {
	emit(world, contract, 'EXPIRED');
	end(contract, 'EXPIRED');
}

export function remove(world: World, contract: Contract): void {
	end(contract, 'DELETED');
	emit(world, contract, 'DELETE');
}

/** Ended contracts have no open tasks (§5.6). */
function end(contract: Contract, status: ContractStatus): void {
	contract.status = status;
	for (const step of contract.steps) {
		if (step.state === 'open' || step.state === 'waiting') step.state = 'closed';
	}
}
