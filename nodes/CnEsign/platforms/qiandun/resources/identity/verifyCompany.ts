import { resultItems } from '../../../../runtime/items/results';
import { idNumberRule } from '../../../../runtime/items/parameters';
import { omitEmpty } from '../../../../runtime/items/values';
import { ID_CARD, nameRule } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

/** POST /open/corpCert/4element (docs/api/qiandun.md, 5.4). */
export const verifyCompany: Operation = {
	value: 'verifyCompany',
	name: 'Verify Company',
	action: 'Verify company',
	description:
		'Check whether company, credit code and legal representative belong together (企业四要素核验)',
	properties: [
		{
			displayName: 'Company Name (企业名称)',
			name: 'corpName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 某某科技有限公司',
			description: 'Registered name of the company',
		},
		{
			displayName: 'Company Number Type (组织机构证件号类型)',
			name: 'corpIDCardType',
			type: 'string',
			default: '',
			description:
				'Type of the company’s number. Its values are not published: ask the vendor, or leave it empty to send none.',
		},
		{
			displayName: 'Company Number (组织机构证件号)',
			name: 'corpIDCardNum',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 91110000MA01234567',
			description: 'Number of the company',
		},
		{
			displayName: 'Legal Representative (法定代表人姓名)',
			name: 'legalRepName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 张三',
			description: 'Name of the legal representative',
		},
		{
			displayName: 'Legal Representative ID Number (法定代表人证件号)',
			name: 'legalRepIDCardNum',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 110101199001011234',
			description: 'ID number of the legal representative',
		},
		{
			displayName: 'Legal Representative ID Document (法定代表人证件类型)',
			name: 'legalRepIDCardType',
			type: 'string',
			default: '',
			placeholder: `e.g. ${ID_CARD}`,
			description:
				'Type of ID document. Its values are not published for this call; left out when empty.',
		},
		{
			displayName: 'Flow Number (认证流水号)',
			name: 'flowNo',
			type: 'string',
			default: '',
			placeholder: 'e.g. FLOW0001',
			description: 'Number of a verification that this check belongs to, if there is one',
		},
	],
	async run({ parameters, client }) {
		const required = { required: true };
		// Not `readsOnly`: each check is billed.
		const result = await client.post(
			'/open/corpCert/4element',
			omitEmpty({
				corpName: parameters.text('corpName', { ...required, ...nameRule }),
				corpIDCardType: parameters.text('corpIDCardType'),
				corpIDCardNum: parameters.text('corpIDCardNum', { ...required, ...idNumberRule }),
				legalRepName: parameters.text('legalRepName', { ...required, ...nameRule }),
				legalRepIDCardType: parameters.text('legalRepIDCardType'),
				legalRepIDCardNum: parameters.text('legalRepIDCardNum', { ...required, ...idNumberRule }),
				flowNo: parameters.text('flowNo'),
			}),
		);
		return resultItems(result);
	},
};
