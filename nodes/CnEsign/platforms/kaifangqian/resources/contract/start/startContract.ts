import type { IDataObject } from 'n8n-workflow';
import { attemptOf, isUndecided, type Attempt } from '../../../../../runtime/attempts';
import {
	apiError,
	asNodeFault,
	compactLeftBehind,
	type LeftBehind,
	type NodeFault,
	type Refusal,
} from '../../../../../runtime/errors';
import type { ItemCall } from '../../../../../runtime/types';
import { cancelled, pause } from '../../../../../runtime/waiting';
import type { KaifangqianClient } from '../../../client';
import { leavesDraft, saysMixedUp } from '../../../codes';
import type { Raw } from '../../../wire';
import type { ContractState } from '../tasks';
import { expectedOf } from './judge';
import { lookAt } from './look';
import * as words from './words';

/**
 * POST /contract/draft as the operations call it that start contracts: sent once, looked at afterwards, and
 * put right where the platform has mixed it up without asking anybody (docs/api/kaifangqian.md, 3.4).
 */

type Call = ItemCall<KaifangqianClient>;

/** How often a start that has asked nobody is sent again; in n8n's own retries, too. */
const MOST_REPEATS = 2;
/** Somebody may have signed a contract by then, so it is not recalled any more. */
const LATEST_RECALL = 10_000;
const FIRST_PAUSE = 1000;

/** What is kept of a start between n8n's retries. */
interface StartAttempt extends Attempt {
	/** How often it was sent again after a contract that asked nobody. */
	repeats?: number;
	/** Contracts in a row that were being signed by nobody. */
	emptyInARow?: number;
	abandoned?: Array<{ id: string; status: string }>;
	drafts?: number;
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
}

export interface StartOptions {
	/** The business line names signers that were not sent. */
	presetSigners: boolean;
	attempt?: Attempt;
	/** Said besides when a call was refused, or when its outcome is unknown. */
	sentences?: { refused: string; unknown: string };
}

const leftBy = ({ abandoned, drafts }: StartAttempt): LeftBehind | undefined =>
	compactLeftBehind({ contracts: abandoned, drafts });

const wantsLook = ({ exec }: Call): boolean =>
	(exec.getNodeParameter('options', 0, {}) as IDataObject).checkStarted !== false;

/** The wait before a start is sent again; spread, so that two items do not meet a second time. */
const pauseBefore = (repeat: number): number => FIRST_PAUSE * repeat + Math.random() * 500;

/** Whether a former attempt has decided what becomes of this item, so that nothing is sent for it any more. */
export const isDecided = (attempt: StartAttempt): boolean =>
	attempt.sent === true || attempt.result !== undefined || attempt.stopped !== undefined;

