import type { IDataObject } from 'n8n-workflow';
import { resultItems } from '../../../../runtime/results';
import { given, required, requireOneOf, text } from '../../fields';
import type { QiandunOperation } from '../operation';

/** GET /open/contract/signer (api/qiandun.md §5.7). */
export const getSigner: QiandunOperation = {
	value: 'getSigner',
	name: 'Get Signer',
	action: 'Get signer of contract',
	description: 'Get the progress of one signer of a contract (查询签署方信息)',
	properties: [
		text(
			'contractId',
			'Contract ID',
			'e.g. 1897893172027068416',
			'ID of the contract, as text: as a number it would lose digits',
		),
		text(
			'businessCode',
			'Business Code',
			'e.g. BIZ-0001',
			'Your own ID of the contract, instead of its contract ID',
		),
		text('accountId', 'Account ID', 'e.g. 3321', 'ID of the signer (账号ID)', required),
	],
	async run({ parameters, client }) {
		requireOneOf(parameters, ['contractId', 'businessCode']);
		const query = given({
			contractId: parameters.text('contractId'),
			businessCode: parameters.text('businessCode'),
			accountId: parameters.text('accountId', { required: true }),
		});
		return resultItems(
			await client.call({
				method: 'GET',
				path: '/open/contract/signer',
				query: query as IDataObject,
				readsOnly: true,
			}),
		);
	},
};
