import { businessRefusal, missing, refuse } from '../answers.mjs';
import { fieldsOf } from '../fields/positions.mjs';
import type { ContractDocument } from '../fields/place.mjs';
import { isFilled, parseInteger } from '../java.mjs';
import type { BusinessLine } from '../seeds.mjs';
import type { ContractInternalNode, ContractSigner, PartyType } from '../wire.mjs';
import type { World } from '../world.mjs';
import type { Contract, Named, Step } from './model.mjs';
import { namedPerson, requireMember } from './people.mjs';

/** A signer of a call, checked. */
export interface Party {
	signer: ContractSigner;
	partyType: PartyType;
	partyName: string;
	partyOrder: number;
	/** Who fills in the template fields of this party. */
	person?: Named;
	steps: Array<Omit<Step, 'party' | 'partyType' | 'partyName' | 'partyOrder' | 'isDone'>>;
}

interface Setting {
	world: World;
	company: string;
	documents: ContractDocument[];
	autoFinish: 0 | 1;
}

/** The parties of a call; a signer of an unknown type is passed over. */
export const partiesOf = (signers: ContractSigner[], setting: Setting): Party[] =>
	signers.flatMap((signer) => {
		const { signerType } = signer;
		if (!isFilled(signerType)) return missing('签署方类型');
		if (signerType === 'RECEIVER_PERSONAL') return [personOf(signer, setting)];
		if (signerType === 'RECEIVER_ENT') return [companyOf(signer, 'ENTERPRISE', setting)];
		return signerType === 'SENDER' ? [companyOf(signer, 'SENDER', setting)] : [];
	});

function personOf(signer: ContractSigner, { documents }: Setting): Party {
	const person = namedPerson(signer.receiver, '个人接收方-');
	const partyOrder = orderOf(signer.signerOrder, false);
	const fields = fieldsOf(signer.positionParamList, 'person', documents);
	return {
		signer,
		partyType: 'PERSONAL',
		partyName: signer.signerName ?? person.name,
		partyOrder,
		person,
		steps: [{ nodeOrder: 1, taskType: 'SIGN', automatic: false, person, fields }],
	};
}

function companyOf(
	signer: ContractSigner,
	partyType: 'SENDER' | 'ENTERPRISE',
	setting: Setting,
): Party {
	const isSender = partyType === 'SENDER';
	const nodes = signer.internalNodeList;
	// More can be added to a contract of ours that does not end by itself; but the list has to be there.
	if (!nodes || (nodes.length === 0 && !(isSender && setting.autoFinish === 0)))
		return refuse(21000, '内部签署节点参数缺失');
	const partyName = isSender ? setting.company : (signer.signerName ?? '');
	if (!isFilled(partyName)) missing('企业接收方-企业名称-');
	const partyOrder = orderOf(signer.signerOrder, isSender);
	const steps = nodes.map((node) => stepOf(node, isSender, setting));
	const person = steps.find((step) => step.person)?.person;
	return { signer, partyType, partyName, partyOrder, person, steps };
}

const NODE_TYPES = [
	'ENTERPRISE_SEAL',
	'AGENT_SIGN',
	'LEGAL_PERSON_SIGN',
	'PERSONAL_SIGN',
	'APPROVER_CHECK',
];

function stepOf(
	node: ContractInternalNode,
	isSender: boolean,
	{ world, company, documents }: Setting,
): Party['steps'][number] {
	const { nodeType } = node;
	if (!isFilled(nodeType)) return missing('内部签署节点-节点类型-');
	if (!NODE_TYPES.includes(nodeType)) return businessRefusal('内部签署节点类型错误');
	if (!isFilled(node.signerOrder)) return missing('内部签署节点-节点签署顺序-');
	const isSeal = nodeType === 'ENTERPRISE_SEAL';
	const sealsItself = node.autoSign === 'AUTO_SIGN';
	if (sealsItself && !isSeal) businessRefusal('自动签署仅支持组织签章');
	const mayLackPerson = sealsItself && node.signer === undefined;
	const person = mayLackPerson ? undefined : namedPerson(node.signer, '内部签署节点-签署人-');
	const automatic = sealsItself && isSender;
	if (isSender && person && !automatic) requireMember(world, company, person);
	return {
		nodeOrder: parseInteger(node.signerOrder),
		// An approver of another company becomes a signer, and its automatic seal waits for somebody (5.3).
		taskType: nodeType === 'APPROVER_CHECK' && isSender ? 'APPROVE' : 'SIGN',
		nodeType,
		automatic,
		// The seal of another company is not ours to choose.
		sealId: isSender ? node.sealId : undefined,
		person,
		fields: fieldsOf(node.positionParamList, isSeal ? 'seal step' : 'signature step', documents),
	};
}

/** Order numbers travel as texts; a receiver without one is 0 (5.2). */
const orderOf = (text: string | undefined, isRequired: boolean): number =>
	text === undefined && !isRequired ? 0 : parseInteger(text);

/** A line that presets its signers takes only the receivers, with its own order numbers (6.4). */
export function checkPreset({ preset }: BusinessLine, signers: ContractSigner[]): void {
	if (!preset) return;
	if (signers.length === 0) refuse(21000, '签署方信息缺失');
	if (signers.length !== preset.receivers.length)
		businessRefusal('签署方与业务线配置签署方数据不一致，无法发起');
	for (const { signerType, signerOrder } of preset.receivers) {
		const kind = signerType === 'RECEIVER_PERSONAL' ? '个人签署方' : '企业签署方';
		const sent = signers.find((signer) => orderOf(signer.signerOrder, false) === signerOrder);
		if (!sent) refuse(21000, `${kind}信息缺失`);
		else if (sent.signerType !== signerType) businessRefusal(`${kind}类型错误`);
	}
}

/** Appends parties to a contract, and whoever of them has to fill in. */
export function addParties(contract: Contract, parties: Party[]): void {
	for (const { signer, partyType, partyName, partyOrder, person, steps } of parties) {
		const party = contract.signers.push(signer) - 1;
		const of = { party, partyType, partyName, partyOrder, isDone: false };
		contract.steps.push(...steps.map((step) => ({ ...of, ...step })));
		const fills = (contract.template?.fields ?? [])
			.filter(({ by }) => by === partyOrder || by === 'receivers')
			.map(({ key }) => key);
		if (partyType !== 'SENDER' && person && fills.length > 0)
			contract.writers.push({ partyType, partyName, partyOrder, person, fills });
	}
}
