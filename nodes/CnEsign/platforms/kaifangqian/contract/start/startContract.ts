import type { IDataObject } from 'n8n-workflow';
import {
	toApiError,
	asNodeError,
	isOutcomeUnknown,
	compactLeftBehind,
	type LeftBehind,
	type NodeError,
	type ErrorDetails,
} from '../../../../runtime/http/errors';
import type { Written } from '../../../../runtime/http/createClient';
import type { ItemContext } from '../../../../runtime/items/operation';
import { cancelled, pause } from '../../../../runtime/http/waiting';
import { DRAFT_PATH } from '../../calls';
import { leavesDraft, saysMixedUp } from '../../codes';
import { operatorAccountOf } from '../../fields';
import type { Raw } from '../signers/wireReader';
import type { ContractState } from '../contractState';
import { expectedOf, lookAt } from './judge';
import * as messages from './messages';

/**
 * POST /contract/draft as the operations call it that start contracts: sent once, looked at afterwards, and
 * put right where the platform has mixed it up without asking anybody (docs/api/kaifangqian.md, 3.4).
 */

/** How often a start that has asked nobody is sent again; in n8n's own retries, too. */
const MOST_REPEATS = 2;
/** Somebody may have signed a contract by then, so it is not recalled any more. */
const LATEST_RECALL = 10_000;
const FIRST_PAUSE = 1000;

/** What is kept of a start between n8n's retries, besides its calls. */
interface KeptStart extends IDataObject {
	/** How often it was sent again after a contract that asked nobody. */
	repeats?: number;
	/** Contracts in a row that were being signed by nobody. */
	emptyInARow?: number;
	abandoned?: Array<{ id: string; status: string }>;
	drafts?: number;
	/** The contract was looked at and is as it should be. */
	isChecked?: boolean;
	/** Why nothing may be sent for this item any more. */
	stopped?: { message: string; description: string; outcomeUnknown: boolean };
}

export interface Started {
	contractId: string;
	result: IDataObject;
	/** As seen right after the start; missing where nobody looked. */
	state?: ContractState;
	note?: string;
	leftBehind?: LeftBehind;
	/** Set where an earlier attempt of n8n has started it; `about` as it was then. */
	earlier?: Written['earlier'];
}

export interface StartOptions {
	/** Read before anything is sent: a wrong value must not come up when the contract is there. */
	isLookWanted: boolean;
	/** The business line names signers that were not sent. */
	presetSigners: boolean;
	/** What is meant by the body, for n8n's retries; the body itself unless given. */
	meaning?(): Promise<unknown>;
	/** Of the contract as it is sent; given back by a retry. No persons. */
	about: IDataObject;
	/** Said besides when a call was refused, or when its outcome is unknown. */
	sentences?: { refused: string; unknown: string };
}

const leftBy = ({ abandoned, drafts }: KeptStart): LeftBehind | undefined =>
	compactLeftBehind({ contracts: abandoned, drafts });

/** The wait before a start is sent again; spread, so that two items do not meet a second time. */
const pauseBefore = (repeat: number): number => FIRST_PAUSE * repeat + Math.random() * 500;

