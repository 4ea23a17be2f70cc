import type { IDataObject } from 'n8n-workflow';
import { bodyIdOf, eventIdOf, textOf, type CallbackEvent } from '../../runtime/callback';
import { PLATFORM } from './names';
import { isProperName } from './rules';
import { isCompleted, normalStatus } from './status';

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
export const ALL_SIGNED = 'contract.allSigned';
export const STATUS_CHANGED = 'contract.statusChanged';

// Two of these about one contract can be two events: a contract that is not finished automatically has
// been signed by all after each round of signers, a signature can fail twice.
const RECURRING = new Set([
	ALL_SIGNED,
	STATUS_CHANGED,
	'contract.deadlineChanged',
	'contract.signFailed',
	'contract.signerAdded',
]);

// These happen to a contract once in its life: they start it or end it.
const ONCE = new Set([
	'contract.sent',
	COMPLETED,
	'contract.fillRefused',
	'contract.signRefused',
	'contract.recalled',
	'contract.expired',
	'contract.deleted',
]);

const ABOUT_ONE_TASK = new Set([
	'contract.filled',
	'contract.signed',
	'contract.approved',
	'contract.approvalRefused',
]);

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
	if (ONCE.has(event)) return eventIdOf(PLATFORM, event, contractId);
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
export const renamed = (
	event: CallbackEvent,
	body: Record<string, unknown>,
	name: string,
	status?: string,
): CallbackEvent => ({
	...event,
	event: name,
	eventId: idOf(name, body),
	mayRecur: RECURRING.has(name),
	contractStatus: status ?? event.contractStatus,
});

/**
 * What a COMPLETE means. It is sent whenever nobody has an open task (docs/api/kaifangqian.md, 7.5); only the
 * status tells whether that is the end.
 */
export const eventOfComplete = (status: string): string => {
	if (isCompleted(status)) return COMPLETED;
	return status === 'SIGNING' ? ALL_SIGNED : STATUS_CHANGED;
};

/** The signer without what is no name: for people registered by API the phone number stands there (7.2). */
const signerIn = (body: Record<string, unknown>): IDataObject | undefined => {
	if (typeof body.signer !== 'object' || body.signer === null) return undefined;
	const { name, ...rest } = body.signer as IDataObject;
	return isProperName(name) ? { name, ...rest } : rest;
};

export const normalise = (body: Record<string, unknown>): CallbackEvent => {
	const type = textOf(body.callbackType) ?? '';
	const contractId = textOf(body.contractId);
	const known = contractId !== undefined && Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
	const signer = signerIn(body);
	const status = textOf(body.contractStatus);
	const taskId = textOf(body.taskId);
	const reason = textOf(body.reason);
	const flat = Object.fromEntries(
		Object.entries({
			taskId,
			signerName: textOf(body.signerName) ?? textOf(signer?.name),
			reason,
		}).filter(([, value]) => value !== undefined),
	) as IDataObject;
	const event: CallbackEvent = {
		event: known ?? 'unknown',
		eventId: bodyIdOf(PLATFORM, body),
		mayRecur: true,
		contractId,
		contractStatus: status && normalStatus(status),
		flat,
		full: Object.fromEntries(
			Object.entries({
				callbackType: textOf(body.callbackType),
				taskId,
				signerType: textOf(body.signerType),
				signerName: textOf(body.signerName),
				signer,
				nodeType: textOf(body.nodeType),
				reason,
			}).filter(([, value]) => value !== undefined),
		) as IDataObject,
	};
	if (!known) return event;
	return renamed(event, body, known === COMPLETED ? eventOfComplete(status ?? '') : known);
};
