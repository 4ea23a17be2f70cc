import { resultItems } from '../../../../runtime/items/results';
import { optionsProperty, contactField, contactOf, operatorAccountOf } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

/** GET /signRes (docs/api/kaifangqian.md, 6.1). The platform has no paging here: the answer is complete. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many business lines',
	description: 'Get many business lines that a member of your company may use (获取业务线列表)',
	properties: [
		contactField('Phone or Email', 'Mobile number or email address of a member of your company'),
		optionsProperty(),
	],
	async run(call) {
		const { parameters, client } = call;
		const contact = contactOf(call);
		const result = await client.get('/signRes', { contact, ...operatorAccountOf(parameters) });
		return resultItems(result ?? []);
	},
};
