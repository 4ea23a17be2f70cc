import { resultItems } from '../../../../runtime/items/results';
import type { Operation } from '../../../../runtime/items/operation';

/** GET /open/seal/detail (docs/api/qiandun.md, 5.8). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get seal',
	description:
		'Get a seal and its authorizations for silent signing (查询印章详情); its status numbers are not explained',
	properties: [
		{
			displayName: 'Seal ID (印章ID)',
			name: 'sealId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 100000014',
			description: 'ID of the seal',
		},
	],
	async run({ parameters, client }) {
		const sealId = parameters.text('sealId', {
			required: true,
			pattern: /^\d+$/,
			expected: 'is not a seal ID',
			hint: 'A seal ID consists of digits only.',
		});
		return resultItems(await client.get('/open/seal/detail', { sealId }));
	},
};
