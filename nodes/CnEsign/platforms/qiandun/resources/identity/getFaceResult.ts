import { resultItems } from '../../../../runtime/results';
import { given, requireOneOf, text } from '../../fields';
import type { QiandunOperation } from '../operation';

/** POST /open/psnCert/faceResult (api/qiandun.md §5.2). */
export const getFaceResult: QiandunOperation = {
	value: 'getFaceResult',
	name: 'Get Face Result',
	action: 'Get result of face check',
	description: 'Get the result of a face check (个人人脸核验查询)',
	properties: [
		text('serviceId', 'Service ID', 'e.g. SVC0001', 'ID that the face check returned (服务流程Id)'),
		text(
			'businessCode',
			'Business Code',
			'e.g. BIZ-0001',
			'Your own ID of the face check (业务码)',
		),
	],
	async run({ parameters, client }) {
		// That one of the two is needed is not stated by the vendor; without either there is nothing to ask.
		requireOneOf(parameters, ['serviceId', 'businessCode']);
		const body = given({
			serviceId: parameters.text('serviceId'),
			businessCode: parameters.text('businessCode'),
		});
		return resultItems(
			await client.call({
				method: 'POST',
				path: '/open/psnCert/faceResult',
				body,
				readsOnly: true,
			}),
		);
	},
};
