import { idNumberRule } from '../../../../runtime/items/parameters';
import { omitEmpty } from '../../../../runtime/items/values';
import { resultItems } from '../../../../runtime/items/results';
import { optionsProperty, operatorAccountOf, personFields, personOf } from '../../fields';
import { mobileRule } from '../../rules';
import { idCardTypes } from '../../wireValues';
import type { Operation } from '../../../../runtime/items/operation';

/** POST /personCreateAndAuth (docs/api/kaifangqian.md, 6.15). */
export const registerPerson: Operation = {
	value: 'registerPerson',
	name: 'Register Person',
	action: 'Register person',
	description:
		'Open an account for a person (个人账号注册+实名认证). The published server verifies nothing in doing so.',
	properties: [
		...personFields({
			prefix: 'account',
			title: 'Account',
			term: '账号',
			who: 'the person who gets the account',
		}),
		optionsProperty([
			{
				displayName: 'Bank Card Number (银行卡号)',
				name: 'bankCard',
				type: 'string',
				default: '',
				placeholder: 'e.g. 6222020000000000000',
				description: 'Bank card of the person',
			},
			{
				displayName: 'ID Document (证件类型)',
				name: 'idCardType',
				type: 'options',
				options: idCardTypes,
				default: 1,
				description: 'Type of ID document',
			},
			{
				displayName: 'ID Number (证件号码)',
				name: 'identity',
				type: 'string',
				default: '',
				placeholder: 'e.g. 110101199001011234',
				description: 'Number of the ID document',
			},
			{
				displayName: 'Mobile Number (手机号)',
				name: 'mobile',
				type: 'string',
				default: '',
				placeholder: 'e.g. 13800138000',
				description: 'Mobile number registered in the name of the person',
			},
		]),
	],
	async run({ parameters, client }) {
		const options = parameters.group('options');
		const result = await client.post('/personCreateAndAuth', {
			account: personOf(parameters, 'account'),
			...omitEmpty({
				idCardType: options.number('idCardType', { integer: true, min: 1, max: 7 }),
				identity: options.text('identity', idNumberRule),
				mobile: options.text('mobile', mobileRule),
				bankCard: options.text('bankCard', {
					...idNumberRule,
					pattern: /^\d{8,30}$/,
					expected: 'is not a bank card number',
					hint: 'Enter its digits.',
				}),
				...operatorAccountOf(parameters),
			}),
		});
		return resultItems(result);
	},
};
