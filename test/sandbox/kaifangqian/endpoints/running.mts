import { businessRefusal } from '../answers.mjs';
import { checkPositions, checkUser } from '../checks.mjs';
import { complete, completeByProxy, finish, recall, refuseStep } from '../contract/machine.mjs';
import { isRunning, openSteps } from '../contract/model.mjs';
import { endpoint, ownContract } from '../endpoint.mjs';
import { schemas } from '../schemas.mjs';
import type { ContractPositionParam, ContractUser } from '../wire.mjs';

// What can be done to a running contract (api/kaifangqian.md §6.6–6.9, §9.11).

export const approveContract = endpoint<{
	contractId: string;
	signer: ContractUser;
	approval: 0 | 1;
	comment?: string;
}>({
	method: 'POST',
	path: '/contract/approval',
	schema: schemas.approval,
	run(call) {
		const { world, params } = call;
		checkUser(params.signer);
		const contract = ownContract(call, params.contractId);
		if (contract.status !== 'SIGNING') return businessRefusal('合同状态不是签署中');
		const step = openSteps(contract).find(
			({ taskType, person }) => taskType === 'APPROVE' && person?.contact === params.signer.contact,
		);
		if (!step) return businessRefusal('审批任务不存在');
		if (params.approval === 1) complete(world, contract, step);
		else refuseStep(world, contract, step, params.comment);
		return { contractId: contract.contractId };
	},
});

export const finishContract = endpoint<{ contractId: string }>({
	method: 'POST',
	path: '/contract/finish',
	schema: schemas.contractOnly,
	run(call) {
		const contract = ownContract(call, call.params.contractId);
		if (contract.autoFinish !== 0) businessRefusal('合同为自动结束,不能手动结束');
		if (contract.status !== 'SIGNING') businessRefusal('合同状态不是签署中');
		if (openSteps(contract).length > 0) businessRefusal('合同存在未完成的任务');
		finish(call.world, contract);
		return { contractId: contract.contractId };
	},
});

export const recallContract = endpoint<{ contractId: string }>({
	method: 'POST',
	path: '/contract/recall',
	schema: schemas.contractOnly,
	run(call) {
		const contract = ownContract(call, call.params.contractId);
		if (!isRunning(contract)) businessRefusal('合同状态不支持撤回');
		recall(call.world, contract);
		return { contractId: contract.contractId };
	},
});

export const signByProxy = endpoint<{
	contractId: string;
	signatureSubjectType: 'PERSON' | 'EMPLOYEE';
	signer: ContractUser;
	positionParamList?: ContractPositionParam[];
}>({
	method: 'POST',
	path: '/contract/sign/personal/proxy',
	schema: schemas.proxy,
	run(call) {
		const { world, params } = call;
		checkUser(params.signer);
		checkPositions(
			params.positionParamList,
			false,
			new Set(world.contracts.get(params.contractId)?.documents),
		);
		const contract = ownContract(call, params.contractId);
		if (contract.status !== 'SIGNING') return businessRefusal('合同状态不是签署中');
		const authorised = world.proxies.has(`${params.signer.contact}|${contract.signReId}`);
		if (!authorised) return businessRefusal('签章授权不存在');
		const ofPerson = params.signatureSubjectType === 'PERSON';
		const step = openSteps(contract).find(
			({ taskType, partyType, nodeType, person }) =>
				taskType === 'SIGN' &&
				person?.contact === params.signer.contact &&
				(ofPerson
					? partyType === 'PERSONAL'
					: partyType !== 'PERSONAL' && nodeType !== 'ENTERPRISE_SEAL'),
		);
		if (!step) return businessRefusal('签署任务不存在');
		step.positions.push(...(params.positionParamList ?? []));
		completeByProxy(world, contract, step);
		return undefined;
	},
});
