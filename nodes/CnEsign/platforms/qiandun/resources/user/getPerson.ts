import type { IDataObject } from 'n8n-workflow';
import { simplified, simplifyField, resultItems } from '../../../../runtime/items/results';
import { idNumberRule } from '../../../../runtime/items/parameters';
import { omitEmpty } from '../../../../runtime/items/values';
import { requireOneOf } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

// All documented fields (docs/api/qiandun.md, 5.5) but the link to the picture of the face, which hardly any workflow
// needs and which would otherwise end up in every execution's data.
const USUAL = [
	'accountId',
	'psnId',
	'psnName',
	'psnIDCardType',
	'psnIDCardNum',
	'informPhone',
	'sealId',
	'flowNo',
	'createTime',
	'certifiedTime',
] as const;

/** GET /open/psnGet (docs/api/qiandun.md, 5.5). */
export const getPerson: Operation = {
	value: 'getPerson',
	name: 'Get Person',
	action: 'Get person',
	description: 'Get a person who has an account (查询个人用户信息)',
	properties: [
		{
			displayName: 'Account ID (账号ID)',
			name: 'accountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1120',
			description: 'ID of the account',
		},
		{
			displayName: 'ID Number (身份证号码)',
			name: 'psnIDCardNum',
			type: 'string',
			default: '',
			placeholder: 'e.g. 110101199001011234',
			description: 'Number of the ID document',
		},
		simplifyField,
	],
	async run({ parameters, client }) {
		// That one of the two is needed is not stated by the vendor; without either there is nobody to ask for.
		requireOneOf(parameters, ['accountId', 'psnIDCardNum']);
		const query = omitEmpty({
			accountId: parameters.text('accountId'),
			psnIDCardNum: parameters.text('psnIDCardNum', idNumberRule),
		}) as IDataObject;
		const result = await client.get('/open/psnGet', query);
		return resultItems(parameters.flag('simplify') === false ? result : simplified(result, USUAL));
	},
};
