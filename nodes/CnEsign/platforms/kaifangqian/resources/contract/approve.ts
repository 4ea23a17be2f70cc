import { toItems } from '../../../../runtime/items/results';
import { optionsProperty, contractIdField, personFields, personOf } from '../../fields';
import { nameRule } from '../../rules';
import { isFinal } from '../../status';
import type { Operation } from '../../../../runtime/items/operation';
import { checkMovedOption, wantsLook } from '../../contract/checkStarted';
import { moveContract, NOBODY_ASKED } from '../../contract/moveContract';

/** POST /contract/approval (docs/api/kaifangqian.md, 6.6). */
export const approve: Operation = {
	value: 'approve',
	name: 'Approve',
	action: 'Approve contract',
	isFinal: true,
	description:
		"Approve or reject a contract that waits for approval in the sender's company (审批). This cannot be undone.",
	properties: [
		contractIdField,
		...personFields({
			prefix: 'signer',
			title: 'Approver',
			term: '审批人',
			who: 'the approver, who must have an open approval task',
		}),
		{
			displayName: 'Decision',
			name: 'approval',
			type: 'options',
			options: [
				{ name: 'Approve (通过)', value: 1 },
				{ name: 'Reject (不通过)', value: 0 },
			],
			default: 1,
		},
		optionsProperty([
			checkMovedOption,
			{
				displayName: 'Comment (审批原因)',
				name: 'comment',
				type: 'string',
				default: '',
				placeholder: 'e.g. 同意',
				description: 'Reason for the decision',
			},
		]),
	],
	async run(call) {
		const { parameters } = call;
		const contractId = parameters.text('contractId', { required: true });
		const signer = personOf(parameters, 'signer');
		const approval = parameters.number('approval', {
			required: true,
			integer: true,
			min: 0,
			max: 1,
		});
		return toItems(
			await moveContract(call, {
				path: '/contract/approval',
				contractId,
				body: {
					contractId,
					signer,
					approval,
					// The platform's column ends there (docs/api/kaifangqian.md, 3.3).
					comment: parameters
						.group('options')
						.text('comment', { ...nameRule(512), singleLine: false }),
				},
				isLookWanted: wantsLook(call),
				findDoubt: ({ status, todoTaskList }) => {
					if (approval === 0 && !isFinal(status))
						return `The contract is still ${status} although the approval was rejected. Look at it in the company console (企业管理后台).`;
					return approval === 1 && status === 'SIGNING' && todoTaskList.length === 0
						? NOBODY_ASKED
						: undefined;
				},
			}),
		);
	},
};
