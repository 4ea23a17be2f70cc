import type { IDataObject } from 'n8n-workflow';
import { resultItems } from '../../../../runtime/items/results';
import { omitEmpty } from '../../../../runtime/items/values';
import { requireOneOf } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

/** GET /open/contract/signer (docs/api/qiandun.md, 5.7). */
export const getSigner: Operation = {
	value: 'getSigner',
	name: 'Get Signer',
	action: 'Get signer of contract',
	description: 'Get the progress of one signer of a contract (查询签署方信息)',
	properties: [
		{
			displayName: 'Contract ID',
			name: 'contractId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1897893172027068416',
			description: 'ID of the contract, as text: as a number it would lose digits',
		},
		{
			displayName: 'Business Code',
			name: 'businessCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. BIZ-0001',
			description: 'Your own ID of the contract, instead of its contract ID',
		},
		{
			displayName: 'Account ID (账号ID)',
			name: 'accountId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 3321',
			description: 'ID of the signer',
		},
	],
	async run({ parameters, client }) {
		requireOneOf(parameters, ['contractId', 'businessCode']);
		const query = omitEmpty({
			contractId: parameters.text('contractId'),
			businessCode: parameters.text('businessCode'),
			accountId: parameters.text('accountId', { required: true }),
		}) as IDataObject;
		return resultItems(await client.get('/open/contract/signer', query));
	},
};
