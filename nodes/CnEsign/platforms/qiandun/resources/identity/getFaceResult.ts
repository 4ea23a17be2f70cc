import { resultItems } from '../../../../runtime/items/results';
import { omitEmpty } from '../../../../runtime/items/values';
import { requireOneOf } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

/** POST /open/psnCert/faceResult (docs/api/qiandun.md, 5.2). */
export const getFaceResult: Operation = {
	value: 'getFaceResult',
	name: 'Get Face Result',
	action: 'Get result of face check',
	description: 'Get the result of a face check (个人人脸核验查询)',
	properties: [
		{
			displayName: 'Service ID (服务流程ID)',
			name: 'serviceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. SVC0001',
			description: 'ID that the face check returned',
		},
		{
			displayName: 'Business Code (业务码)',
			name: 'businessCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. BIZ-0001',
			description: 'Your own ID of the face check',
		},
	],
	async run({ parameters, client }) {
		// That one of the two is needed is not stated by the vendor; without either there is nothing to ask.
		requireOneOf(parameters, ['serviceId', 'businessCode']);
		const body = omitEmpty({
			serviceId: parameters.text('serviceId'),
			businessCode: parameters.text('businessCode'),
		});
		return resultItems(await client.post('/open/psnCert/faceResult', body, { readsOnly: true }));
	},
};
