import type { IDataObject } from 'n8n-workflow';
import type { KaifangqianClient } from '../../../client';
import { taskLink } from '../getTaskLink';
import { contractState } from '../tasks';

const ACTIONS: Record<string, string> = {
	SIGN: 'Sign (签署)',
	WRITE: 'Fill In (填写)',
	APPROVE: 'Approve (审批)',
};

const reasonOf = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : 'no reason was given';

/** Status and open tasks of a contract as they go into the output. Never throws: the contract is there. */
export const pendingOf = async (
	client: KaifangqianClient,
	contractId: string,
	/** Names by contact, for tasks of which the platform tells only the contact. */
	names: Map<string, string>,
	common: IDataObject,
	linkChoices: Record<string, unknown>,
): Promise<IDataObject> => {
	const notes: string[] = [];
	const task = async (open: IDataObject): Promise<IDataObject> => {
		const taskId = String(open.taskId);
		const party = (open.party ?? {}) as IDataObject;
		const contact = party.contact ?? open.partyAccount;
		const link = await taskLink(client, { contractId, taskId }, { ...linkChoices, ...common }).then(
			(result) => (result as IDataObject | undefined)?.pageUrl,
			(thrown: unknown) => {
				notes.push(
					`The link of task ${taskId} could not be fetched (${reasonOf(thrown)}): ask 'Get Task Link' for it.`,
				);
			},
		);
		return {
			person: party.name ?? names.get(String(contact)) ?? open.partyName,
			...(contact === undefined ? {} : { contact }),
			...(open.partyName === undefined ? {} : { party: open.partyName }),
			taskId,
			taskType: open.taskType,
			action: ACTIONS[String(open.taskType)] ?? open.taskType,
			...(link === undefined ? {} : { signingLink: link }),
		};
	};
	const noted = (found: IDataObject) =>
		notes.length > 0 ? { ...found, note: notes.join(' ') } : found;

	try {
		const { status, statusName, todoTaskList } = await contractState(client, contractId, common);
		const tasks: IDataObject[] = [];
		for (const open of todoTaskList) tasks.push(await task(open));
		return noted({ contractStatus: status, contractStatusName: statusName, tasks });
	} catch (thrown) {
		notes.push(
			`Status and links could not be fetched (${reasonOf(thrown)}): ask 'Get Status' and 'Get Task Link' for them.`,
		);
		return noted({ tasks: [] });
	}
};
