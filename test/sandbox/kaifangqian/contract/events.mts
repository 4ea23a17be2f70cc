import { createHash } from 'node:crypto';
import { spell, type CallbackPayload, type CallbackType, type ContractUser } from '../wire.mjs';
import { findMember, type World } from '../world.mjs';
import type { Contract, Step } from './model.mjs';

const WITH_NODE_TYPE: CallbackType[] = ['SUBMIT_SIGN', 'REFUSAL_SIGN', 'SIGN_FAILED'];

/** Queues a callback with the status of this very moment (api/kaifangqian.md §7.2). */
export function emit(
	world: World,
	contract: Contract,
	callbackType: CallbackType,
	step?: Step,
	reason?: string,
): void {
	const payload: CallbackPayload = {
		contractId: contract.contractId,
		contractStatus: spell(contract.status, world.switches.statusSpelling),
		callbackType: world.switches.unknownCallbackType ?? callbackType,
	};
	if (step) {
		payload.taskId = step.taskId;
		payload.signerType = step.partyType === 'PERSONAL' ? 'PERSONAL' : 'ENTERPRISE';
		if (payload.signerType === 'ENTERPRISE') {
			payload.signerName = step.partyName;
			if (WITH_NODE_TYPE.includes(callbackType) && step.nodeType) payload.nodeType = step.nodeType;
		}
		if (step.person && !step.automatic)
			payload.signer = callbackSigner(world, contract, step.person);
	}
	if (reason !== undefined) payload.reason = reason;
	world.notify(contract.company, payload);
}

/** `contact` is the phone and `contactType` always MOBILE, even for e-mail users (§7.2). */
function callbackSigner(world: World, contract: Contract, person: ContractUser) {
	const contact =
		person.contactType === 'EMAIL' ? phoneOf(world, contract, person.contact) : person.contact;
	return { name: person.name, contact, contactType: 'MOBILE' as const };
}

function phoneOf(world: World, contract: Contract, email: string): string {
	const known = findMember(world, contract.company, email)?.mobile || world.accounts.get(email);
	if (known) return known;
	// Nobody told the stand-in this person's phone: a made-up one, always the same for the address.
	const digits = createHash('sha256').update(email).digest().readUInt32BE() % 100_000_000;
	return `199${String(digits).padStart(8, '0')}`;
}
