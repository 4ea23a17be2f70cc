import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../../../runtime/items/operation';
import { omitEmpty, operatorAccountOf } from '../fields';
import { getContractState, type ContractState } from './contractState';

/** The contract as it is before a call that the platform would carry out in any state. */
export async function stateBefore(
	{ client, parameters }: ItemContext,
	contractId: string,
): Promise<ContractState> {
	return await getContractState(
		client,
		contractId,
		omitEmpty(operatorAccountOf(parameters)) as IDataObject,
	);
}
