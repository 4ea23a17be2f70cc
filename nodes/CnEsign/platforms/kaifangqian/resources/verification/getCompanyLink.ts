import type { INodeProperties } from 'n8n-workflow';
import { idNumberRule, webAddress, type Parameters } from '../../../../runtime/items/parameters';
import { optionsCollection } from '../../../../runtime/properties/properties';
import { omitEmpty, omitEmptyOrUndefined } from '../../../../runtime/items/values';
import { resultItems } from '../../../../runtime/items/results';
import { contactRule, mobileRule } from '../../rules';
import { idCardTypes } from '../../wireValues';
import type { Operation } from '../../../../runtime/items/operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Account (经办人账号)',
		name: 'accountName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 13800138000',
		description:
			'Mobile number or email address of the person who handles the verification for the company',
	},
	{
		displayName: 'Company Details (企业预填信息)',
		name: 'corpIdentInfo',
		type: 'collection',
		placeholder: 'Add Detail',
		default: {},
		description: 'What to fill in beforehand about the company',
		options: [
			{
				displayName: 'Business License (营业执照)',
				name: 'license',
				type: 'string',
				default: '',
				description: 'Business license. In which form the platform wants it is not documented.',
			},
			{
				displayName: 'Company Name (企业名称)',
				name: 'companyName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 某某科技有限公司',
				description: 'Registered name of the company',
			},
			{
				displayName: 'Company Type (企业类型)',
				name: 'companyType',
				type: 'options',
				options: [
					{ name: 'Company (公司企业)', value: 1 },
					{ name: 'Other (其他)', value: 3 },
					{ name: 'Sole Trader (个体工商户)', value: 2 },
				],
				default: 1,
				description: 'Type of company',
			},
			{
				displayName: 'Legal Representative (法定代表人)',
				name: 'legalRepName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 张三',
				description: 'Name of the legal representative',
			},
			{
				displayName: 'Unified Social Credit Code (统一社会信用代码)',
				name: 'creditCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. 91110000MA01234567',
				description: 'Credit code of the company',
			},
		],
	},
	{
		displayName: 'Company Verification (企业实名认证配置)',
		name: 'corpIdentConfig',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'How the company is verified',
		options: [
			{
				displayName: 'Locked Fields (不可编辑字段)',
				name: 'unmodifiableParams',
				type: 'multiOptions',
				options: [
					{ name: 'Company Name', value: 'companyName' },
					{ name: 'Company Type', value: 'companyType' },
					{ name: 'Legal Representative', value: 'legalRepName' },
					{ name: 'Unified Social Credit Code', value: 'creditCode' },
				],
				default: [],
				description: 'Details that cannot be changed on the page',
			},
			{
				displayName: 'Ways of Verification (企业验证方式)',
				name: 'corpVerifyMethods',
				type: 'multiOptions',
				options: [
					{ name: 'Invitation', value: 'invite' },
					{ name: 'Legal Representative', value: 'legalRep' },
					{ name: 'Letter of Authorization', value: 'letter' },
				],
				default: [],
				description: 'Ways to offer',
			},
		],
	},
	{
		displayName: 'Person Details (经办人预填实名信息)',
		name: 'oprIdentInfo',
		type: 'collection',
		placeholder: 'Add Detail',
		default: {},
		description: 'What to fill in beforehand about the person',
		options: [
			{
				displayName: 'Bank Card Number (银行卡号)',
				name: 'bankCard',
				type: 'string',
				default: '',
				placeholder: 'e.g. 6222020000000000000',
				description: 'Bank card of the person',
			},
			{
				displayName: 'ID Document (证件类型)',
				name: 'idCardType',
				type: 'options',
				options: idCardTypes,
				default: 1,
				description: 'Type of ID document. The platform documents only the identity card here.',
			},
			{
				displayName: 'ID Number (证件号码)',
				name: 'idCard',
				type: 'string',
				default: '',
				placeholder: 'e.g. 110101199001011234',
				description: 'Number of the ID document',
			},
			{
				displayName: 'Mobile Number (手机号)',
				name: 'mobile',
				type: 'string',
				default: '',
				placeholder: 'e.g. 13800138000',
				description: 'Mobile number of the person',
			},
			{
				displayName: 'Name (姓名)',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. 李四',
				description: 'Full name of the person',
			},
		],
	},
	{
		displayName: 'Person Verification (经办人实名认证配置)',
		name: 'oprIdentConfig',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'How the person is verified',
		options: [
			{
				displayName: 'Locked Fields',
				name: 'unmodifiableParams',
				type: 'string',
				default: '',
				placeholder: 'e.g. name,idCard',
				description:
					'Details that cannot be changed on the page, separated by commas. The platform documents name and idCard.',
			},
			{
				displayName: 'Ways of Verification',
				name: 'personVerifyMethods',
				type: 'string',
				default: '',
				placeholder: 'e.g. face,mobile',
				description: 'Ways to offer, separated by commas. The platform documents face and mobile.',
			},
		],
	},
	optionsCollection([
		{
			displayName: 'Callback URL (异步回调地址)',
			name: 'authCallbackUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $execution.resumeUrl }}',
			description:
				'Called when the verification is done, such as the address that a Wait node waits on. What is sent is not documented.',
		},
		{
			displayName: 'Return Page (前端跳转页)',
			name: 'callbackPage',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://your-domain.com/done',
			description: 'Page that the person comes back to',
		},
		{
			displayName: 'Your Request ID (客户端请求唯一标识)',
			name: 'clientRequestId',
			type: 'string',
			default: '',
			placeholder: 'e.g. request-001',
			description: 'Your own ID of this request',
		},
		{
			displayName: 'Your User ID (经办人ID)',
			name: 'clientUserId',
			type: 'string',
			default: '',
			placeholder: 'e.g. user-001',
			description: 'ID of the person in your own system',
		},
	]),
];

