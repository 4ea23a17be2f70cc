import { resultItems } from '../../../../runtime/items/results';
import { omitEmpty } from '../../../../runtime/items/values';
import { ID_CARD, billedIdRule, billedPhoneRule, idCardTypeField, nameRule } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

/** POST /open/psnCert/3element (docs/api/qiandun.md, 5.1). */
export const verifyPerson: Operation = {
	value: 'verifyPerson',
	name: 'Verify Person',
	action: 'Verify person',
	description:
		'Check whether name, ID number and mobile number belong to one person (个人运营商三要素核验)',
	properties: [
		{
			displayName: 'Name (个人姓名)',
			name: 'psnName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 张三',
			description: 'Full name of the person',
		},
		{
			displayName: 'ID Number (个人证件号)',
			name: 'psnIDCardNum',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 110101199001011234',
			description: 'Number of the ID document',
		},
		{
			displayName: 'Mobile Number (认证手机号)',
			name: 'psnMobile',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 13800138000',
			description: 'Mobile number registered in the name of the person',
		},
		idCardTypeField('psnIDCardType'),
	],
	async run({ parameters, client }) {
		const required = { required: true };
		const psnIDCardType = parameters.text('psnIDCardType') || ID_CARD;
		// Not `readsOnly`: each check is billed.
		const result = await client.post(
			'/open/psnCert/3element',
			omitEmpty({
				psnName: parameters.text('psnName', { ...required, ...nameRule }),
				psnIDCardType,
				psnIDCardNum: parameters.text('psnIDCardNum', {
					...required,
					...billedIdRule(psnIDCardType),
				}),
				psnMobile: parameters.text('psnMobile', { ...required, ...billedPhoneRule }),
			}),
		);
		return resultItems(result);
	},
};
