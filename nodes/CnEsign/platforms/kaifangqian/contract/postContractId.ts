import { resultItems } from '../../../runtime/items/results';
import { omitEmpty } from '../../../runtime/items/values';
import { optionsProperty, contractIdField, operatorAccountOf } from '../fields';
import type { Operation } from '../../../runtime/items/operation';
import { stateBeforeSending, type ContractState } from './contractState';

interface ByContractId extends Pick<
	Operation,
	'value' | 'name' | 'action' | 'isFinal' | 'description'
> {
	/** Why the call must not be made for a contract in this state; the platform is asked first. */
	refuse?(state: ContractState): { message: string; hint: string } | undefined;
}

/** An operation that sends nothing but the contract's ID. */
export function postContractId(path: string, { refuse, ...texts }: ByContractId): Operation {
	return {
		...texts,
		properties: [contractIdField, optionsProperty()],
		async run(call) {
			const { parameters, client } = call;
			const contractId = parameters.text('contractId', { required: true });
			const body = omitEmpty({ contractId, ...operatorAccountOf(parameters) });
			const state = refuse && (await stateBeforeSending(call, contractId, { path, body }));
			const refusal = state && refuse?.(state);
			if (refusal) parameters.fail(refusal.message, refusal.hint);
			const result = await client.post(path, body);
			return resultItems(result, { contractId });
		},
	};
}
