import { resultItems } from '../../../../runtime/results';
import { required, text } from '../../fields';
import type { QiandunOperation } from '../operation';

/** GET /open/seal/detail (api/qiandun.md §5.8). */
export const get: QiandunOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get seal',
	description:
		'Get a seal and the authorizations for silent signing (查询印章详情). What its status and style numbers mean is not published.',
	properties: [text('sealId', 'Seal ID', 'e.g. 100000014', 'ID of the seal (印章id)', required)],
	async run({ parameters, client }) {
		const sealId = parameters.text('sealId', {
			required: true,
			pattern: /^\d+$/,
			expected: 'is not a seal ID',
			hint: 'A seal ID consists of digits only.',
		});
		return resultItems(
			await client.call({
				method: 'GET',
				path: '/open/seal/detail',
				query: { sealId },
				readsOnly: true,
			}),
		);
	},
};
