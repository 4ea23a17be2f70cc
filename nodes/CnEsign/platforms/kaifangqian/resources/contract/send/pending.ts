import type { IDataObject } from 'n8n-workflow';
import type { KaifangqianClient } from '../../../client';
import { isProperName } from '../../../rules';
import { taskLink } from '../getTaskLink';
import { NO_ADDRESS, pointsNowhere } from '../links';
import { contactKey, type SigningStep } from '../start/steps';
import { contractState, type ContractState } from '../tasks';

const ACTIONS: Record<string, string> = {
	SIGN: 'Sign (签署)',
	WRITE: 'Fill In (填写)',
	APPROVE: 'Approve (审批)',
};

const reasonOf = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : 'no reason was given';

/** A name, unless it is the phone number or address that the platform gives for one (docs/api/kaifangqian.md, 6.10). */
const properName = (value: unknown): string | undefined =>
	isProperName(value) ? value.trim() : undefined;

interface OpenTask {
	task: IDataObject;
	/** Place in the signer list, or behind it where the list does not have this step. */
	place: number;
	step: SigningStep | undefined;
}

/** Open tasks in the order of the signer list, each with its step: the platform's own order varies. */
export const inOrderOfSteps = (tasks: IDataObject[], steps: SigningStep[]): OpenTask[] => {
	const taken = new Set<number>();
	const placeOf = ({ partyType, taskType, party }: IDataObject): number => {
		const contact = contactKey((party as IDataObject | null)?.contact);
		return steps.findIndex(
			(step, index) =>
				!taken.has(index) &&
				!step.automatic &&
				step.own === (partyType === 'SENDER') &&
				// The platform names nobody of the own company.
				(step.own && contact === ''
					? step.taskType === taskType || taskType === 'WRITE'
					: contactKey(step.contact) === contact),
		);
	};
	return tasks
		.map((task) => {
			const found = placeOf(task);
			if (found >= 0) taken.add(found);
			return { task, place: found < 0 ? steps.length : found, step: steps[found] };
		})
		.sort((a, b) => a.place - b.place);
};

/** Who has to do a task, as far as the platform or the signer list tells. */
const partyOf = ({ task, step }: OpenTask): IDataObject => {
	const party = (task.party ?? {}) as IDataObject;
	const ofCompany = task.partyType !== 'PERSONAL';
	const person =
		properName(party.name) ??
		properName(step?.name) ??
		(ofCompany ? undefined : properName(task.partyName));
	const contact = party.contact ?? step?.contact;
	const company = ofCompany ? (properName(task.partyName) ?? step?.company) : undefined;
	return {
		...(person ? { person } : {}),
		...(contact ? { contact } : {}),
		...(company ? { party: company } : {}),
	};
};

/** What there is to do and for whom, in the order of the signer list where it is known. */
const describeTask = (open: OpenTask): IDataObject => {
	const { taskId, taskType } = open.task;
	return {
		...partyOf(open),
		taskId: String(taskId),
		taskType,
		action: ACTIONS[String(taskType)] ?? taskType,
	};
};

export const describeTasks = (tasks: IDataObject[], steps: SigningStep[]): IDataObject[] =>
	inOrderOfSteps(tasks, steps).map(describeTask);

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
export const pendingOf = async (
	client: KaifangqianClient,
	contractId: string,
	{ steps, common, linkChoices, state, note }: PendingOptions,
): Promise<IDataObject> => {
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
		const seen = state ?? (await contractState(client, contractId, common));
		const tasks: IDataObject[] = [];
		for (const open of inOrderOfSteps(seen.todoTaskList, steps)) tasks.push(await described(open));
		return noted({ contractStatus: seen.status, contractStatusName: seen.statusName, tasks });
	} catch (thrown) {
		notes.push(
			`Status and links could not be fetched (${reasonOf(thrown)}): ask 'Get Status' and 'Get Task Link' for them.`,
		);
		return noted({ tasks: [] });
	}
};
