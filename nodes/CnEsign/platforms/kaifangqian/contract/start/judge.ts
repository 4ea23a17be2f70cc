import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../../runtime/http/createClient';
import { reasonOf } from '../../../../runtime/http/errors';
import { pause } from '../../../../runtime/http/waiting';
import { getContractState, type ContractState } from '../contractState';
import { contactKey, stepsOf } from '../signers/steps';
import type { Raw } from '../signers/wireReader';

/**
 * What a contract must look like right after it was started. The published server mixes up contracts when
 * calls meet in it (docs/api/kaifangqian.md, 3.4), and still answers that all went well.
 */

/** Who was named, as far as it can be compared with the open tasks. */
export interface Expected {
	/** Steps that a person has to do, by contact. */
	stepsByContact: Map<string, number>;
	/** Steps of the sender's company, whose people the platform does not name. */
	senderSteps: number;
	/** Steps that do not happen by themselves, all together. */
	steps: number;
	/** Whether these are all signers: a business line may preset others. */
	isComplete: boolean;
	/** Whether the contract ends with the last signature. */
	autoFinish: boolean;
}

export type Judgement =
	| 'fine'
	/** Stuck while it was being started; nobody can end it any more. */
	| 'stuck'
	/** Being signed, but nobody has been asked. */
	| 'nobodyAsked'
	/** Completed although somebody had to sign. */
	| 'completeUnsigned'
	/** A person has been asked more often than named. */
	| 'askedTwice';

/** `body` as it was sent to POST /contract/draft or /contract/signer/add. */
export function expectedOf(body: Raw, presetSigners: boolean): Expected {
	const steps = stepsOf(body.signerList);
	const byPeople = steps.filter(({ automatic }) => !automatic);
	const stepsByContact = new Map<string, number>();
	for (const { contact } of byPeople) {
		const key = contactKey(contact);
		if (key !== '') stepsByContact.set(key, (stepsByContact.get(key) ?? 0) + 1);
	}
	return {
		stepsByContact,
		senderSteps: byPeople.filter(({ isSender: own }) => own).length,
		steps: byPeople.length,
		isComplete: !presetSigners && Array.isArray(body.signerList) && body.signerList.length > 0,
		autoFinish: String(body.autoFinish ?? 1) !== '0',
	};
}

const isAskedTwice = (tasks: IDataObject[], expected: Expected): boolean => {
	const asked = new Map<string, number>();
	let senderTasks = 0;
	for (const { partyType, party } of tasks) {
		if (partyType === 'SENDER') senderTasks += 1;
		const contact = contactKey((party as IDataObject | null | undefined)?.contact);
		if (contact !== '') asked.set(contact, (asked.get(contact) ?? 0) + 1);
	}
	const tooOften = [...asked].some(([contact, times]) => {
		const steps = expected.stepsByContact.get(contact);
		return steps !== undefined && times > steps;
	});
	return tooOften || (expected.senderSteps > 0 && senderTasks > expected.senderSteps);
};

/** Compares a contract with what was sent. Approvals, filling in and whatever else goes on are left alone. */
export function judge({ status, todoTaskList }: ContractState, expected: Expected): Judgement {
	if (status === 'START') return 'stuck';
	if (status === 'SIGNING' && todoTaskList.length === 0) {
		const somebodyHasToSign = expected.isComplete ? expected.steps > 0 : expected.autoFinish;
		return somebodyHasToSign ? 'nobodyAsked' : 'fine';
	}
	if (!expected.isComplete) return 'fine';
	if (status === 'COMPLETE') return expected.steps > 0 ? 'completeUnsigned' : 'fine';
	if (status === 'SIGNING') return isAskedTwice(todoTaskList, expected) ? 'askedTwice' : 'fine';
	return 'fine';
}

/** What looks wrong is looked at once more after this time: a start may still be on its way. */
const SECOND_LOOK = 2000;

export type Look =
	| { state: ContractState; judgement: Judgement; answeredAt: number }
	/** The platform could not be asked. */
	| { failed: string };

/** Looks at a contract, and once more where something seems wrong. Never throws: the contract is there. */
export async function lookAt(
	client: Client,
	contractId: string,
	expected: Expected,
	common: IDataObject,
	signal: AbortSignal | undefined,
): Promise<Look> {
	try {
		for (let last = false; ; last = true) {
			const state = await getContractState(client, contractId, common);
			const answeredAt = Date.now();
			if (state.status === '') return { failed: 'the answer names no status' };
			const judgement = judge(state, expected);
			if (judgement === 'fine' || last) return { state, judgement, answeredAt };
			await pause(SECOND_LOOK, signal);
		}
	} catch (thrown) {
		return { failed: reasonOf(thrown) };
	}
}
