import { emit } from './contract/events.mjs';
import { complete, expire, refuseStep, remove } from './contract/machine.mjs';
import {
	isRunning,
	openSteps,
	snapshot,
	type Contract,
	type ContractSnapshot,
	type Step,
} from './contract/model.mjs';
import { startDraft } from './endpoints/draft.mjs';
import type { TaskType } from './wire.mjs';
import type { World } from './world.mjs';

/** What people do on the platform's pages and consoles. `who` = contact or task id; left out: whoever is first. */
export interface Control {
	contract(contractId: string): ContractSnapshot;
	contracts(): ContractSnapshot[];
	/** Sends a saved draft, as a person does in the web console. */
	start(contractId: string): void;
	sign(contractId: string, who?: string): void;
	refuseSign(contractId: string, who?: string, reason?: string): void;
	write(contractId: string, who?: string): void;
	refuseWrite(contractId: string, who?: string, reason?: string): void;
	approve(contractId: string, who?: string): void;
	refuseApprove(contractId: string, who?: string, reason?: string): void;
	/** Everybody approves, fills in and signs, in the order the contract asks for. */
	signAll(contractId: string): void;
	expire(contractId: string): void;
	remove(contractId: string): void;
	delay(contractId: string, newDate: string): void;
	failSign(contractId: string, who?: string): void;
	addSignNode(contractId: string): void;
	/** A person's standing seal authorisation for a business line (§6.9). */
	grantProxy(contact: string, signReId: string): void;
	setCallbackUrl(url: string | undefined): void;
	documentBytes(docId: string): Buffer;
	annexBytes(fileId: string): Buffer;
}

export function createControl(world: World): Control {
	const find = (contractId: string): Contract => {
		const contract = world.contracts.get(contractId);
		if (!contract) throw new Error(`There is no contract ${contractId}`);
		return contract;
	};
	const taskOf = (contract: Contract, taskType: TaskType, who?: string): Step => {
		const step = openSteps(contract).find(
			(open) =>
				open.taskType === taskType &&
				(who === undefined || open.taskId === who || open.person?.contact === who),
		);
		const of = who === undefined ? '' : ` of ${who}`;
		if (!step) throw new Error(`Contract ${contract.contractId} has no open ${taskType} task${of}`);
		return step;
	};
	const doing = (taskType: TaskType) => (contractId: string, who?: string) => {
		const contract = find(contractId);
		complete(world, contract, taskOf(contract, taskType, who));
	};
	const refusing = (taskType: TaskType) => (contractId: string, who?: string, reason?: string) => {
		const contract = find(contractId);
		refuseStep(world, contract, taskOf(contract, taskType, who), reason);
	};
	const fileBytes = (files: World['documents'], id: string): Buffer => {
		const file = files.get(id);
		if (!file) throw new Error(`There is no file ${id}`);
		return file.bytes;
	};
	return {
		contract: (contractId) => snapshot(find(contractId)),
		contracts: () => [...world.contracts.values()].map(snapshot),
		start(contractId) {
			const contract = find(contractId);
			if (contract.status !== 'DRAFT') throw new Error(`Contract ${contractId} is no draft`);
			startDraft(world, contract);
		},
		sign: doing('SIGN'),
		refuseSign: refusing('SIGN'),
		write: doing('WRITE'),
		refuseWrite: refusing('WRITE'),
		approve: doing('APPROVE'),
		refuseApprove: refusing('APPROVE'),
		signAll(contractId) {
			const contract = find(contractId);
			for (let [step] = openSteps(contract); step; [step] = openSteps(contract)) {
				complete(world, contract, step);
			}
		},
		expire(contractId) {
			const contract = find(contractId);
			if (!isRunning(contract)) throw new Error(`Contract ${contractId} is not running`);
			expire(world, contract);
		},
		remove: (contractId) => remove(world, find(contractId)),
		delay(contractId, newDate) {
			const contract = find(contractId);
			contract.expireDate = newDate;
			emit(world, contract, 'DOCUMENT_DELAY');
		},
		failSign(contractId, who) {
			const contract = find(contractId);
			emit(world, contract, 'SIGN_FAILED', taskOf(contract, 'SIGN', who));
		},
		addSignNode: (contractId) => emit(world, find(contractId), 'ADD_SIGN_NODE'),
		grantProxy: (contact, signReId) => void world.proxies.add(`${contact}|${signReId}`),
		setCallbackUrl(url) {
			const credential = world.credentials.find(
				({ company, enabled }) => company === world.companyName && enabled,
			);
			if (credential) credential.callbackUrl = url;
		},
		documentBytes: (docId) => fileBytes(world.documents, docId),
		annexBytes: (fileId) => fileBytes(world.annexes, fileId),
	};
}
