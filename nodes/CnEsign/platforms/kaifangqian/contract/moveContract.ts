import type { IDataObject } from 'n8n-workflow';
import { asNodeError, reasonOf, toApiError } from '../../../runtime/http/errors';
import type { ItemContext } from '../../../runtime/items/operation';
import { saysMixedUp } from '../codes';
import { omitEmpty } from '../../../runtime/items/values';
import { operatorAccountOf } from '../fields';
import { describeTasks } from './tasks';
import { getContractState, type ContractState } from './contractState';

/**
 * Calls that move a running contract along. The platform can mix them up when others are at work
 * (docs/api/kaifangqian.md, 3.4), so the contract is looked at afterwards. What looks wrong is only reported:
 * somebody may have signed it.
 */

export interface Move {
	path: string;
	contractId: string;
	body: Record<string, unknown>;
	/** Read with the other parameters: a wrong value must not come up when the call is made. */
	isLookWanted: boolean;
	/** What is wrong with the contract as it is now, in words that complete "Contract … is …". */
	findFault?(state: ContractState): string | undefined;
	/** Something that may be right or wrong, for a `note`. */
	findDoubt?(state: ContractState): string | undefined;
}

/** Normal for a contract that does not finish automatically, wrong for all others. */
export const NOBODY_ASKED =
	'Nobody has an open task. If somebody still has to sign, look at the contract in the company console (企业管理后台).';

const openTasks = ({ todoTaskList }: ContractState): string =>
	todoTaskList.length === 0 ? 'nobody has an open task' : `open tasks: ${todoTaskList.length}`;

/** Makes the call; the result has what the platform returned, and the contract's status afterwards. */
export async function moveContract(call: ItemContext, move: Move): Promise<IDataObject> {
	const { client, exec, index, parameters } = call;
	const { path, contractId, body, isLookWanted, findFault, findDoubt } = move;
	const common = operatorAccountOf(parameters);
	const look = async () => await getContractState(client, contractId, common);

	let result: IDataObject | undefined;
	try {
		result = (await client.post(path, omitEmpty({ ...body, ...common }))) as
			IDataObject | undefined;
	} catch (thrown) {
		const fault = asNodeError(exec.getNode(), thrown, index);
		if (saysMixedUp(fault.message)) {
			const seen = await look().then(
				(state) => `The contract is ${state.status} now; ${openTasks(state)}.`,
				() => "What has become of the contract could not be asked: see 'Get Status'.",
			);
			fault.description = `Other calls, or people who sign on its pages, have gotten in the way of this one in the platform. ${seen} Run the item again if it was not carried out.`;
		}
		throw fault;
	}
	const done: IDataObject = { ...(result ? {} : { success: true }), contractId, ...result };
	if (!isLookWanted) return done;
	let state: ContractState;
	try {
		state = await look();
	} catch (thrown) {
		return {
			...done,
			note: `The call was carried out, but the contract could not be looked at afterwards (${reasonOf(thrown)}). Ask 'Get Status'.`,
		};
	}
	const wrong = state.status === 'START' ? 'stuck in START' : findFault?.(state);
	if (wrong !== undefined)
		throw toApiError(exec.getNode(), {
			message: `Kaifangqian has carried out the call, but contract ${contractId} is ${wrong}`,
			description: `Other calls, or people who sign on its pages, have probably gotten in the way of this one. Look at the contract in the company console (企业管理后台) before you run this item again.`,
			itemIndex: index,
			outcomeUnknown: true,
		});
	const doubt = findDoubt?.(state);
	return {
		...done,
		status: state.status,
		tasks: describeTasks(state.todoTaskList, []),
		...(doubt === undefined ? {} : { note: doubt }),
	};
}
