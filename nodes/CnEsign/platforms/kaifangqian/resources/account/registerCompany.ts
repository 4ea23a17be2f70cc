import { resultItems } from '../../../../runtime/results';
import { additionalFields, given, operatorAccountOf, personFields, personOf } from '../../fields';
import type { KaifangqianOperation } from '../operation';

/** POST /companyCreateAndAuth (api/kaifangqian.md §6.14). */
export const registerCompany: KaifangqianOperation = {
	value: 'registerCompany',
	name: 'Register Company',
	action: 'Register company',
	description:
		'Open an account for a company (企业账号注册+实名认证). The platform does not document what it verifies in doing so.',
	properties: [
		// The platform asks for the contact only (api/kaifangqian.md §5.1).
		...personFields('account', 'the person who gets the account', 'Account', true).map((field) =>
			field.name === 'accountName' ? { ...field, required: false } : field,
		),
		{
			displayName: 'Company Name',
			name: 'companyName',
			type: 'string',
			default: '',
			placeholder: 'e.g. 某某科技有限公司',
			description: 'Registered name of the company (企业名称)',
		},
		{
			displayName: 'Unified Social Credit Code',
			name: 'creditCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 91110000MA01234567',
			description: 'Credit code of the company (统一社会信用代码)',
		},
		additionalFields([
			{
				displayName: 'Legal Representative',
				name: 'legalPerson',
				type: 'string',
				default: '',
				placeholder: 'e.g. 张三',
				description: 'Name of the legal representative (法定代表人)',
			},
			{
				displayName: 'Legal Representative ID Number',
				name: 'identity',
				type: 'string',
				default: '',
				placeholder: 'e.g. 110101199001011234',
			},
			{
				displayName: 'Make Seal',
				name: 'isMakeSeal',
				type: 'boolean',
				default: false,
				description: 'Whether to make a company seal as well',
			},
		]),
	],
	async run({ parameters, client }) {
		const more = parameters.group('additionalFields');
		const makeSeal = more.flag('isMakeSeal');
		const result = await client.post('/companyCreateAndAuth', {
			account: personOf(parameters, 'account', true, false),
			...given({
				companyName: parameters.text('companyName'),
				creditCode: parameters.text('creditCode'),
				legalPerson: more.text('legalPerson'),
				identity: more.text('identity'),
				isMakeSeal: makeSeal === undefined ? undefined : Number(makeSeal),
				...operatorAccountOf(parameters),
			}),
		});
		return resultItems(result);
	},
};
