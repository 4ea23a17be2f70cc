import { resultItems } from '../../../../runtime/results';
import { additionalFields, given, operatorAccountOf, personFields, personOf } from '../../fields';
import { MOBILE } from '../../rules';
import { idCardTypes } from '../../wireValues';
import type { KaifangqianOperation } from '../operation';

/** POST /personCreateAndAuth (api/kaifangqian.md §6.15). */
export const registerPerson: KaifangqianOperation = {
	value: 'registerPerson',
	name: 'Register Person',
	action: 'Register person',
	description:
		'Open an account for a person (个人账号注册+实名认证). The platform does not document what it verifies in doing so.',
	properties: [
		...personFields('account', 'the person who gets the account', 'Account', true),
		additionalFields([
			{
				displayName: 'Bank Card Number',
				name: 'bankCard',
				type: 'string',
				default: '',
				placeholder: 'e.g. 6222020000000000000',
				description: 'Bank card of the person (银行卡号)',
			},
			{
				displayName: 'ID Document',
				name: 'idCardType',
				type: 'options',
				options: idCardTypes,
				default: 1,
				description: 'Kind of ID document (证件类型)',
			},
			{
				displayName: 'ID Number',
				name: 'identity',
				type: 'string',
				default: '',
				placeholder: 'e.g. 110101199001011234',
				description: 'Number of the ID document (证件号码)',
			},
			{
				displayName: 'Mobile Number',
				name: 'mobile',
				type: 'string',
				default: '',
				placeholder: 'e.g. 13800138000',
				description: 'Mobile number registered in the name of the person (手机号)',
			},
		]),
	],
	async run({ parameters, client }) {
		const more = parameters.group('additionalFields');
		const result = await client.post('/personCreateAndAuth', {
			account: personOf(parameters, 'account', true),
			...given({
				idCardType: more.number('idCardType', { integer: true, min: 1, max: 7 }),
				identity: more.text('identity'),
				mobile: more.text('mobile', {
					pattern: MOBILE,
					expected: 'is not a mobile number',
					hint: 'Give 11 digits, without +86.',
				}),
				bankCard: more.text('bankCard', {
					pattern: /^\d{8,30}$/,
					expected: 'is not a bank card number',
					hint: 'Give its digits, without spaces.',
				}),
				...operatorAccountOf(parameters),
			}),
		});
		return resultItems(result);
	},
};
