import { resultItems } from '../../../../runtime/results';
import { given, ID_CARD, required, text } from '../../fields';
import type { QiandunOperation } from '../operation';

/** POST /open/corpCert/4element (api/qiandun.md §5.4). */
export const verifyCompany: QiandunOperation = {
	value: 'verifyCompany',
	name: 'Verify Company',
	action: 'Verify company',
	description:
		'Check whether company, credit code and legal representative belong together (企业四要素核验)',
	properties: [
		text(
			'corpName',
			'Company Name',
			'e.g. 某某科技有限公司',
			'Registered name of the company (企业名称)',
			required,
		),
		text(
			'corpIDCardType',
			'Kind of Company Number',
			'',
			'Kind of the company’s number (组织机构证件号类型). Its values are not published: ask the vendor, or leave it empty to send none.',
		),
		text(
			'corpIDCardNum',
			'Company Number',
			'e.g. 91110000MA01234567',
			'Number of the company (组织机构证件号)',
			required,
		),
		text(
			'legalRepName',
			'Legal Representative',
			'e.g. 张三',
			'Name of the legal representative (法定代表人姓名)',
			required,
		),
		text(
			'legalRepIDCardNum',
			'Legal Representative ID Number',
			'e.g. 110101199001011234',
			'ID number of the legal representative (法定代表人证件号)',
			required,
		),
		text(
			'legalRepIDCardType',
			'Legal Representative ID Document',
			`e.g. ${ID_CARD}`,
			'Kind of ID document (法定代表人证件类型). Its values are not published for this call; left out when empty.',
		),
		text(
			'flowNo',
			'Flow Number',
			'e.g. FLOW0001',
			'Number of a verification that this check belongs to (认证流水号), if there is one',
		),
	],
	async run({ parameters, client }) {
		const must = { required: true };
		const result = await client.call({
			method: 'POST',
			path: '/open/corpCert/4element',
			// Such checks are billed one by one, so they count as doing something.
			readsOnly: false,
			body: given({
				corpName: parameters.text('corpName', must),
				corpIDCardType: parameters.text('corpIDCardType'),
				corpIDCardNum: parameters.text('corpIDCardNum', must),
				legalRepName: parameters.text('legalRepName', must),
				legalRepIDCardType: parameters.text('legalRepIDCardType'),
				legalRepIDCardNum: parameters.text('legalRepIDCardNum', must),
				flowNo: parameters.text('flowNo'),
			}),
		});
		return resultItems(result);
	},
};
