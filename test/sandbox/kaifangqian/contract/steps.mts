import type { ContractInternalNode, ContractSigner, ContractUser } from '../wire.mjs';
import type { World } from '../world.mjs';
import type { Contract, Step } from './model.mjs';

const PARTY_TYPES = {
	SENDER: 'SENDER',
	RECEIVER_ENT: 'ENTERPRISE',
	RECEIVER_PERSONAL: 'PERSONAL',
} as const;

/** Order numbers travel as strings (§5.2). Where none is sent, the place in the list counts. */
const orderOf = (value: string | undefined, index: number): number =>
	value === undefined ? index + 1 : Number(value);

/** Steps of signing for these parties, appended to the contract. */
export function addParties(world: World, contract: Contract, signers: ContractSigner[]): void {
	for (const signer of signers) {
		const party = contract.parties.push(signer) - 1;
		const base = partyOf(contract, signer, party);
		const step = (more: Partial<Step>): Step => ({
			...base,
			taskId: world.newId(),
			taskType: 'SIGN',
			phase: 'SIGNING',
			nodeOrder: 1,
			automatic: false,
			positions: [],
			state: 'waiting',
			...more,
		});
		if (signer.signerType === 'RECEIVER_PERSONAL') {
			contract.steps.push(
				step({ person: signer.receiver, positions: signer.positionParamList ?? [] }),
			);
			continue;
		}
		const nodes = signer.internalNodeList ?? [];
		nodes.forEach((node, index) => {
			// Trap 12: an approver of a receiving company is accepted and never asked.
			if (node.nodeType === 'APPROVER_CHECK' && signer.signerType !== 'SENDER') return;
			contract.steps.push(step(nodeStep(node, index)));
		});
	}
}

const nodeStep = (node: ContractInternalNode, index: number): Partial<Step> => ({
	taskType: node.nodeType === 'APPROVER_CHECK' ? 'APPROVE' : 'SIGN',
	nodeType: node.nodeType,
	nodeOrder: orderOf(node.signerOrder, index),
	automatic: node.autoSign === 'AUTO_SIGN',
	person: node.signer,
	positions: node.positionParamList ?? [],
});

const partyOf = (contract: Contract, signer: ContractSigner, party: number) => ({
	party,
	partyType: PARTY_TYPES[signer.signerType],
	partyName:
		signer.signerName ??
		(signer.signerType === 'SENDER' ? contract.company : (signer.receiver?.name ?? '')),
	partyOrder: orderOf(signer.signerOrder, party),
});

/** The sender's own approval before anything is sent: 发起审批. */
export function addStartApproval(world: World, contract: Contract, approver: ContractUser): void {
	contract.steps.push({
		taskId: world.newId(),
		taskType: 'APPROVE',
		phase: 'APPROVING',
		party: -1,
		partyType: 'SENDER',
		partyName: contract.company,
		partyOrder: 1,
		nodeOrder: 1,
		automatic: false,
		person: approver,
		positions: [],
		state: 'waiting',
	});
}

/**
 * Who fills in is decided by the line's template, which no API shows. Here every receiving party
 * does, and the sender where there is none.
 */
export function addWriting(world: World, contract: Contract): void {
	const write = (base: ReturnType<typeof partyOf>, person: ContractUser | undefined) =>
		contract.steps.push({
			...base,
			taskId: world.newId(),
			taskType: 'WRITE',
			phase: 'WRITING',
			nodeOrder: 1,
			automatic: false,
			person,
			positions: [],
			state: 'waiting',
		});
	const receivers = contract.parties
		.map((signer, party) => ({ signer, base: partyOf(contract, signer, party) }))
		.filter(({ signer }) => signer.signerType !== 'SENDER');
	for (const { signer, base } of receivers) {
		const person = signer.receiver ?? signer.internalNodeList?.find((node) => node.signer)?.signer;
		if (person) write(base, person);
	}
	if (contract.steps.some((step) => step.phase === 'WRITING')) return;
	const sender = {
		party: -1,
		partyType: 'SENDER' as const,
		partyName: contract.company,
		partyOrder: 1,
	};
	write(sender, contract.operator);
}
