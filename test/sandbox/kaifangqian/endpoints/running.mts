import {
	badFormat,
	breakDown,
	businessRefusal,
	internalRefusal,
	missing,
	plainRefusal,
} from '../answers.mjs';
import { documentsOf } from '../contract/documents.mjs';
import { changing } from '../contract/events.mjs';
import {
	askAgain,
	complete,
	completeByProxy,
	finish,
	recall,
	refuseDates,
	refuseTask,
	stepOfTask,
} from '../contract/flow.mjs';
import { COMMENT, store, storeKeywords, storeParties } from '../contract/limits.mjs';
import { isRunning, openTasks, type Contract, type Task } from '../contract/model.mjs';
import { movingAlong } from '../contract/overlap.mjs';
import { addParties, partiesOf } from '../contract/parties.mjs';
import { namedPerson } from '../contract/people.mjs';
import { checkSeal } from '../contract/start.mjs';
import { UNFILLED } from '../contract/templateValues.mjs';
import { endpoint, ownContract } from '../endpoint.mjs';
import { fieldsOf } from '../fields/positions.mjs';
import type { ContractDocument } from '../fields/place.mjs';
import { isFilled } from '../java.mjs';
import { requests, type ContractUser, type ReadFields } from '../shapes.mjs';
import { STATUS_NAMES } from '../wire.mjs';
import { isMember, type World } from '../world.mjs';

// What can be done to a contract that was sent (docs/api/kaifangqian.md 6.5–6.9).

/** POST /contract/signer/add: new tasks, no callback. */
export const addSigners = endpoint({
	method: 'POST',
	path: '/contract/signer/add',
	fields: requests.addSigners,
	async run(call) {
		const { world, params } = call;
		const { contractId, signerList } = params;
		if (!isFilled(contractId)) return missing('contractId');
		if ([...contractId].length > 64) badFormat('contractId', '，长度不合法');
		const contract = ownContract(call, contractId);
		refuseComplete(contract);
		if (contract.autoFinish !== 0)
			businessRefusal('追加签署方接口仅支持签署结束类型为手动结束的合同');
		if (!signerList)
			return breakDown('Cannot invoke "java.util.List.iterator()" because "signerList" is null');
		const documents = await contractDocuments(world, contract);
		const { company, autoFinish } = contract;
		const parties = partiesOf(signerList, { world, company, documents, autoFinish });
		if (parties.length === 0) plainRefusal('添加签署人节点失败，签署人或审批人为空');
		// What a start refuses with 31000 is an internal refusal here.
		if (contract.status === 'WRITING') internalRefusal(UNFILLED);
		for (const { partyType, steps } of parties)
			if (partyType === 'SENDER') steps.forEach((step) => checkSeal(world, step, internalRefusal));
		storeParties(parties);
		await movingAlong(world, () => {
			refuseComplete(contract);
			changing(world, contract, () => {
				addParties(contract, parties);
				askAgain(world, contract);
			});
		});
		return { contractId };
	},
});

function refuseComplete({ contractId, status }: Contract): void {
	if (status === 'COMPLETE') businessRefusal(`合同id：${contractId}已完成签署，不能继续追加签署方`);
}

const contractDocuments = async (
	world: World,
	{ company, documents, template }: Contract,
): Promise<ContractDocument[]> => {
	const docIds = documents.filter((docId) => docId !== template?.templateId);
	return await documentsOf(world, company, docIds, template);
};

/** POST /contract/approval: of the sender's own approval steps. */
export const approveContract = endpoint({
	method: 'POST',
	path: '/contract/approval',
	fields: requests.approval,
	async run(call) {
		const { world, params } = call;
		const contract = ownContract(call, params.contractId);
		approvalOf(world, contract, params.signer);
		// Without an answer nothing is stored.
		if (params.approval === 0 || params.approval === 1) store(params.comment, COMMENT);
		await movingAlong(world, () => {
			// Others may have been at work meanwhile.
			const task = approvalOf(world, contract, params.signer);
			changing(world, contract, () => {
				if (params.approval === 1) complete(world, contract, task);
				else if (params.approval === 0) refuseTask(world, contract, task, params.comment);
			});
		});
		return { contractId: contract.contractId };
	},
});