const ONE_LINE = { singleLine: true };

const companyDetails = (info: Parameters) =>
	omitEmptyOrUndefined({
		companyName: info.text('companyName', ONE_LINE),
		creditCode: info.text('creditCode', idNumberRule),
		legalRepName: info.text('legalRepName', ONE_LINE),
		companyType: info.number('companyType', { integer: true, min: 1, max: 3 }),
		license: info.text('license'),
	});

const personDetails = (info: Parameters) =>
	omitEmptyOrUndefined({
		name: info.text('name', ONE_LINE),
		idCard: info.text('idCard', idNumberRule),
		idCardType: info.number('idCardType', { integer: true, min: 1, max: 7 }),
		mobile: info.text('mobile', mobileRule),
		bankCard: info.text('bankCard', idNumberRule),
	});

/** POST /auth/corp/ident/link (docs/api/kaifangqian.md, 6.16; hosted platform only). */
export const getCompanyLink: Operation = {
	value: 'getCompanyLink',
	name: 'Get Company Link',
	action: 'Get company verification link',
	description:
		'Get a link on which a company proves who it is (企业实名认证). On the hosted platform only.',
	properties,
	async run({ parameters, client }) {
		const company = parameters.group('corpIdentConfig');
		const person = parameters.group('oprIdentConfig');
		const options = parameters.group('options');
		const result = await client.post(
			'/auth/corp/ident/link',
			omitEmpty({
				accountName: parameters.text('accountName', contactRule),
				clientUserId: options.text('clientUserId'),
				corpIdentInfo: companyDetails(parameters.group('corpIdentInfo')),
				corpIdentConfig: omitEmptyOrUndefined({
					corpVerifyMethods: company.list('corpVerifyMethods', { codes: true }),
					unmodifiableParams: company.list('unmodifiableParams', { codes: true }),
				}),
				oprIdentInfo: personDetails(parameters.group('oprIdentInfo')),
				oprIdentConfig: omitEmptyOrUndefined({
					personVerifyMethods: person.list('personVerifyMethods', { codes: true }),
					unmodifiableParams: person.list('unmodifiableParams', { codes: true }),
				}),
				callbackPage: options.text('callbackPage', webAddress),
				authCallbackUrl: options.text('authCallbackUrl', webAddress),
				clientRequestId: options.text('clientRequestId'),
			}),
		);
		return resultItems(result);
	},
};
