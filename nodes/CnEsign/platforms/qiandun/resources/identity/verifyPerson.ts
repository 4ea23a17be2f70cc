import { resultItems } from '../../../../runtime/items/results';
import { omitEmpty, ID_CARD, idCardTypeField, nameRule, phoneRule } from '../../fields';
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
		const must = { required: true };
		const result = await client.request({
			method: 'POST',
			path: '/open/psnCert/3element',
			// Such checks are billed one by one, so they count as doing something.
			readsOnly: false,
			body: omitEmpty({
				psnName: parameters.text('psnName', { ...must, ...nameRule }),
				psnIDCardType: parameters.text('psnIDCardType') || ID_CARD,
				psnIDCardNum: parameters.text('psnIDCardNum', must),
				psnMobile: parameters.text('psnMobile', { ...must, ...phoneRule }),
			}),
		});
		return resultItems(result);
	},
};
