import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../runtime/http/createClient';
import { reasonOf } from '../../../runtime/http/errors';
import { getContractState, type ContractState } from './contractState';
import { NO_ADDRESS, pointsNowhere, taskLink } from './links';
import type { SigningStep } from './signers/steps';
import { describeTask, inOrderOfSteps, type OpenTask } from './tasks';

export interface PendingOptions {
	/** The steps of the signer list where it is known. */
	steps: SigningStep[];
	common: IDataObject;
	linkChoices: Record<string, unknown>;
	/** What was seen already, and what is to be said about it. */
	state?: ContractState;
	note?: string;
}

/** Status and open tasks of a contract as they go into the output. Never throws: the contract is there. */
export async function pendingOf(
	client: Client,
	contractId: string,
	{ steps, common, linkChoices, state, note }: PendingOptions,
): Promise<IDataObject> {
	// The platform could not be asked a moment ago.
	if (note !== undefined && state === undefined) return { tasks: [], note };
	const notes: string[] = note === undefined ? [] : [note];
	const described = async (open: OpenTask): Promise<IDataObject> => {
		const taskId = String(open.task.taskId);
		const link = await taskLink(client, { contractId, taskId }, { ...linkChoices, ...common }).then(
			(result) => (result as IDataObject | undefined)?.pageUrl,
			(thrown: unknown) => {
				notes.push(
					`The link of task ${taskId} could not be fetched (${reasonOf(thrown)}): ask 'Get Task Link' for it.`,
				);
			},
		);
		if (pointsNowhere(link) && !notes.includes(NO_ADDRESS)) notes.push(NO_ADDRESS);
		return { ...describeTask(open), ...(link === undefined ? {} : { signingLink: link }) };
	};
	const noted = (found: IDataObject) =>
		notes.length > 0 ? { ...found, note: notes.join(' ') } : found;

	try {
		const seen = state ?? (await getContractState(client, contractId, common));
		const tasks: IDataObject[] = [];
		for (const open of inOrderOfSteps(seen.todoTaskList, steps)) tasks.push(await described(open));
		return noted({ status: seen.status, statusName: seen.statusName, tasks });
	} catch (thrown) {
		notes.push(
			`Status and links could not be fetched (${reasonOf(thrown)}): ask 'Get Status' and 'Get Task Link' for them.`,
		);
		return noted({ tasks: [] });
	}
}
