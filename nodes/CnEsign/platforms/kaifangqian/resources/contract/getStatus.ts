import { toItems } from '../../../../runtime/results';
import { additionalFields, contractIdField, given, operatorAccountOf } from '../../fields';
import type { KaifangqianOperation } from '../operation';
import { contractState } from './tasks';

export const getStatus: KaifangqianOperation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get status of contract',
	description: 'Get the status of a contract and the tasks that are still open (获取合同待办任务)',
	properties: [contractIdField, additionalFields()],
	async run({ parameters, client }) {
		const contractId = parameters.text('contractId', { required: true });
		return toItems(
			await contractState(
				client,
				contractId,
				given(operatorAccountOf(parameters)) as Record<string, string>,
			),
		);
	},
};