export async function startContract(
	call: Call,
	body: Raw,
	{ presetSigners, sentences, attempt = attemptOf(call, body) }: StartOptions,
): Promise<Started> {
	const { client, exec, index, settings } = call;
	const kept = attempt as StartAttempt;
	const isStart = body.send === '1';

	const error = (refusal: Refusal): NodeFault => {
		const fault = apiError(exec.getNode(), { ...refusal, itemIndex: index });
		const left = leftBy(kept);
		if (left) fault.context.leftBehind = left;
		return fault;
	};
	const stop = (refusal: { message: string; description: string }, outcomeUnknown: boolean) => {
		kept.stopped = { ...refusal, outcomeUnknown };
		return error(kept.stopped);
	};
	const started = (result: IDataObject, more: Pick<Started, 'state' | 'note'> = {}): Started => {
		kept.result = result;
		const leftBehind = leftBy(kept);
		return {
			contractId: String(result.contractId),
			result,
			...more,
			...(leftBehind ? { leftBehind } : {}),
		};
	};

	/** Sends once. A clear refusal leaves the attempt open for another one. */
	const send = async (): Promise<IDataObject> => {
		kept.sent = true;
		let result: IDataObject;
		try {
			result = ((await client.post('/contract/draft', body)) ?? {}) as IDataObject;
		} catch (thrown) {
			const fault = asNodeFault(exec.getNode(), thrown, index);
			const undecided = isUndecided(fault);
			if (!undecided) {
				kept.sent = false;
				if (leavesDraft(fault.message)) kept.drafts = (kept.drafts ?? 0) + 1;
			}
			if (sentences)
				fault.description = [fault.description, undecided ? sentences.unknown : sentences.refused]
					.filter(Boolean)
					.join(' ');
			throw fault;
		}
		if (typeof result.contractId === 'string' && result.contractId !== '') return result;
		throw error({ ...words.noContractId, outcomeUnknown: true });
	};

	/** Sends, and repeats what was refused because two calls had met: nobody has been asked by it. */
	const sendUntilTaken = async (): Promise<IDataObject> => {
		for (let repeat = 1; ; repeat++) {
			try {
				return await send();
			} catch (thrown) {
				const fault = asNodeFault(exec.getNode(), thrown, index);
				const mixedUp = isStart && !isUndecided(fault) && saysMixedUp(fault.message);
				if (mixedUp && repeat <= MOST_REPEATS) {
					await pause(pauseBefore(repeat), settings.signal);
					continue;
				}
				if (mixedUp) fault.description = words.stillRefused;
				const left = leftBy(kept);
				if (left) fault.context.leftBehind = left;
				throw fault;
			}
		}
	};

	/** Takes a contract back that has asked nobody, so that another one can take its place. */
	const recall = async (contractId: string): Promise<void> => {
		try {
			await client.post('/contract/recall', { contractId });
		} catch (thrown) {
			const fault = asNodeFault(exec.getNode(), thrown, index);
			if (settings.signal?.aborted)
				throw error({
					message: cancelled().message,
					description: words.cancelledWhileRecalling(contractId),
					outcomeUnknown: true,
				});
			throw stop(words.notRecalled(contractId, fault.message), true);
		}
	};

	const putAside = (contractId: string, status: string): void => {
		(kept.abandoned ??= []).push({ id: contractId, status });
		kept.sent = false;
	};

	const waitBeforeRepeat = async (contractId: string, status: string): Promise<void> => {
		kept.repeats = (kept.repeats ?? 0) + 1;
		try {
			await pause(pauseBefore(kept.repeats), settings.signal);
		} catch {
			throw error({
				message: cancelled().message,
				description: words.cancelledBeforeRepeat(contractId, status),
			});
		}
	};

	if (kept.result) return started(kept.result);
	if (kept.stopped) throw error(kept.stopped);
	if (kept.sent) throw error({ ...words.sentBefore, outcomeUnknown: true });

	for (;;) {
		const result = await sendUntilTaken();
		const startedAt = Date.now();
		const contractId = String(result.contractId);
		if (!isStart || !wantsLook(call)) return started(result);

		const look = await lookAt(client, contractId, expectedOf(body, presetSigners), settings.signal);
		if ('failed' in look) return started(result, { note: words.notLookedAt(look.failed) });
		const { state, judgement, answeredAt } = look;
		if (judgement === 'fine') return started(result, { state });
		if (judgement === 'completeUnsigned') throw stop(words.completeUnsigned(contractId), true);
		if (judgement === 'askedTwice') throw stop(words.askedTwice(contractId), true);
		if (answeredAt - startedAt > LATEST_RECALL)
			throw stop(words.seenTooLate(contractId, state.status), true);

		if (judgement === 'nobodyAsked') {
			await recall(contractId);
			putAside(contractId, 'RECALLED');
			kept.emptyInARow = (kept.emptyInARow ?? 0) + 1;
			if (kept.emptyInARow >= 2) throw stop(words.lineAsksNobody, false);
		} else {
			putAside(contractId, state.status);
			kept.emptyInARow = 0;
		}
		if ((kept.repeats ?? 0) >= MOST_REPEATS) throw stop(words.askedNobodyAgain, false);
		await waitBeforeRepeat(contractId, kept.abandoned?.at(-1)?.status ?? '');
	}
}
