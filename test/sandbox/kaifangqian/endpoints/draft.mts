import { businessRefusal } from '../answers.mjs';
import { checkExpireDate, checkSigners, checkUser } from '../checks.mjs';
import { openDue, start } from '../contract/machine.mjs';
import { isRunning, type Contract } from '../contract/model.mjs';
import { addParties, addStartApproval, addWriting } from '../contract/steps.mjs';
import { endpoint, ownContract } from '../endpoint.mjs';
import { schemas } from '../schemas.mjs';
import type { BusinessLine } from '../seeds.mjs';
import type { ContractSigner, DraftParams } from '../wire.mjs';
import { findMember, type World } from '../world.mjs';

/** POST /contract/draft (api/kaifangqian.md §6.4). */
export const draftContract = endpoint<DraftParams>({
	method: 'POST',
	path: '/contract/draft',
	schema: schemas.draft,
	throttled: true,
	run({ world, params, credential }) {
		const line = Object.values(world.lines).find(
			(candidate) => candidate.signReId === params.signReId,
		);
		const documents = (params.signDocumentList ?? []).map(({ docId }) => docId);
		const signers = params.signerList ?? [];
		// Parameters first, then business rules (§9.3).
		checkUser(params.operator);
		checkExpireDate(world, params.expireDate);
		checkSigners(world, signers, new Set([...documents, ...templatesOf(line, params)]));

		const member = findMember(world, credential.company, params.operator.contact);
		if (!member) return businessRefusal('经办人不是企业成员');
		if (!line || line.company !== credential.company) return businessRefusal('业务线不存在');
		if (!line.enabled) return businessRefusal('业务线未启用');
		if (!line.users.includes(member.mobile)) return businessRefusal('经办人无业务线使用权限');
		checkFiles(world, credential.company, params);
		checkTemplate(world, line, params);
		checkPreset(line, signers);
		if (params.send === '1') checkStartable(world, line, params);

		const contract: Contract = {
			contractId: world.newId(),
			company: credential.company,
			operator: params.operator,
			signReId: line.signReId,
			sn: params.sn,
			subject: params.subject,
			expireDate: params.expireDate,
			status: 'DRAFT',
			autoFinish: params.autoFinish ?? 1,
			signOrderType: params.signOrderType ?? 'ORDER',
			// Uploaded files are appended to the line's own (§6.4).
			documents: [...(line.templateId ? [line.templateId] : []), ...documents],
			annexes: (params.annexList ?? []).map(({ fileId }) => fileId),
			templateParams: params.signTemplateParamList ?? [],
			parties: [],
			steps: [],
			stamped: new Map(),
		};
		addParties(world, contract, signers);
		world.contracts.set(contract.contractId, contract);
		if (params.send === '1') startDraft(world, contract);
		return { contractId: contract.contractId };
	},
});

/** Also what a person does in the web console with a saved draft. */
export function startDraft(world: World, contract: Contract): void {
	const line = Object.values(world.lines).find(({ signReId }) => signReId === contract.signReId);
	if (line?.startsIn === 'APPROVING') {
		const approver = findMember(world, contract.company, line.approver);
		addStartApproval(world, contract, {
			name: approver?.name ?? '',
			contactType: 'MOBILE',
			contact: line.approver,
		});
	}
	if (line?.startsIn === 'WRITING') addWriting(world, contract);
	start(world, contract);
}

const templatesOf = (line: BusinessLine | undefined, params: DraftParams): string[] => [
	...(line?.templateId ? [line.templateId] : []),
	...(params.signTemplateParamList ?? []).map(({ templateId }) => templateId),
];

function checkFiles(world: World, company: string, params: DraftParams): void {
	for (const { docId } of params.signDocumentList ?? []) {
		if (world.documents.get(docId)?.company !== company) businessRefusal('签约文件不存在');
	}
	for (const { fileId } of params.annexList ?? []) {
		if (world.annexes.get(fileId)?.company !== company) businessRefusal('附件不存在');
	}
}

/** The line's public template has params the sender must fill in at the start. */
function checkTemplate(world: World, line: BusinessLine, params: DraftParams): void {
	const sent = params.signTemplateParamList ?? [];
	for (const { templateId } of sent) {
		if (templateId !== line.templateId) businessRefusal('模板不存在');
	}
	if (!line.templateId || params.send !== '1') return;
	const values = sent.flatMap(({ templateParamList }) => templateParamList ?? []);
	for (const key of world.template.requiredParams) {
		const value = values.find(({ paramKey }) => paramKey === key)?.paramValue;
		if (!value?.trim()) businessRefusal('模板必填参数未填写');
	}
}

function checkPreset(line: BusinessLine, signers: ContractSigner[]): void {
	if (!line.preset) return;
	if (signers.length !== line.preset.length) businessRefusal('签署方数量与业务线预设不一致');
	const orderOf = (signer: ContractSigner, index: number) =>
		Number(signer.signerOrder ?? index + 1);
	const types = signers
		.map((signer, index) => ({ order: orderOf(signer, index), type: signer.signerType }))
		.sort((a, b) => a.order - b.order)
		.map(({ type }) => type);
	const paired = line.preset.every(({ signerType }, index) => signerType === types[index]);
	if (!paired) businessRefusal('签署方类型与业务线预设不一致');
}

function checkStartable(world: World, line: BusinessLine, params: DraftParams): void {
	const hasDocument = Boolean(line.templateId) || Boolean(params.signDocumentList?.length);
	if (world.switches.requireDocument && !hasDocument) businessRefusal('签约文件不能为空');
	if (world.switches.requireSigner && !params.signerList?.length) businessRefusal('签署方不能为空');
}

/** POST /contract/signer/add (§6.5): new tasks, no callback. */
export const addSigners = endpoint<{ contractId: string; signerList: ContractSigner[] }>({
	method: 'POST',
	path: '/contract/signer/add',
	schema: schemas.addSigners,
	run(call) {
		const { world, params } = call;
		const contract = world.contracts.get(params.contractId);
		checkSigners(world, params.signerList, new Set(contract?.documents));
		const own = ownContract(call, params.contractId);
		if (own.autoFinish !== 0) businessRefusal('合同为自动结束,不能追加签署方');
		if (!isRunning(own)) businessRefusal('合同状态不支持追加签署方');
		addParties(world, own, params.signerList);
		openDue(world, own);
		return { contractId: own.contractId };
	},
});