function approvalOf(world: World, contract: Contract, user: ContractUser | undefined): Task {
	const { contractId, status, company } = contract;
	if (status !== 'SIGNING')
		businessRefusal(
			`合同审批仅支持签署中的合同，合同id：${contractId}状态为：${STATUS_NAMES[status]}`,
		);
	const signer = namedPerson(user, '签署人');
	if (!isMember(world, company, signer.contact))
		businessRefusal(`合同审批人：${signer.name}数据不存在`);
	const task = openTasks(contract).find(
		({ taskType, step, person }) =>
			taskType === 'APPROVE' && step !== undefined && person?.contact === signer.contact,
	);
	return task ?? businessRefusal('签署人不存在');
}

/** POST /contract/finish: the status is not looked at. */
export const finishContract = endpoint({
	method: 'POST',
	path: '/contract/finish',
	fields: requests.contractOnly,
	run(call) {
		const contract = ownContract(call, call.params.contractId);
		const { contractId } = contract;
		if (contract.autoFinish !== 0)
			businessRefusal(`合同id：${contractId}的签署结束类型为系统自动结束，不能手动结束。`);
		if (openTasks(contract).length > 0)
			businessRefusal(`合同id：${contractId}还存在待完成的签署任务，不能手动结束。`);
		changing(call.world, contract, () => finish(call.world, contract));
		return { contractId };
	},
});

/** POST /contract/recall. There is no reason parameter: the platform writes its own. */
export const recallContract = endpoint({
	method: 'POST',
	path: '/contract/recall',
	fields: requests.contractOnly,
	run(call) {
		const contract = ownContract(call, call.params.contractId);
		if (!isRunning(contract)) plainRefusal(`实例状态为${STATUS_NAMES[contract.status]},不可撤回`);
		changing(call.world, contract, () => recall(call.world, contract, '通过API撤销'));
		return { contractId: contract.contractId };
	},
});

/** POST /contract/sign/personal/proxy. */
export const signByProxy = endpoint({
	method: 'POST',
	path: '/contract/sign/personal/proxy',
	fields: requests.proxy,
	async run({ world, params, credential }) {
		const { contractId } = params;
		const contract = contractId === undefined ? undefined : world.contracts.get(contractId);
		if (contract?.company !== credential.company) return businessRefusal('合同不存在');
		const { subject } = turnOf(world, contract, params);
		const documents = await contractDocuments(world, contract);
		const owner = subject === 'PERSON' ? 'person' : 'signature step';
		const added = fieldsOf(params.positionParamList, owner, documents);
		storeKeywords(params.positionParamList);
		await movingAlong(world, () => {
			const { task, step } = turnOf(world, contract, params);
			changing(world, contract, () => {
				step.fields.push(...added);
				if (step.fields.length === 0) internalRefusal('业务线实例-控件不存在');
				refuseDates(step, breakDown);
				completeByProxy(world, contract, task, step);
			});
		});
		return undefined;
	},
});

/** EMPLOYEE serves the individual signatures of the sender's own company. */
function turnOf(
	world: World,
	contract: Contract,
	{ signatureSubjectType: subject, signer: user }: ReadFields<typeof requests.proxy>,
) {
	if (contract.status !== 'SIGNING') businessRefusal('合同签署状态异常');
	if (subject !== 'PERSON' && subject !== 'EMPLOYEE')
		return businessRefusal('个人签名主体类型参数缺失');
	const { contact } = namedPerson(user, '签署人');
	if (!world.proxies.has(`${contact}|${contract.signReId}`)) businessRefusal('签章授权不存在');
	for (const task of openTasks(contract)) {
		const step = stepOfTask(contract, task);
		if (!step || task.taskType !== 'SIGN' || task.person?.contact !== contact) continue;
		const serves =
			subject === 'PERSON'
				? task.partyType === 'PERSONAL'
				: task.partyType === 'SENDER' && task.nodeType !== 'ENTERPRISE_SEAL';
		if (serves) return { subject, task, step };
	}
	return businessRefusal('签署人当前无签署任务');
}
