import type { IDataObject } from 'n8n-workflow';
import type { KaifangqianClient } from '../../client';
import { isCompleted, isFinal, normalStatus, statusName } from '../../status';

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

/** GET /contract/tasks (api/kaifangqian.md §6.10), the platform's only status query. */
export const contractState = async (
	client: KaifangqianClient,
	contractId: string,
	more: IDataObject = {},
	timeout?: number,
): Promise<ContractState> => {
	const result = (await client.get('/contract/tasks', { contractId, ...more }, { timeout })) as
		IDataObject | undefined;
	const platformStatus = String(result?.status ?? '');
	return {
		contractId,
		status: normalStatus(platformStatus),
		statusName: statusName(platformStatus),
		platformStatus,
		isFinal: isFinal(platformStatus),
		isCompleted: isCompleted(platformStatus),
		todoTaskList: (result?.todoTaskList ?? []) as IDataObject[],
	};
};
