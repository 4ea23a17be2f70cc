import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../../../runtime/parameters';
import { resultItems } from '../../../../runtime/results';
import {
	additionalFieldsField,
	given,
	givenObject,
	group,
	idCardTypeField,
	redirectFields,
	text,
	webAddress,
	whole,
} from '../../fields';
import type { QiandunOperation } from '../operation';

const modes = [
	{ name: 'Bank Card (银行卡四要素)', value: 'bank' },
	{ name: 'Face (人脸)', value: 'face' },
	{ name: 'Mobile Number (手机号三要素)', value: 'mobile' },
];

const editable = [
	{ name: 'Bank Card Number', value: 'psnBankCardNo' },
	{ name: 'ID Number', value: 'psnIDCardNum' },
	{ name: 'Mobile Number', value: 'psnMobile' },
	{ name: 'Name', value: 'psnName' },
];

const many = (
	name: string,
	displayName: string,
	options: INodeProperties['options'],
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	options,
	default: [],
	description,
});

const properties: INodeProperties[] = [
	{
		displayName: 'Client Type',
		name: 'clientType',
		type: 'options',
		options: [
			{ name: 'Computer', value: 'pc' },
			{ name: 'Phone (H5)', value: 'h5' },
		],
		default: 'h5',
		description: 'For which device the page is made (客户端类型)',
	},
	group(
		'psnAuthConfig',
		'Person Details',
		'Add Detail',
		'What to fill in beforehand about the person (个人认证默认信息)',
		[
			text(
				'psnBankCardNo',
				'Bank Card Number',
				'e.g. 6222020000000000000',
				'Bank card to verify (认证银行卡号)',
			),
			idCardTypeField('psnIDCardType', 'ID Document'),
			text(
				'psnIDCardNum',
				'ID Number',
				'e.g. 110101199001011234',
				'Number of the ID document (个人证件号)',
			),
			text(
				'psnMobile',
				'Mobile Number',
				'e.g. 13800138000',
				'Mobile number to verify (认证手机号)',
			),
			text('psnName', 'Name', 'e.g. 张三', 'Full name of the person (个人姓名)'),
		],
	),
	group('pageConfig', 'Page', 'Add Setting', '', [
		many(
			'psnEditableFields',
			'Editable Fields',
			editable,
			'Details that the person may change (认证可编辑字段)',
		),
		{
			displayName: 'Preferred Way',
			name: 'psnDefaultAuthMode',
			type: 'options',
			options: modes,
			default: 'face',
			description: 'Way of verification that is shown first (默认认证方式)',
		},
		many(
			'psnAvailableAuthModes',
			'Ways of Verification',
			modes,
			'Ways that the person can choose from (可选认证方式)',
		),
	]),
	additionalFieldsField([
		text(
			'businessCode',
			'Business Code',
			'e.g. BIZ-0001',
			'Your own ID of this verification (业务id)',
		),
		text(
			'expirationTime',
			'Expires',
			'',
			'When the link expires (链接过期时间). In which form is not published: ask the vendor.',
		),
		...redirectFields,
	]),
];

const details = (fields: Parameters) =>
	givenObject(
		Object.fromEntries(
			['psnName', 'psnIDCardType', 'psnIDCardNum', 'psnMobile', 'psnBankCardNo'].map((name) => [
				name,
				fields.text(name),
			]),
		),
	);

/** POST /open/psnCert/getUrl (api/qiandun.md §5.3). What `result` holds is not published: it is passed on. */
export const getPersonLink: QiandunOperation = {
	value: 'getPersonLink',
	name: 'Get Person Link',
	action: 'Get person verification link',
	description: 'Get a page on which a person proves who they are (个人实名认证地址)',
	properties,
	async run({ parameters, client }) {
		const page = parameters.group('pageConfig');
		const more = parameters.group('additionalFields');
		const clientType = parameters.text('clientType', {
			required: true,
			pattern: /^(?:pc|h5)$/,
			expected: 'is neither pc nor h5',
		});
		const result = await client.call({
			method: 'POST',
			path: '/open/psnCert/getUrl',
			readsOnly: false,
			body: given({
				psnAuthConfig: details(parameters.group('psnAuthConfig')),
				pageConfig: givenObject({
					psnEditableFields: page.list('psnEditableFields'),
					psnDefaultAuthMode: page.text('psnDefaultAuthMode'),
					psnAvailableAuthModes: page.list('psnAvailableAuthModes'),
				}),
				integrationConfig: given({
					redirectConfig: givenObject({
						redirectUrl: more.text('redirectUrl', webAddress),
						redirectDelayTime: whole(more, 'redirectDelayTime', { min: 0 }),
					}),
					expirationTime: more.text('expirationTime'),
					clientType,
				}),
				businessCode: more.text('businessCode'),
			}),
		});
		return resultItems(result);
	},
};
