import { createClient } from '../../../runtime/http/createClient';
import { codeOf } from '../../../runtime/http/errors';
import type { CallbackBody, CallbackContext, CallbackEvent, Verdict } from '../../callbacks';
import { singleCall } from '../../../runtime/items/settings';
import { createAdmissionQueue, type AdmissionQueue } from '../../../runtime/http/admissionQueue';
import { pause, within } from '../../../runtime/http/waiting';
import { COMPLETED, eventOfComplete, renamed } from './normalise';
import { client } from '../client';
import { getContractState } from '../contract/contractState';
import type { KaifangqianCredential } from '../signing';
import { isFinal } from '../status';

type Callback = CallbackContext<KaifangqianCredential>;

// The platform waits 5 s for our answer (docs/api/kaifangqian.md, 7.1); asking back gets this much of it.
const BUDGET = 3000;
// Some events are queued before the status is saved (docs/api/kaifangqian.md, 7.5): a second look a little
// later settles it.
const SECOND_LOOK = 800;

// So many questions at a time to one installation: a flood of forgeries must not become a flood on the
// platform, and an installation that is silent must not hold up the callbacks of others.
const AT_A_TIME = 20;
const MOST_INSTALLATIONS = 200;
const queues = new Map<string, AdmissionQueue>();

const queueFor = (baseUrl: string): AdmissionQueue => {
	const queue = queues.get(baseUrl) ?? createAdmissionQueue(AT_A_TIME);
	if (queues.size >= MOST_INSTALLATIONS) queues.clear();
	queues.set(baseUrl, queue);
	return queue;
};

// Contracts that the platform has confirmed to this process. Their callbacks are asked about first: invented
// IDs are not among them. It only saves time, so another process need not know them.
const MOST_CONFIRMED = 5000;
const confirmedContracts = new Set<string>();

const remember = (contractId: string): void => {
	confirmedContracts.delete(contractId);
	confirmedContracts.add(contractId);
	if (confirmedContracts.size > MOST_CONFIRMED)
		confirmedContracts.delete(confirmedContracts.values().next().value as string);
};

// An id goes into the platform's database query, whose comparison may be wider than ours: blanks at the
// end, full-width digits, invisible characters. Then one contract would have any number of ids here.
const PLAUSIBLE_ID = /^[\x21-\x7e]{1,64}$/;

interface State {
	status: string;
	openTasks: Set<string>;
}

/** What one look at the contract has shown. `silent` says why it has shown nothing. */
type Seen = State | 'unknownContract' | { silent: string };

const isState = (seen: Seen): seen is State => typeof seen === 'object' && 'status' in seen;
const isSilent = (seen: Seen): seen is { silent: string } =>
	typeof seen === 'object' && 'silent' in seen;

const tryAgain = ({ silent }: { silent: string }): Verdict => ({
	accepted: false,
	why: 'tryAgain',
	reason: `the platform could not be asked: ${silent}`,
});

const look = async (
	callback: Callback,
	contractId: string,
	timeout: number,
	isProven: boolean,
): Promise<Seen> => {
	try {
		const credential = await callback.credential();
		const asking = createClient(client, callback.context, singleCall(timeout), credential).forItem(
			0,
		);
		const ask = async (left: number) => await getContractState(asking, contractId, {}, left);
		const state = await within(
			timeout,
			queueFor(credential.baseUrl)(ask, timeout, isProven || confirmedContracts.has(contractId)),
		);
		// An answer that says nothing about the contract proves nothing.
		if (!/^\w+$/.test(state.status)) return { silent: 'it named no status' };
		remember(contractId);
		return {
			status: state.status,
			openTasks: new Set(state.todoTaskList.map(({ taskId }) => String(taskId))),
		};
	} catch (thrown) {
		// 31000 is the platform's word on this contract (docs/api/kaifangqian.md, 3.2); everything else says
		// nothing about it.
		return codeOf(thrown) === '31000' ? 'unknownContract' : { silent: (thrown as Error).message };
	}
};

/** Whether a contract is running now; `undefined` where the platform cannot be asked. */
export async function isRunning(
	callback: Callback,
	contractId: string,
): Promise<boolean | undefined> {
	const seen = await look(callback, contractId, BUDGET, true);
	if (isSilent(seen)) return undefined;
	return isState(seen) && seen.status !== 'DRAFT' && !isFinal(seen.status);
}

/** The statuses that an event leaves behind, where it leaves one for good (docs/api/kaifangqian.md, 7.3). */
const LEAVES_BEHIND: Record<string, string[]> = {
	'contract.fillRefused': ['REFUSAL_WRIT'],
	'contract.signRefused': ['REFUSAL_SIGN'],
	'contract.approvalRefused': ['REFUSAL_SIGN', 'APPROVE_FAILED'],
	'contract.recalled': ['RECALLED'],
	'contract.expired': ['EXPIRED'],
	'contract.deleted': ['DELETED'],
	[COMPLETED]: ['COMPLETE'],
};

