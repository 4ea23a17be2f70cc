import type { INodeProperties } from 'n8n-workflow';
import {
	idNumberRule,
	webAddress,
	type Parameters,
	type TextRule,
} from '../../../../runtime/items/parameters';
import { resultItems } from '../../../../runtime/items/results';
import { omitEmpty, omitEmptyOrUndefined } from '../../../../runtime/items/values';
import { optionsCollection } from '../../../../runtime/properties/properties';
import { idCardTypeField, redirectFields, integer, nameRule, phoneRule } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

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

const properties: INodeProperties[] = [
	{
		displayName: 'Client Type (客户端类型)',
		name: 'clientType',
		type: 'options',
		options: [
			{ name: 'Computer', value: 'pc' },
			{ name: 'Phone (H5)', value: 'h5' },
		],
		default: 'h5',
		description: 'For which device the page is made',
	},
	{
		displayName: 'Person Details (个人认证默认信息)',
		name: 'psnAuthConfig',
		type: 'collection',
		placeholder: 'Add Detail',
		default: {},
		description: 'What to fill in beforehand about the person',
		options: [
			{
				displayName: 'Bank Card Number (认证银行卡号)',
				name: 'psnBankCardNo',
				type: 'string',
				default: '',
				placeholder: 'e.g. 6222020000000000000',
				description: 'Bank card to verify',
			},
			idCardTypeField('psnIDCardType'),
			{
				displayName: 'ID Number (个人证件号)',
				name: 'psnIDCardNum',
				type: 'string',
				default: '',
				placeholder: 'e.g. 110101199001011234',
				description: 'Number of the ID document',
			},
			{
				displayName: 'Mobile Number (认证手机号)',
				name: 'psnMobile',
				type: 'string',
				default: '',
				placeholder: 'e.g. 13800138000',
				description: 'Mobile number to verify',
			},
			{
				displayName: 'Name (个人姓名)',
				name: 'psnName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 张三',
				description: 'Full name of the person',
			},
		],
	},
	{
		displayName: 'Page',
		name: 'pageConfig',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		options: [
			{
				displayName: 'Editable Fields (认证可编辑字段)',
				name: 'psnEditableFields',
				type: 'multiOptions',
				options: editable,
				default: [],
				description: 'Details that the person may change',
			},
			{
				displayName: 'Preferred Way (默认认证方式)',
				name: 'psnDefaultAuthMode',
				type: 'options',
				options: modes,
				default: 'face',
				description: 'Way of verification that is shown first',
			},
			{
				displayName: 'Ways of Verification (可选认证方式)',
				name: 'psnAvailableAuthModes',
				type: 'multiOptions',
				options: modes,
				default: [],
				description: 'Ways that the person can choose from',
			},
		],
	},
	optionsCollection([
		{
			displayName: 'Business Code (业务ID)',
			name: 'businessCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. BIZ-0001',
			description: 'Your own ID of this verification',
		},
		{
			displayName: 'Expires (链接过期时间)',
			name: 'expirationTime',
			type: 'string',
			default: '',
			description: 'When the link expires. In which form is not published: ask the vendor.',
		},
		...redirectFields,
	]),
];

const RULES: Record<string, TextRule> = {
	psnName: nameRule,
	psnIDCardNum: idNumberRule,
	psnMobile: phoneRule,
	psnBankCardNo: idNumberRule,
};

const details = (fields: Parameters) =>
	omitEmptyOrUndefined(
		Object.fromEntries(
			['psnName', 'psnIDCardType', 'psnIDCardNum', 'psnMobile', 'psnBankCardNo'].map((name) => [
				name,
				fields.text(name, RULES[name]),
			]),
		),
	);

/** POST /open/psnCert/getUrl (docs/api/qiandun.md, 5.3). What `result` holds is not published: it is passed on. */
export const getPersonLink: Operation = {
	value: 'getPersonLink',
	name: 'Get Person Link',
	action: 'Get person verification link',
	description: 'Get a page on which a person proves who they are (个人实名认证地址)',
	properties,
	async run({ parameters, client }) {
		const page = parameters.group('pageConfig');
		const options = parameters.group('options');
		const clientType = parameters.text('clientType', {
			required: true,
			pattern: /^(?:pc|h5)$/,
			expected: 'is neither pc nor h5',
		});
		const result = await client.post(
			'/open/psnCert/getUrl',
			omitEmpty({
				psnAuthConfig: details(parameters.group('psnAuthConfig')),
				pageConfig: omitEmptyOrUndefined({
					psnEditableFields: page.list('psnEditableFields', { codes: true }),
					psnDefaultAuthMode: page.text('psnDefaultAuthMode'),
					psnAvailableAuthModes: page.list('psnAvailableAuthModes', { codes: true }),
				}),
				integrationConfig: omitEmpty({
					redirectConfig: omitEmptyOrUndefined({
						redirectUrl: options.text('redirectUrl', webAddress),
						redirectDelayTime: integer(options, 'redirectDelayTime', { min: 0 }),
					}),
					expirationTime: options.text('expirationTime'),
					clientType,
				}),
				businessCode: options.text('businessCode'),
			}),
		);
		return resultItems(result);
	},
};
