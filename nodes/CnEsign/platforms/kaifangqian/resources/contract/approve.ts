import { resultItems } from '../../../../runtime/results';
import {
	additionalFields,
	contractIdField,
	given,
	operatorAccountOf,
	personFields,
	personOf,
} from '../../fields';
import type { KaifangqianOperation } from '../operation';

/** POST /contract/approval (api/kaifangqian.md §6.6). */
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
	async run({ parameters, client }) {
		const contractId = parameters.text('contractId', { required: true });
		const result = await client.post(
			'/contract/approval',
			given({
				contractId,
				signer: personOf(parameters, 'signer', true),
				approval: parameters.number('approval', { required: true, integer: true, min: 0, max: 1 }),
				comment: parameters.group('additionalFields').text('comment'),
				...operatorAccountOf(parameters),
			}),
		);
		return resultItems(result, { contractId });
	},
};
