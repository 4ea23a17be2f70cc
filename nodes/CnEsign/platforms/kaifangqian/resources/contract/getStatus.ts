import { toItems, simplifyField } from '../../../../runtime/items/results';
import type { Operation } from '../../../../runtime/items/operation';
import { eventOfStatus } from '../../callbacks/normalise';
import { contractStateOf, simplifiedState } from '../../contract/contractState';
import { contractIdField, optionsProperty } from '../../fields';

/** GET /contract/tasks (docs/api/kaifangqian.md, 6.10). */
export const getStatus: Operation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get status of contract',
	description: 'Get the status of a contract and the tasks that are still open (获取合同待办任务)',
	properties: [
		contractIdField,
		simplifyField,
		optionsProperty([
			{
				displayName: 'Life',
				name: 'life',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description:
					"Number that the trigger gave ('life'). With it 'eventId' is that of the callback, so that nothing runs twice.",
			},
		]),
	],
	async run(call) {
		const { parameters } = call;
		const contractId = parameters.text('contractId', { required: true });
		const state = await contractStateOf(call, contractId);
		if (parameters.flag('simplify') === false) return toItems(state);
		const life = parameters.group('options').number('life', { min: 1, integer: true }) ?? 1;
		return toItems({ ...simplifiedState(state), ...eventOfStatus(contractId, state.status, life) });
	},
};
