import { badFormat, breakDown, businessRefusal, missing, plainRefusal } from '../answers.mjs';
import { documentsOf } from '../contract/documents.mjs';
import { storeContract, storeParties } from '../contract/limits.mjs';
import type { Contract } from '../contract/model.mjs';
import { addParties, checkPreset, partiesOf } from '../contract/parties.mjs';
import { namedPerson, requireMember } from '../contract/people.mjs';
import { start } from '../contract/start.mjs';
import { senderValues } from '../contract/templateValues.mjs';
import { dayOf, startOfDay } from '../dates.mjs';
import { endpoint } from '../endpoint.mjs';
import { isFilled } from '../java.mjs';
import type { BusinessLine } from '../seeds.mjs';
import { requests } from '../shapes.mjs';
import { lineById, type World } from '../world.mjs';

/** POST /contract/draft (docs/api/kaifangqian.md 6.4). */
export const draftContract = endpoint({
	method: 'POST',
	path: '/contract/draft',
	fields: requests.draft,
	throttled: true,
	async run({ world, params, credential: { company } }) {
		const operator = namedPerson(params.operator, '发起人');
		const signReId = lineId(params.signReId);
		if (!isFilled(params.send)) missing('是否直接发起');
		requireMember(world, company, operator);
		const line = usableLine(world, company, signReId, operator.contact);
		checkExpireDate(world, params.expireDate);
		const docIds = (params.signDocumentList ?? []).map(({ docId }) => docId);
		const documents = await documentsOf(world, company, docIds, line.template);

		const { signerList } = params;
		if (!signerList)
			return breakDown('Cannot invoke "java.util.List.iterator()" because "signerList" is null');
		checkPreset(line, signerList);
		const autoFinish = params.autoFinish === 0 ? 0 : 1;
		const parties = partiesOf(signerList, { world, company, documents, autoFinish });
		const values = senderValues(line.template, params.signTemplateParamList ?? []);
		storeContract(params);
		storeParties(parties);

		const contract: Contract = {
			contractId: world.newId(),
			company,
			operator,
			signReId,
			sn: params.sn,
			subject: isFilled(params.subject) ? params.subject : `${world.now()}-${line.name}`,
			expireDate: params.expireDate,
			status: 'DRAFT',
			autoFinish,
			// Unknown words are taken, and the line's apply.
			signOrderType: params.signOrderType === 'NO_ORDER' ? 'NO_ORDER' : 'ORDER',
			documents: documents.map(({ docId }) => docId),
			annexes: (params.annexList ?? []).flatMap(({ fileId }) => fileId ?? []),
			template: line.template,
			templateParams: params.signTemplateParamList ?? [],
			values,
			signers: [],
			steps: [],
			tasks: [],
			writers: [],
			isApproved: false,
			reason: undefined,
		};
		// The console made the sender's own part; it may be without steps.
		if (line.preset) {
			const preset = { world, company, documents, autoFinish: 0 as const };
			addParties(contract, partiesOf([line.preset.sender], preset));
		}
		addParties(contract, parties);
		world.contracts.set(contract.contractId, contract);
		if (params.send === '1') await start(world, contract);
		return { contractId: contract.contractId };
	},
});

function lineId(signReId: string | undefined): string {
	if (!isFilled(signReId)) return missing('signReId');
	if ([...signReId].length > 64) badFormat('signReId', '，长度不合法');
	return signReId;
}

/** A deleted line can still be used. */
function usableLine(
	world: World,
	company: string,
	signReId: string,
	contact: string,
): BusinessLine {
	const line = lineById(world, signReId);
	if (line?.company !== company) return businessRefusal(`业务线id：${signReId}数据不存在`);
	if (line.state === 'disabled' || line.state === 'incomplete')
		plainRefusal('业务线状态为停用或异常，无法使用');
	if (line.state === 'no rights' || !line.users.includes(contact))
		businessRefusal('经办人无权使用该业务线发起签署');
	return line;
}

function checkExpireDate(world: World, value: string | undefined): void {
	if (!isFilled(value)) return;
	const from = startOfDay(value);
	if (from === undefined) badFormat('expireDate', '，时间格式不正确');
	else if (from < (startOfDay(dayOf(world.now())) ?? 0))
		businessRefusal(`签署截止日期:${value}不能小于当前日期`);
}
