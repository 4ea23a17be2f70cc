import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../../runtime/http/createClient';
import { reasonOf } from '../../../../runtime/http/errors';
import { pause } from '../../../../runtime/http/waiting';
import { getContractState, type ContractState } from '../contractState';
import { judge, type Expected, type Judgement } from './judge';

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
