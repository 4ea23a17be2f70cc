import type { INodePropertyOptions } from 'n8n-workflow';

interface EventWords extends INodePropertyOptions {
	value: string;
	platforms: string[];
}

const k = ['kaifangqian'];
const q = ['qiandun'];

/** Every event, in words. `unknown` has no entry: it is passed on whatever is chosen. */
export const events: EventWords[] = [
	{
		value: 'contract.allSigned',
		name: 'Contract All Signed',
		description:
			"Everybody has signed a contract that does not finish automatically. 'Finish' ends it.",
		platforms: k,
	},
	{
		value: 'contract.approvalRefused',
		name: 'Contract Approval Refused',
		description: 'An approver has refused (审批未通过)',
		platforms: k,
	},
	{
		value: 'contract.approved',
		name: 'Contract Approved',
		description: 'An approver has passed the contract (审批通过)',
		platforms: k,
	},
	{
		value: 'contract.completed',
		name: 'Contract Completed',
		description: 'All have signed, and the contract is completed (完成签署)',
		platforms: k,
	},
	{
		value: 'contract.deadlineChanged',
		name: 'Contract Deadline Changed',
		description: 'The signing deadline was moved (修改签署截止时间)',
		platforms: k,
	},
	{
		value: 'contract.deleted',
		name: 'Contract Deleted',
		description: 'The contract was deleted (删除合同)',
		platforms: k,
	},
	{
		value: 'contract.expired',
		name: 'Contract Expired',
		description:
			'The signing deadline has passed (合同过期). Only where the installation runs its expiry job.',
		platforms: k,
	},
	{
		value: 'contract.filled',
		name: 'Contract Filled In',
		description: 'A party has filled in its part (填写)',
		platforms: k,
	},
	{
		value: 'contract.fillRefused',
		name: 'Contract Filling In Refused',
		description: 'A party has refused to fill in its part (拒填)',
		platforms: k,
	},
	{
		value: 'contract.recalled',
		name: 'Contract Recalled',
		description: 'The sender has withdrawn the contract (撤回合同)',
		platforms: k,
	},
	{
		value: 'contract.sent',
		name: 'Contract Sent',
		description: 'The contract was started (发起签署)',
		platforms: k,
	},
	{
		value: 'contract.signed',
		name: 'Contract Signed',
		description: 'One signer has signed (签署)',
		platforms: [...k, ...q],
	},
	{
		value: 'contract.signerAdded',
		name: 'Contract Signer Added',
		description:
			'A signing step was added (添加签署节点). Kaifangqian knows this event but does not send it.',
		platforms: k,
	},
	{
		value: 'contract.signFailed',
		name: 'Contract Signing Failed',
		description: 'A signature could not be made (签署失败)',
		platforms: k,
	},
	{
		value: 'contract.signRefused',
		name: 'Contract Signing Refused',
		description: 'A signer has refused (拒签)',
		platforms: k,
	},
	{
		value: 'contract.statusChanged',
		name: 'Contract Status Changed',
		description:
			'Kaifangqian: it says that nobody has anything left to do, but the contract is in another status. Qiandun: the status has changed (合同状态变更).',
		platforms: [...k, ...q],
	},
	{
		value: 'identity.authorizationReviewed',
		name: 'Identity Authorization Reviewed',
		description: "A company's letter of authorization was reviewed (企业授权书审批结果)",
		platforms: q,
	},
	{
		value: 'identity.companyVerified',
		name: 'Identity Company Verified',
		description: 'The verification of a company has a result (企业认证结果)',
		platforms: q,
	},
	{
		value: 'identity.faceChecked',
		name: 'Identity Face Checked',
		description: 'A face check has a result (个人人脸核身结果)',
		platforms: q,
	},
	{
		value: 'identity.personVerified',
		name: 'Identity Person Verified',
		description: 'The verification of a person has a result (个人认证结果)',
		platforms: q,
	},
	{
		value: 'seal.positionsSet',
		name: 'Seal Positions Set',
		description: 'Somebody has dragged seals to their places (获取拖章定位)',
		platforms: q,
	},
	{
		value: 'seal.silentSignAuthorized',
		name: 'Seal Silent Signing Authorized',
		description: 'Silent signing with a seal is allowed from now on (合同静默签印章授权生效)',
		platforms: q,
	},
];

/** The choices of *Trigger On* for one platform. */
export const eventOptions = (platform: string): INodePropertyOptions[] => [
	{
		name: 'Any Event',
		value: '*',
		description: 'Every event, also ones that this version does not know',
	},
	...events
		.filter(({ platforms }) => platforms.includes(platform))
		.map(({ name, value, description }) => ({ name, value, description })),
];
