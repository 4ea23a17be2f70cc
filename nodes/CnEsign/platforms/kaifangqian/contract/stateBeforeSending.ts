import type { ItemContext } from '../../../runtime/items/operation';
import { contractStateOf, type ContractState } from './contractState';

/**
 * The contract as it is before a call that the platform would carry out in any state. `undefined` where an
 * earlier attempt of n8n has sent the call: that has itself brought the contract into another state, and it
 * is not sent again.
 */
export async function stateBeforeSending(
	call: ItemContext,
	contractId: string,
	{ path, body }: { path: string; body: Record<string, unknown> },
): Promise<ContractState | undefined> {
	const isSent = (await call.client.earlier(path, body)) !== undefined;
	return isSent ? undefined : await contractStateOf(call, contractId);
}
