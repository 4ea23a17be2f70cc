import { resultItems } from '../../../../runtime/results';
import { additionalFields, contractIdField, given, operatorAccountOf } from '../../fields';
import type { KaifangqianOperation } from '../operation';

/** An operation that sends nothing but the contract's ID. */
export const postContractId = (
	path: string,
	words: Pick<KaifangqianOperation, 'value' | 'name' | 'action' | 'description'>,
): KaifangqianOperation => ({
	...words,
	properties: [contractIdField, additionalFields()],
	async run({ parameters, client }) {
		const contractId = parameters.text('contractId', { required: true });
		const result = await client.post(path, given({ contractId, ...operatorAccountOf(parameters) }));
		return resultItems(result, { contractId });
	},
});
