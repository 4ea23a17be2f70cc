import { toItems } from '../../../../runtime/results';
import { additionalFields, contractIdField, personFields, personOf } from '../../fields';
import { isFinal } from '../../status';
import type { KaifangqianOperation } from '../operation';
import { moveContract, NOBODY_ASKED } from './moveContract';

/** POST /contract/approval (docs/api/kaifangqian.md, 6.6). */
export const approve: KaifangqianOperation = {
	value: 'approve',
	name: 'Approve',
	action: 'Approve contract',
	description:
		"Pass or refuse a contract that waits for approval in the sender's company (审批). This cannot be undone.",
	properties: [
		contractIdField,
		...personFields(
			'signer',
			'the approver, who must have an open approval task',
			'Approver',
			true,
		),
		{
			displayName: 'Decision',
			name: 'approval',
			type: 'options',
			options: [
				{ name: 'Pass (通过)', value: 1 },
				{ name: 'Refuse (不通过)', value: 0 },
			],
			default: 1,
		},
		additionalFields([
			{
				displayName: 'Comment',
				name: 'comment',
				type: 'string',
				default: '',
				placeholder: 'e.g. 同意',
				description: 'Reason for the decision (审批原因)',
			},
		]),
	],
	async run(call) {
		const { parameters } = call;
		const contractId = parameters.text('contractId', { required: true });
		const signer = personOf(parameters, 'signer', true);
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
					comment: parameters.group('additionalFields').text('comment'),
				},
				findDoubt: ({ status, todoTaskList }) => {
					if (approval === 0 && !isFinal(status))
						return `The contract is still ${status} although the approval was refused. Look at it in the console.`;
					return approval === 1 && status === 'SIGNING' && todoTaskList.length === 0
						? NOBODY_ASKED
						: undefined;
				},
			}),
		);
	},
};
