import { idNumberRule } from '../../../../runtime/items/parameters';
import { omitEmpty } from '../../../../runtime/items/values';
import { resultItems } from '../../../../runtime/items/results';
import { optionsProperty, operatorAccountOf, personFields, personOf } from '../../fields';
import { nameRule } from '../../rules';
import type { Operation } from '../../../../runtime/items/operation';

/** POST /companyCreateAndAuth (docs/api/kaifangqian.md, 6.14). The platform asks for the person's contact only (5.1). */
export const registerCompany: Operation = {
	value: 'registerCompany',
	name: 'Register Company',
	action: 'Register company',
	description:
		'Open an account for a company (企业账号注册+实名认证). The published server verifies nothing in doing so.',
	properties: [
		...personFields({
			prefix: 'account',
			title: 'Account',
			term: '账号',
			who: 'the person who gets the account',
		}),
		{
			displayName: 'Company Name (企业名称)',
			name: 'companyName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 某某科技有限公司',
			description:
				'Registered name of the company. If the platform has a company of this name, the person becomes its administrator.',
		},
		{
			displayName: 'Unified Social Credit Code (统一社会信用代码)',
			name: 'creditCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 91110000MA01234567',
			description: 'Credit code of the company',
		},
		optionsProperty([
			{
				displayName: 'Legal Representative (法定代表人)',
				name: 'legalPerson',
				type: 'string',
				default: '',
				placeholder: 'e.g. 张三',
				description: 'Name of the legal representative',
			},
			{
				displayName: 'Legal Representative ID Number',
				name: 'identity',
				type: 'string',
				default: '',
				placeholder: 'e.g. 110101199001011234',
			},
		]),
	],
	async run({ parameters, client }) {
		const options = parameters.group('options');
		const result = await client.post('/companyCreateAndAuth', {
			account: personOf(parameters, 'account', { nameRequired: false }),
			...omitEmpty({
				companyName: parameters.text('companyName', nameRule(32, true)),
				creditCode: parameters.text('creditCode', idNumberRule),
				legalPerson: options.text('legalPerson', nameRule(50)),
				identity: options.text('identity', idNumberRule),
				...operatorAccountOf(parameters),
			}),
		});
		return resultItems(result);
	},
};
