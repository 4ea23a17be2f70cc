import type { EventDefinition } from '../../definition';

/** docs/api/kaifangqian.md, 7.3. */
export const events: EventDefinition[] = [
	{
		value: 'contract.allSigned',
		name: 'Contract All Signed',
		description:
			"Nobody has an open task any more, but the contract does not finish by itself: ask 'Get Status', then 'Finish'",
	},
	{
		value: 'contract.approvalRefused',
		name: 'Contract Approval Declined',
		description: 'An approver has rejected the contract (审批未通过)',
	},
	{
		value: 'contract.approved',
		name: 'Contract Approved',
		description: 'An approver has approved the contract (审批通过)',
	},
	{
		value: 'contract.completed',
		name: 'Contract Completed',
		description: 'All have signed, and the contract is completed (完成签署)',
	},
	{
		value: 'contract.deadlineChanged',
		name: 'Contract Deadline Changed',
		description: 'The signing deadline was moved (修改签署截止时间)',
	},
	{
		value: 'contract.deleted',
		name: 'Contract Deleted',
		description: 'The contract was deleted (删除合同)',
	},
	{
		value: 'contract.expired',
		name: 'Contract Expired',
		description:
			'The signing deadline has passed (合同过期). Only where the installation runs its expiry job.',
	},
	{
		value: 'contract.filled',
		name: 'Contract Filled In',
		description: 'A party has filled in its part (填写)',
	},
	{
		value: 'contract.fillRefused',
		name: 'Contract Fill-In Declined',
		description: 'A party has declined to fill in its part (拒填)',
	},
	{
		value: 'contract.recalled',
		name: 'Contract Recalled',
		description: 'The sender has withdrawn the contract (撤回合同)',
	},
	{
		value: 'contract.sent',
		name: 'Contract Sent',
		description: 'The contract was started (发起签署)',
	},
	{
		value: 'contract.signed',
		name: 'Contract Signed',
		description: 'One signer has signed (签署)',
	},
	{
		value: 'contract.signerAdded',
		name: 'Contract Signer Added',
		description:
			'A signing step was added (添加签署节点). Kaifangqian knows this event but does not send it.',
	},
	{
		value: 'contract.signFailed',
		name: 'Contract Signing Failed',
		description: 'A signature could not be made (签署失败)',
	},
	{
		value: 'contract.signRefused',
		name: 'Contract Signing Declined',
		description: 'A signer has declined (拒签)',
	},
	{
		value: 'contract.statusChanged',
		name: 'Contract Status Changed',
		description:
			'Nobody has anything left to do, but the contract is neither completed nor being signed',
	},
];
