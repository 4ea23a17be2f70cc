import { lazily } from '../../../../runtime/lazily';
import { toItems } from '../../../../runtime/results';
import type { ItemCall } from '../../../../runtime/types';
import type { KaifangqianClient } from '../../client';
import { additionalFields, contractIdField, contractIdOf } from '../../fields';
import { signerProperties } from '../../signerFields';
import { isCompleted } from '../../status';
import type { KaifangqianOperation } from '../operation';
import { moveContract } from './moveContract';
import { stateBefore } from './stateBefore';

const signerInput = lazily(async () => await import('../../signerInput.js'));

/**
 * Only while somebody still has an open task: whoever is added after all have signed is never asked, and a
 * contract that is over would run again (docs/api/kaifangqian.md, 6.5).
 */
const requireOpenTask = async (call: ItemCall<KaifangqianClient>, contractId: string) => {
	const { status, todoTaskList } = await stateBefore(call, contractId);
	if (status === 'SIGNING' && todoTaskList.length > 0) return;
	call.parameters.fail(
		status === 'SIGNING'
			? 'Everybody has signed already, so a signer who is added now would never be asked'
			: `The contract is ${status}, so nobody can be added`,
		status === 'SIGNING'
			? "Nothing was sent. Finish the contract ('Finish'), and start another one for further signers."
			: 'Nothing was sent. Signers can be added while a contract is being signed (SIGNING) and somebody still has to sign.',
	);
};

/** POST /contract/signer/add (docs/api/kaifangqian.md, 6.5). */
export const addSigners: KaifangqianOperation = {
	value: 'addSigners',
	name: 'Add Signers',
	action: 'Add signers to contract',
	description:
		"Add signers to a contract that somebody still has to sign (追加签署方). It must have been created with 'Finish Automatically' turned off. Without a signing order everybody is asked to sign again.",
	properties: [contractIdField, ...signerProperties(true), additionalFields()],
	async run(call) {
		const { parameters } = call;
		const { signersOf } = await signerInput();
		const contractId = contractIdOf(parameters);
		const name = parameters.text('signersInput') === 'json' ? 'signersJson' : 'signers';
		const signerList =
			signersOf(parameters, []) ??
			parameters.fail(`${parameters.label(name)} is empty`, 'Add at least one signer.');
		await requireOpenTask(call, contractId);
		return toItems(
			await moveContract(call, {
				path: '/contract/signer/add',
				contractId,
				body: { contractId, signerList },
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
