import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../../../runtime/parameters';
import {
	additionalFieldsField,
	groupField as group,
	textField as text,
} from '../../../../runtime/properties';
import { resultItems } from '../../../../runtime/results';
import { contactRule, MOBILE } from '../../rules';
import { given, givenObject, webAddress } from '../../fields';
import { idCardTypes } from '../../wireValues';
import type { KaifangqianOperation } from '../operation';

const many = (
	name: string,
	displayName: string,
	options: Array<{ name: string; value: string }>,
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
		...text(
			'accountName',
			'Account',
			'e.g. 13800138000',
			'Mobile number or e-mail address of the person who handles the verification for the company (经办人账号)',
		),
		required: true,
	},
	group(
		'corpIdentInfo',
		'Company Details',
		'Add Detail',
		'What to fill in beforehand about the company (企业预填信息)',
		[
			text(
				'license',
				'Business Licence',
				'',
				'Business licence (营业执照). In which form the platform wants it is not documented.',
			),
			text(
				'companyName',
				'Company Name',
				'e.g. 某某科技有限公司',
				'Registered name of the company (企业名称)',
			),
			{
				displayName: 'Company Type',
				name: 'companyType',
				type: 'options',
				options: [
					{ name: 'Company (公司企业)', value: 1 },
					{ name: 'Other (其他)', value: 3 },
					{ name: 'Sole Trader (个体工商户)', value: 2 },
				],
				default: 1,
				description: 'Kind of company (企业类型)',
			},
			text(
				'legalRepName',
				'Legal Representative',
				'e.g. 张三',
				'Name of the legal representative (法定代表人)',
			),
			text(
				'creditCode',
				'Unified Social Credit Code',
				'e.g. 91110000MA01234567',
				'Credit code of the company (统一社会信用代码)',
			),
		],
	),
	group(
		'corpIdentConfig',
		'Company Verification',
		'Add Setting',
		'How the company is verified (企业实名认证配置)',
		[
			many(
				'unmodifiableParams',
				'Locked Fields',
				[
					{ name: 'Company Name', value: 'companyName' },
					{ name: 'Company Type', value: 'companyType' },
					{ name: 'Legal Representative', value: 'legalRepName' },
					{ name: 'Unified Social Credit Code', value: 'creditCode' },
				],
				'Details that cannot be changed on the page (不可编辑字段)',
			),
			many(
				'corpVerifyMethods',
				'Ways of Verification',
				[
					{ name: 'Invitation', value: 'invite' },
					{ name: 'Legal Representative', value: 'legalRep' },
					{ name: 'Letter of Authorization', value: 'letter' },
				],
				'Ways to offer (企业验证方式)',
			),
		],
	),
	group(
		'oprIdentInfo',
		'Person Details',
		'Add Detail',
		'What to fill in beforehand about the person (经办人预填实名信息)',
		[
			text(
				'bankCard',
				'Bank Card Number',
				'e.g. 6222020000000000000',
				'Bank card of the person (银行卡号)',
			),
			{
				displayName: 'ID Document',
				name: 'idCardType',
				type: 'options',
				options: idCardTypes,
				default: 1,
				description:
					'Kind of ID document (证件类型). The platform documents only the identity card here.',
			},
			text(
				'idCard',
				'ID Number',
				'e.g. 110101199001011234',
				'Number of the ID document (证件号码)',
			),
			text('mobile', 'Mobile Number', 'e.g. 13800138000', 'Mobile number of the person (手机号)'),
			text('name', 'Name', 'e.g. 李四', 'Full name of the person (姓名)'),
		],
	),
	group(
		'oprIdentConfig',
		'Person Verification',
		'Add Setting',
		'How the person is verified (经办人实名认证配置)',
		[
			text(
				'unmodifiableParams',
				'Locked Fields',
				'e.g. name,idCard',
				'Details that cannot be changed on the page, separated by commas. The platform documents name and idCard.',
			),
			text(
				'personVerifyMethods',
				'Ways of Verification',
				'e.g. face,mobile',
				'Ways to offer, separated by commas. The platform documents face and mobile.',
			),
		],
	),
	additionalFieldsField([
		text(
			'authCallbackUrl',
			'Callback URL',
			'e.g. {{ $execution.resumeUrl }}',
			'Address that the platform calls when the verification is done (异步回调地址), such as the one that a Wait node waits on. What it sends is not documented.',
		),
		text(
			'callbackPage',
			'Return Page',
			'e.g. https://your-domain.com/done',
			'Page that the person comes back to (前端跳转页)',
		),
		text(
			'clientRequestId',
			'Your Request ID',
			'e.g. request-001',
			'Your own ID of this request (客户端请求唯一标识)',
		),
		text(
			'clientUserId',
			'Your User ID',
			'e.g. user-001',
			'ID of the person in your own system (经办人ID)',
		),
	]),
];

const companyDetails = (info: Parameters) =>
	givenObject({
		companyName: info.text('companyName'),
		creditCode: info.text('creditCode'),
		legalRepName: info.text('legalRepName'),
		companyType: info.number('companyType', { integer: true, min: 1, max: 3 }),
		license: info.text('license'),
	});

const personDetails = (info: Parameters) =>
	givenObject({
		name: info.text('name'),
		idCard: info.text('idCard'),
		idCardType: info.number('idCardType', { integer: true, min: 1, max: 7 }),
		mobile: info.text('mobile', {
			pattern: MOBILE,
			expected: 'is not a mobile number',
			hint: 'Give 11 digits, without +86.',
		}),
		bankCard: info.text('bankCard'),
	});

/** POST /auth/corp/ident/link (api/kaifangqian.md §6.16; hosted platform only). */
export const getCompanyLink: KaifangqianOperation = {
	value: 'getCompanyLink',
	name: 'Get Company Link',
	action: 'Get company verification link',
	description:
		'Get a link on which a company proves who it is (企业实名认证). On the hosted platform only.',
	properties,
	async run({ parameters, client }) {
		const company = parameters.group('corpIdentConfig');
		const person = parameters.group('oprIdentConfig');
		const more = parameters.group('additionalFields');
		const result = await client.post(
			'/auth/corp/ident/link',
			given({
				accountName: parameters.text('accountName', contactRule),
				clientUserId: more.text('clientUserId'),
				corpIdentInfo: companyDetails(parameters.group('corpIdentInfo')),
				corpIdentConfig: givenObject({
					corpVerifyMethods: company.list('corpVerifyMethods'),
					unmodifiableParams: company.list('unmodifiableParams'),
				}),
				oprIdentInfo: personDetails(parameters.group('oprIdentInfo')),
				oprIdentConfig: givenObject({
					personVerifyMethods: person.list('personVerifyMethods'),
					unmodifiableParams: person.list('unmodifiableParams'),
				}),
				callbackPage: more.text('callbackPage', webAddress),
				authCallbackUrl: more.text('authCallbackUrl', webAddress),
				clientRequestId: more.text('clientRequestId'),
			}),
		);
		return resultItems(result);
	},
};
