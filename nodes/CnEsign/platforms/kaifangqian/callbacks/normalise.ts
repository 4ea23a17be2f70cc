import type { IDataObject } from 'n8n-workflow';
import { bodyIdOf, eventIdOf, idInLife, textOf, type CallbackEvent } from '../../callbacks';
import { omitEmpty } from '../../../runtime/items/values';
import { PLATFORM } from '../client';
import { isProperName } from '../rules';
import { isCompleted, normalStatus } from '../status';

/** `callbackType` → event (docs/api/kaifangqian.md, 7.3). */
export const EVENTS: Record<string, string> = {
	SEND_SIGNING: 'contract.sent',
	SUBMIT_WRITE: 'contract.filled',
	REFUSAL_WRITE: 'contract.fillRefused',
	SUBMIT_SIGN: 'contract.signed',
	REFUSAL_SIGN: 'contract.signRefused',
	SUBMIT_APPROVE: 'contract.approved',
	REFUSAL_APPROVE: 'contract.approvalRefused',
	ADD_SIGN_NODE: 'contract.signerAdded',
	COMPLETE: 'contract.completed',
	RECALLED: 'contract.recalled',
	DELETE: 'contract.deleted',
	EXPIRED: 'contract.expired',
	SIGN_FAILED: 'contract.signFailed',
	DOCUMENT_DELAY: 'contract.deadlineChanged',
};

export const COMPLETED = 'contract.completed';
const ALL_SIGNED = 'contract.allSigned';
const STATUS_CHANGED = 'contract.statusChanged';

// Two of these about one contract can be two events: a contract that is not finished automatically has
// been signed by all after each round of signers, a signature can fail twice.
const RECURRING = new Set([
	ALL_SIGNED,
	STATUS_CHANGED,
	'contract.deadlineChanged',
	'contract.signFailed',
	'contract.signerAdded',
]);

// These happen to a contract once in a life: they start it or end it. It can live again under its ID
// (docs/api/kaifangqian.md, 7.5).
const TURNS: Record<string, CallbackEvent['turn']> = {
	'contract.sent': 'starts',
	[COMPLETED]: 'ends',
	'contract.fillRefused': 'ends',
	'contract.signRefused': 'ends',
	'contract.approvalRefused': 'ends',
	'contract.recalled': 'ends',
	'contract.expired': 'ends',
	'contract.deleted': 'ends',
};

const ABOUT_ONE_TASK = new Set(['contract.filled', 'contract.signed', 'contract.approved']);

// Both end a contract with REFUSAL_SIGN, and nobody who asks for the status can tell which it was: they have
// one id, so that what looks for events does nothing twice.
const SAME_END: Record<string, string> = {
	'contract.approvalRefused': 'contract.signRefused',
};

/** Tells two signers apart where the platform names no task. */
const signerOf = (body: Record<string, unknown>): string =>
	bodyIdOf('signer', [body.signerName ?? null, body.signer ?? null]);

/**
 * The id of an event, from nothing but what makes it the one that it is. Whoever knows the address can
 * write anything into the rest of the body: each wording would be an event of its own, however well the
 * platform's answer proves it, and would push those that are remembered out of the memory.
 */
const idOf = (event: string, body: Record<string, unknown>): string => {
	const contractId = textOf(body.contractId);
	if (TURNS[event]) return eventIdOf(PLATFORM, SAME_END[event] ?? event, contractId);
	const taskId = textOf(body.taskId);
	if (ABOUT_ONE_TASK.has(event) && taskId !== undefined)
		return eventIdOf(PLATFORM, event, contractId, taskId);
	const status = textOf(body.contractStatus);
	return eventIdOf(
		PLATFORM,
		event,
		contractId,
		taskId ?? (ABOUT_ONE_TASK.has(event) ? signerOf(body) : undefined),
		status && normalStatus(status),
	);
};

/** The same event under another name or with the status that the platform gave when asked. */
export function renamed(
	event: CallbackEvent,
	body: Record<string, unknown>,
	name: string,
	status?: string,
): CallbackEvent {
	return {
		...event,
		event: name,
		eventId: idOf(name, body),
		mayRecur: RECURRING.has(name),
		turn: TURNS[name],
		contractStatus: status ?? event.contractStatus,
	};
}

/**
 * What a COMPLETE means. It is sent whenever nobody has an open task (docs/api/kaifangqian.md, 7.5); only the
 * status tells whether that is the end.
 */
export function eventOfComplete(status: string): string {
	if (isCompleted(status)) return COMPLETED;
	return status === 'SIGNING' ? ALL_SIGNED : STATUS_CHANGED;
}

/** The signer, without a phone number that the platform gives as the name (docs/api/kaifangqian.md, 7.2). */
const signerIn = (body: Record<string, unknown>): IDataObject | undefined => {
	if (typeof body.signer !== 'object' || body.signer === null) return undefined;
	const { name, ...rest } = body.signer as IDataObject;
	return isProperName(name) ? { name, ...rest } : rest;
};

/** The event as the body tells it. A COMPLETE is named by the status that comes with it. */
export function normalise(body: Record<string, unknown>): CallbackEvent {
	const type = textOf(body.callbackType) ?? '';
	const contractId = textOf(body.contractId);
	const mapped = contractId !== undefined && Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
	const signer = signerIn(body);
	const status = textOf(body.contractStatus);
	const taskId = textOf(body.taskId);
	const reason = textOf(body.reason);
	const flat = omitEmpty({
		taskId,
		signerName: textOf(body.signerName) ?? textOf(signer?.name),
		reason,
	}) as IDataObject;
	const event: CallbackEvent = {
		event: mapped ?? 'unknown',
		eventId: bodyIdOf(PLATFORM, body),
		mayRecur: true,
		contractId,
		contractStatus: status && normalStatus(status),
		flat,
		full: omitEmpty({
			callbackType: textOf(body.callbackType),
			taskId,
			signerType: textOf(body.signerType),
			signerName: textOf(body.signerName),
			signer,
			nodeType: textOf(body.nodeType),
			reason,
		}) as IDataObject,
	};
	if (!mapped) return event;
	return renamed(event, body, mapped === COMPLETED ? eventOfComplete(status ?? '') : mapped);
}

/** Status → the event that led to it, for events that never arrived. */
const OF_STATUS: Record<string, string> = {
	SIGNING: 'contract.sent',
	WRITING: 'contract.sent',
	APPROVING: 'contract.sent',
	COMPLETE: COMPLETED,
	REFUSAL_WRIT: 'contract.fillRefused',
	REFUSAL_SIGN: 'contract.signRefused',
	RECALLED: 'contract.recalled',
	EXPIRED: 'contract.expired',
	DELETED: 'contract.deleted',
};

/** The event of a status, with the id that its callback has; nothing where no callback would tell of it. */
export function eventOfStatus(
	contractId: string,
	status: string,
	life: number,
): { event: string; eventId: string } | undefined {
	if (!Object.hasOwn(OF_STATUS, status)) return undefined;
	const event = OF_STATUS[status];
	return { event, eventId: idInLife(idOf(event, { contractId }), life) };
}
