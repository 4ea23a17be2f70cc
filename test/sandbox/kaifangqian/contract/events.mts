import { tooLong } from '../answers.mjs';
import { spell, type CallbackPayload, type CallbackType } from '../wire.mjs';
import { accountOf, type World } from '../world.mjs';
import { workOf, type Contract, type Named, type Task } from './model.mjs';

const WITH_NODE_TYPE: CallbackType[] = ['SUBMIT_SIGN', 'REFUSAL_SIGN', 'SIGN_FAILED'];

/** Notes a callback with the status of this very moment; it is queued when the change has gone through. */
export function emit(
	world: World,
	contract: Contract,
	callbackType: CallbackType,
	{ task, reason, taskId }: { task?: Task; reason?: string; taskId?: string } = {},
): void {
	const payload: CallbackPayload = {
		contractId: contract.contractId,
		contractStatus: spell(contract.status, world.switches.statusSpelling),
		callbackType: world.switches.unknownCallbackType ?? callbackType,
		taskId,
		reason,
	};
	if (task) {
		payload.taskId = task.taskId;
		payload.signerType = task.partyType === 'PERSONAL' ? 'PERSONAL' : 'ENTERPRISE';
		if (payload.signerType === 'ENTERPRISE') {
			payload.signerName = task.partyName;
			if (WITH_NODE_TYPE.includes(callbackType)) payload.nodeType = task.nodeType;
		}
		if (task.person && !task.automatic) payload.signer = signerOf(world, task.person);
	}
	workOf(contract).queued.push(payload);
}

/** The personal account's name, and its phone: people registered by e-mail have none (7.2). */
function signerOf(world: World, { contact, contactType }: Named): CallbackPayload['signer'] {
	const account = accountOf(world, contact);
	if (account) return { name: account.name, contact: account.phone, contactType: 'MOBILE' };
	const phone = contactType === 'MOBILE' ? contact : undefined;
	return { name: contact, contact: phone, contactType: 'MOBILE' };
}

/**
 * A change of a contract with its events: queued when it has gone through, otherwise nothing has changed. A callback
 * address that the database does not take undoes the change, or only breaks its answer (`isKept`).
 */
export function changing<T>(
	world: World,
	contract: Contract,
	change: () => T,
	{ isKept = false } = {},
): T {
	const work = workOf(contract);
	const before = structuredClone(contract);
	const undo = () => {
		Object.assign(contract, before);
		work.queued.length = 0;
	};
	let result: T;
	try {
		result = change();
	} catch (error) {
		undo();
		throw error;
	}
	if (work.queued.length > 0 && world.isAddressTooLong(contract.company)) {
		if (isKept) work.queued.length = 0;
		else undo();
		return tooLong();
	}
	for (const payload of work.queued.splice(0)) world.notify(contract.company, payload);
	work.stamped.clear();
	return result;
}
