import { resultItems } from '../../../../runtime/results';
import { additionalFields, contractIdField, given, operatorAccountOf } from '../../fields';
import type { KaifangqianOperation } from '../operation';
import { stateBefore } from './stateBefore';
import type { ContractState } from './tasks';

interface ByContractId extends Pick<
	KaifangqianOperation,
	'value' | 'name' | 'action' | 'description'
> {
	/** Why the call must not be made for a contract in this state; the platform is asked first. */
	refuse?(state: ContractState): { message: string; hint: string } | undefined;
}

/** An operation that sends nothing but the contract's ID. */
export const postContractId = (
	path: string,
	{ refuse, ...words }: ByContractId,
): KaifangqianOperation => ({
	...words,
	properties: [contractIdField, additionalFields()],
	async run(call) {
		const { parameters, client } = call;
		const contractId = parameters.text('contractId', { required: true });
		const refusal = refuse?.(await stateBefore(call, contractId));
		if (refusal) parameters.fail(refusal.message, refusal.hint);
		const result = await client.post(path, given({ contractId, ...operatorAccountOf(parameters) }));
		return resultItems(result, { contractId });
	},
});
