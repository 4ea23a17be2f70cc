import { signersOf } from '../../contract/signers/signerInput';
import { toItems } from '../../../../runtime/items/results';
import type { ItemContext, Operation } from '../../../../runtime/items/operation';
import { omitEmpty } from '../../../../runtime/items/values';
import { optionsProperty, contractIdField, contractIdOf, operatorAccountOf } from '../../fields';
import { signerProperties } from '../../contract/signers/rowProperties';
import { isCompleted } from '../../status';
import { checkMovedOption, wantsLook } from '../../contract/checkStarted';
import { moveContract } from '../../contract/moveContract';
import { stateBeforeSending, type ContractState } from '../../contract/contractState';

/**
 * Only while somebody still has an open task: whoever is added after all have signed is never asked, and a
 * contract that is over would run again (docs/api/kaifangqian.md, 6.5).
 */
const requireOpenTask = ({ parameters }: ItemContext, { status, todoTaskList }: ContractState) => {
	if (status === 'SIGNING' && todoTaskList.length > 0) return;
	parameters.fail(
		status === 'SIGNING'
			? 'Everybody has signed already, so a signer who is added now would never be asked'
			: `The contract is ${status}, so nobody can be added`,
		status === 'SIGNING'
			? "Nothing was sent. Finish the contract ('Finish'), and start another one for further signers."
			: 'Nothing was sent. Signers can be added while a contract is being signed (SIGNING) and somebody still has to sign.',
	);
};

const PATH = '/contract/signer/add';

/** POST /contract/signer/add (docs/api/kaifangqian.md, 6.5). */
export const addSigners: Operation = {
	value: 'addSigners',
	name: 'Add Signers',
	action: 'Add signers to contract',
	isFinal: true,
	description:
		'This cannot be undone. Add signers (追加签署方) while somebody still has to sign; without a signing order everybody signs again.',
	properties: [
		contractIdField,
		...signerProperties({ countsFiles: false, takesWireForm: true }),
		optionsProperty([checkMovedOption]),
	],
	async run(call) {
		const { parameters } = call;
		const contractId = contractIdOf(parameters);
		const signerList = signersOf(call, []).toWire();
		if (signerList.length === 0)
			parameters.fail('There is no signer', 'Nothing was sent. Add at least one signer.');
		const isLookWanted = wantsLook(call);
		const body = { contractId, signerList };
		const sent = omitEmpty({ ...body, ...operatorAccountOf(parameters) });
		const state = await stateBeforeSending(call, contractId, { path: PATH, body: sent });
		if (state) requireOpenTask(call, state);
		return toItems(
			await moveContract(call, {
				path: PATH,
				contractId,
				body,
				isLookWanted,
				findFault: ({ status, todoTaskList }) => {
					if (isCompleted(status)) return 'completed, although somebody was added who has to sign';
					return todoTaskList.length === 0
						? `${status}, and nobody has an open task: whoever was added is not asked`
						: undefined;
				},
			}),
		);
	},
};
