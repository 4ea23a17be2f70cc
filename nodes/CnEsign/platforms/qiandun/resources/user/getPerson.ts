import type { IDataObject } from 'n8n-workflow';
import { simplified, simplifyField } from '../../../../runtime/simplify';
import { resultItems } from '../../../../runtime/results';
import { given, requireOneOf, text } from '../../fields';
import type { QiandunOperation } from '../operation';

// All documented fields (§5.5) but the link to the picture of the face, which hardly any workflow
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

/** GET /open/psnGet (api/qiandun.md §5.5). */
export const getPerson: QiandunOperation = {
	value: 'getPerson',
	name: 'Get Person',
	action: 'Get person',
	description: 'Get a person who has an account (查询个人用户信息)',
	properties: [
		text('accountId', 'Account ID', 'e.g. 1120', 'ID of the account (账号ID)'),
		text(
			'psnIDCardNum',
			'ID Number',
			'e.g. 110101199001011234',
			'Number of the ID document (身份证号码)',
		),
		simplifyField,
	],
	async run({ parameters, client }) {
		// That one of the two is needed is not stated by the vendor; without either there is nobody to ask for.
		requireOneOf(parameters, ['accountId', 'psnIDCardNum']);
		const query = given({
			accountId: parameters.text('accountId'),
			psnIDCardNum: parameters.text('psnIDCardNum'),
		});
		const result = await client.call({
			method: 'GET',
			path: '/open/psnGet',
			query: query as IDataObject,
			readsOnly: true,
		});
		return resultItems(parameters.flag('simplify') === false ? result : simplified(result, USUAL));
	},
};
