import { resultItems } from '../../../../runtime/results';
import { given, ID_CARD, idCardTypeField, required, text } from '../../fields';
import type { QiandunOperation } from '../operation';

/** POST /open/psnCert/3element (api/qiandun.md §5.1). */
export const verifyPerson: QiandunOperation = {
	value: 'verifyPerson',
	name: 'Verify Person',
	action: 'Verify person',
	description:
		'Check whether name, ID number and mobile number belong to one person (个人运营商三要素核验)',
	properties: [
		text('psnName', 'Name', 'e.g. 张三', 'Full name of the person (个人姓名)', required),
		text(
			'psnIDCardNum',
			'ID Number',
			'e.g. 110101199001011234',
			'Number of the ID document (个人证件号)',
			required,
		),
		text(
			'psnMobile',
			'Mobile Number',
			'e.g. 13800138000',
			'Mobile number registered in the name of the person (认证手机号)',
			required,
		),
		idCardTypeField('psnIDCardType', 'ID Document'),
	],
	async run({ parameters, client }) {
		const must = { required: true };
		const result = await client.call({
			method: 'POST',
			path: '/open/psnCert/3element',
			// Such checks are billed one by one, so they count as doing something.
			readsOnly: false,
			body: given({
				psnName: parameters.text('psnName', must),
				psnIDCardType: parameters.text('psnIDCardType') || ID_CARD,
				psnIDCardNum: parameters.text('psnIDCardNum', must),
				psnMobile: parameters.text('psnMobile', must),
			}),
		});
		return resultItems(result);
	},
};
