import type { IDataObject } from 'n8n-workflow';
import { isProperName } from '../rules';
import { contactKey, type SigningStep } from './signers/steps';

const ACTIONS: Record<string, string> = {
	SIGN: 'Sign (签署)',
	WRITE: 'Fill In (填写)',
	APPROVE: 'Approve (审批)',
};

/** A name, unless it is the phone number or address that the platform gives for one (docs/api/kaifangqian.md, 6.10). */
const properName = (value: unknown): string | undefined =>
	isProperName(value) ? value.trim() : undefined;

export interface OpenTask {
	task: IDataObject;
	/** Place in the signer list, or behind it where the list does not have this step. */
	place: number;
	step: SigningStep | undefined;
}

/** Open tasks in the order of the signer list, each with its step: the platform's own order varies. */
export function inOrderOfSteps(tasks: IDataObject[], steps: SigningStep[]): OpenTask[] {
	const taken = new Set<number>();
	const placeOf = ({ partyType, taskType, party }: IDataObject): number => {
		const contact = contactKey((party as IDataObject | null)?.contact);
		return steps.findIndex(
			(step, index) =>
				!taken.has(index) &&
				!step.automatic &&
				step.isSender === (partyType === 'SENDER') &&
				// The platform names nobody of the own company.
				(step.isSender && contact === ''
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
}

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
		...(person ? { signerName: person } : {}),
		...(contact ? { signerContact: contact } : {}),
		...(company ? { signerCompany: company } : {}),
	};
};

/** What there is to do and for whom, as it goes into the output. */
export function describeTask(open: OpenTask): IDataObject {
	const { taskId, taskType } = open.task;
	return {
		...partyOf(open),
		taskId: String(taskId),
		taskType,
		action: ACTIONS[String(taskType)] ?? taskType,
	};
}

/** The same of all open tasks, in the order of the signer list where it is known. */
export function describeTasks(tasks: IDataObject[], steps: SigningStep[]): IDataObject[] {
	return inOrderOfSteps(tasks, steps).map(describeTask);
}
