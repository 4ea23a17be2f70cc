import { resultItems } from '../../../../runtime/results';
import { additionalFields, contactField, operatorAccountOf } from '../../fields';
import { contactRule } from '../../rules';
import type { KaifangqianOperation } from '../operation';

/** GET /signRes (api/kaifangqian.md §6.1). The platform has no paging here: the answer is complete. */
export const getAll: KaifangqianOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many business lines',
	description: 'Get many business lines that a person of your company may use (获取业务线列表)',
	properties: [contactField('a member of your company'), additionalFields()],
	async run({ parameters, client }) {
		const contact = parameters.text('contact', contactRule);
		const result = await client.get('/signRes', { contact, ...operatorAccountOf(parameters) });
		return resultItems(result ?? []);
	},
};