const ABOUT_TASKS = new Set(['contract.filled', 'contract.signed', 'contract.approved']);

/** The deadline of a draft can be changed, too; nothing else happens to it but its end. */
const ABOUT_DRAFTS = new Set(['contract.deadlineChanged']);

/** Whether what the platform says now fits what the callback says happened. */
const fits = (event: CallbackEvent, body: CallbackBody, seen: State): boolean => {
	if (seen.status === 'DRAFT') return ABOUT_DRAFTS.has(event.event);
	const expected = LEAVES_BEHIND[event.event];
	if (expected !== undefined) return expected.includes(seen.status);
	if (ABOUT_TASKS.has(event.event)) {
		const { taskId } = body;
		return typeof taskId === 'string' && taskId !== '' && !seen.openTasks.has(taskId);
	}
	return true;
};

const saysComplete = (body: CallbackBody) => body.callbackType === 'COMPLETE';

/** One look, and a second one where the first may have come too early. */
const lookTwice = async (
	callback: Callback,
	contractId: string,
	isSettled: (seen: Seen) => boolean,
	isProven = false,
): Promise<Seen> => {
	const end = Date.now() + BUDGET;
	const first = await look(callback, contractId, BUDGET, isProven);
	if (isSettled(first) || isSilent(first) || Date.now() + SECOND_LOOK >= end) return first;
	await pause(SECOND_LOOK);
	return await look(callback, contractId, Math.max(end - Date.now(), 200), isProven);
};

const isComplete = (seen: Seen) => isState(seen) && seen.status === 'COMPLETE';

/**
 * For a COMPLETE that was proven by its signature but whose status still reads otherwise: asks whether the
 * contract is completed by now, because no second callback may come (docs/api/kaifangqian.md, 7.5). For the
 * same reason a platform that cannot be asked has to send it again.
 */
export async function settleCompletion(
	callback: Callback,
	body: CallbackBody,
	event: CallbackEvent,
): Promise<Verdict> {
	const accept = (settled: CallbackEvent): Verdict => ({
		accepted: true,
		verified: 'signature',
		event: settled,
	});
	if (!saysComplete(body) || event.event === COMPLETED || event.contractId === undefined)
		return accept(event);
	const seen = await lookTwice(callback, event.contractId, isComplete, true);
	if (isSilent(seen)) return tryAgain(seen);
	return accept(isComplete(seen) ? renamed(event, body, COMPLETED, 'COMPLETE') : event);
}

/** Asks the platform whether an event is true, and returns it as the platform sees it. */
export async function confirmWithPlatform(
	callback: Callback,
	body: CallbackBody,
	event: CallbackEvent,
	acceptUnprovenDeletions: boolean,
): Promise<Verdict> {
	const { contractId } = event;
	if (contractId === undefined) {
		return {
			accepted: false,
			why: 'unproven',
			reason: 'it names no contract that could be asked for',
		};
	}
	if (!PLAUSIBLE_ID.test(contractId)) {
		return {
			accepted: false,
			why: 'unproven',
			reason: 'its contract ID has a form that the platform gives to none',
		};
	}
	const settled = (seen: Seen) => {
		if (!isState(seen)) return event.event === 'contract.deleted';
		return saysComplete(body) ? seen.status === 'COMPLETE' : fits(event, body, seen);
	};
	const seen = await lookTwice(callback, contractId, settled);
	if (isSilent(seen)) return tryAgain(seen);
	if (seen === 'unknownContract') {
		if (event.event === 'contract.deleted' && acceptUnprovenDeletions)
			return { accepted: true, verified: 'none', event };
		return { accepted: false, why: 'unproven', reason: 'the platform does not know the contract' };
	}
	const confirmed = (name: string): Verdict => ({
		accepted: true,
		verified: 'platform',
		event: renamed(event, body, name, seen.status),
	});
	if (saysComplete(body)) {
		if (seen.status === 'COMPLETE') return confirmed(COMPLETED);
		// Nobody has anything left to do, but the contract goes on: more signers may be added. A task that
		// is still open, or another end, shows that even this is not true.
		const goesOn = seen.status !== 'DRAFT' && !isFinal(seen.status);
		if (goesOn && seen.openTasks.size === 0) return confirmed(eventOfComplete(seen.status));
		return {
			accepted: false,
			why: 'unproven',
			reason: 'the platform says that the contract is not complete',
		};
	}
	if (event.event === 'unknown')
		return {
			accepted: true,
			verified: 'platform',
			event: { ...event, contractStatus: seen.status },
		};
	if (fits(event, body, seen)) return confirmed(event.event);
	if (event.event === 'contract.expired') {
		// Queued before the status is saved (docs/api/kaifangqian.md, 7.5): the platform sends it again.
		return {
			accepted: false,
			why: 'tryAgain',
			reason: 'the platform has not saved the expiry yet',
		};
	}
	return {
		accepted: false,
		why: 'unproven',
		reason: `the platform says that the contract is ${seen.status}`,
	};
}
