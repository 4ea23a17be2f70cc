import type { IDataObject } from 'n8n-workflow';
import type { ItemCall } from '../../../../runtime/types';
import type { KaifangqianClient } from '../../client';
import { given, operatorAccountOf } from '../../fields';
import { contractState, type ContractState } from './tasks';

/** The contract as it is before a call that the platform would carry out in any state. */
export const stateBefore = async (
	{ client, parameters }: ItemCall<KaifangqianClient>,
	contractId: string,
): Promise<ContractState> =>
	await contractState(client, contractId, given(operatorAccountOf(parameters)) as IDataObject);
