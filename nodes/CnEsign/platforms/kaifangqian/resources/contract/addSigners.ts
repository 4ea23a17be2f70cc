import { lazily } from '../../../../runtime/lazily';
import { resultItems } from '../../../../runtime/results';
import {
	additionalFields,
	contractIdField,
	contractIdOf,
	operatorAccountOf,
	given,
} from '../../fields';
import { signerProperties } from '../../signerFields';
import type { KaifangqianOperation } from '../operation';

const signerInput = lazily(async () => await import('../../signerInput.js'));

/** POST /contract/signer/add (api/kaifangqian.md §6.5). */
export const addSigners: KaifangqianOperation = {
	value: 'addSigners',
	name: 'Add Signers',
	action: 'Add signers to contract',
	description:
		"Add signers to a running contract (追加签署方). It must have been created with 'Finish Automatically' turned off.",
	properties: [contractIdField, ...signerProperties(true), additionalFields()],
	async run({ parameters, client }) {
		const { signersOf } = await signerInput();
		const contractId = contractIdOf(parameters);
		const name = parameters.text('signersInput') === 'json' ? 'signersJson' : 'signers';
		const signerList =
			signersOf(parameters, []) ??
			parameters.fail(`${parameters.label(name)} is empty`, 'Add at least one signer.');
		const result = await client.post(
			'/contract/signer/add',
			given({ contractId, signerList, ...operatorAccountOf(parameters) }),
		);
		return resultItems(result, { contractId });
	},
};
