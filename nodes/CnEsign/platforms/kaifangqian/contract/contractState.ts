import { OperationalError, type IDataObject } from 'n8n-workflow';
import type { Client } from '../../../runtime/http/createClient';
import type { ItemContext } from '../../../runtime/items/operation';
import { operatorAccountOf } from '../fields';
import { isCompleted, isFinal, normalStatus, statusName } from '../status';
import { describeTasks } from './tasks';

export interface ContractState extends IDataObject {
	contractId: string;
	/** In one spelling; see `status.ts`. */
	status: string;
	/** In words. */
	statusName: string;
	/** As the platform spelled it. */
	platformStatus: string;
	isFinal: boolean;
	isCompleted: boolean;
	todoTaskList: IDataObject[];
}

/** GET /contract/tasks (docs/api/kaifangqian.md, 6.10), the platform's only status query. */
export async function getContractState(
	client: Client,
	contractId: string,
	common: IDataObject,
	timeout?: number,
): Promise<ContractState> {
	const result = (await client.get('/contract/tasks', { contractId, ...common }, { timeout })) as
		IDataObject | undefined;
	const platformStatus = String(result?.status ?? '');
	const tasks = result?.todoTaskList ?? [];
	// Never seen; but taken for an empty list it would get contracts recalled or finished.
	if (!Array.isArray(tasks)) throw new OperationalError('The answer holds no list of open tasks');
	return {
		contractId,
		status: normalStatus(platformStatus),
		statusName: statusName(platformStatus),
		platformStatus,
		isFinal: isFinal(platformStatus),
		isCompleted: isCompleted(platformStatus),
		todoTaskList: tasks as IDataObject[],
	};
}

/** The same for an operation, which carries the operator account that its options name. */
export async function contractStateOf(
	{ client, parameters }: ItemContext,
	contractId: string,
): Promise<ContractState> {
	return await getContractState(client, contractId, operatorAccountOf(parameters));
}

/** The state in this package's words: one name for one thing. */
export function simplifiedState({
	contractId,
	status,
	statusName,
	isFinal: over,
	isCompleted: completed,
	todoTaskList,
}: ContractState): IDataObject {
	return {
		contractId,
		status,
		statusName,
		isFinal: over,
		isCompleted: completed,
		tasks: describeTasks(todoTaskList, []),
	};
}

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