/** Drafts a contract, or starts it and looks at it. Throws where it is wrong and cannot be put right. */
export async function startContract(
	call: ItemContext,
	body: Raw,
	{ isLookWanted, presetSigners, sentences, meaning, about }: StartOptions,
): Promise<Started> {
	const { client, exec, index, settings, parameters } = call;
	const kept: KeptStart = client.retryState('start', meaning ? await meaning() : body);
	const isStart = body.send === '1';
	const common = operatorAccountOf(parameters);

	const error = (details: ErrorDetails): NodeError => {
		const fault = toApiError(exec.getNode(), { ...details, itemIndex: index });
		const left = leftBy(kept);
		if (left) fault.context.leftBehind = left;
		return fault;
	};
	const stop = (refusal: { message: string; description: string }, outcomeUnknown: boolean) => {
		kept.stopped = { ...refusal, outcomeUnknown };
		return error(kept.stopped);
	};
	const started = (result: IDataObject, details: Partial<Started>): Started => {
		const leftBehind = leftBy(kept);
		return {
			contractId: String(result.contractId),
			result,
			...details,
			...(leftBehind ? { leftBehind } : {}),
		};
	};

	/** Sends once. A clear refusal leaves the way open for another attempt. */
	const send = async (): Promise<{ result: IDataObject; earlier?: Written['earlier'] }> => {
		try {
			const { result, earlier } = await client.write(DRAFT_PATH, body, { meaning, about });
			const made = (result ?? {}) as IDataObject;
			if (typeof made.contractId === 'string' && made.contractId !== '')
				return { result: made, earlier };
		} catch (thrown) {
			const fault = asNodeError(exec.getNode(), thrown, index);
			const isUnknown = isOutcomeUnknown(fault);
			if (!isUnknown && leavesDraft(fault.message)) kept.drafts = (kept.drafts ?? 0) + 1;
			if (sentences)
				fault.description = [fault.description, isUnknown ? sentences.unknown : sentences.refused]
					.filter(Boolean)
					.join(' ');
			throw fault;
		}
		throw error({ ...messages.noContractId, outcomeUnknown: true });
	};

	/** Sends, and repeats what was refused because two calls had met: nobody has been asked by it. */
	const sendUntilTaken = async (): ReturnType<typeof send> => {
		for (let repeat = 1; ; repeat++) {
			try {
				return await send();
			} catch (thrown) {
				const fault = asNodeError(exec.getNode(), thrown, index);
				const mixedUp = isStart && !isOutcomeUnknown(fault) && saysMixedUp(fault.message);
				if (mixedUp && repeat <= MOST_REPEATS) {
					await pause(pauseBefore(repeat), settings.signal);
					continue;
				}
				if (mixedUp) fault.description = messages.stillRefused;
				const left = leftBy(kept);
				if (left) fault.context.leftBehind = left;
				throw fault;
			}
		}
	};

	/** Takes a contract back that has asked nobody, so that another one can take its place. */
	const recall = async (contractId: string): Promise<void> => {
		try {
			await client.post('/contract/recall', { contractId, ...common });
		} catch (thrown) {
			const fault = asNodeError(exec.getNode(), thrown, index);
			if (settings.signal?.aborted)
				throw error({
					message: cancelled().message,
					description: messages.cancelledWhileRecalling(contractId),
					outcomeUnknown: true,
				});
			throw stop(messages.notRecalled(contractId, fault.message), true);
		}
	};

	const putAside = (contractId: string, status: string): void => {
		(kept.abandoned ??= []).push({ id: contractId, status });
		client.abandon(DRAFT_PATH, body);
	};

	const waitBeforeRepeat = async (contractId: string, status: string): Promise<void> => {
		kept.repeats = (kept.repeats ?? 0) + 1;
		try {
			await pause(pauseBefore(kept.repeats), settings.signal);
		} catch {
			throw error({
				message: cancelled().message,
				description: messages.cancelledBeforeRepeat(contractId, status),
			});
		}
	};

	/** A start of an earlier attempt that nobody has looked at. By now somebody may have signed it. */
	const checkEarlier = async (contractId: string): Promise<Pick<Started, 'state' | 'note'>> => {
		const look = await lookAt(client, contractId, expected, common, settings.signal);
		if ('failed' in look) return { note: messages.notLookedAt(look.failed) };
		if (look.judgement === 'stuck' || look.judgement === 'nobodyAsked')
			throw stop(messages.seenTooLate(contractId, look.state.status), true);
		return { state: look.state };
	};

	if (kept.stopped) throw error(kept.stopped);
	const expected = expectedOf(body, presetSigners);

	for (;;) {
		const { result, earlier } = await sendUntilTaken();
		const startedAt = Date.now();
		const contractId = String(result.contractId);
		if (!isLookWanted || (earlier && kept.isChecked)) return started(result, { earlier });
		if (earlier) return started(result, { earlier, ...(await checkEarlier(contractId)) });

		const look = await lookAt(client, contractId, expected, common, settings.signal);
		if ('failed' in look) return started(result, { note: messages.notLookedAt(look.failed) });
		const { state, judgement, answeredAt } = look;
		kept.isChecked = judgement === 'fine';
		if (judgement === 'fine') return started(result, { state });
		if (judgement === 'completeUnsigned') throw stop(messages.completeUnsigned(contractId), true);
		if (judgement === 'askedTwice') throw stop(messages.askedTwice(contractId), true);
		if (answeredAt - startedAt > LATEST_RECALL)
			throw stop(messages.seenTooLate(contractId, state.status), true);

		if (judgement === 'nobodyAsked') {
			await recall(contractId);
			putAside(contractId, 'RECALLED');
			kept.emptyInARow = (kept.emptyInARow ?? 0) + 1;
			if (kept.emptyInARow >= 2) throw stop(messages.lineAsksNobody, false);
		} else {
			putAside(contractId, state.status);
			kept.emptyInARow = 0;
		}
		if ((kept.repeats ?? 0) >= MOST_REPEATS) throw stop(messages.askedNobodyAgain, false);
		await waitBeforeRepeat(contractId, kept.abandoned?.at(-1)?.status ?? '');
	}
}
