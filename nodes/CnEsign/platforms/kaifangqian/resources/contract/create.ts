import type { INodeProperties } from 'n8n-workflow';
import { businessLineField } from '../../businessLines';
import {
	additionalFields,
	given,
	idObjects,
	operatorAccountOf,
	operatorFields,
	personOf,
} from '../../fields';
import { dateOnly, shortIdRule, todayInChina } from '../../rules';
import type { Parameters } from '../../../../runtime/parameters';
import { signerProperties } from '../../signerFields';
import { signersOf } from '../../signerInput';
import { templateParamsField, templateParamsOf } from '../../templateParams';
import { controlChangeFlags, signOrderTypes } from '../../wireValues';
import { type KaifangqianOperation, resultItems } from '../operation';

const more: INodeProperties[] = [
	{
		displayName: 'Attachment IDs',
		name: 'annexList',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.fileId }}',
		description: 'File IDs of uploaded attachments (附件), separated by commas',
	},
	{
		displayName: 'Contract Number',
		name: 'sn',
		type: 'string',
		default: '',
		placeholder: 'e.g. HT-2030-0001',
		description: 'Your own number of the contract (合同编号)',
	},
	{
		displayName: 'Finish Automatically',
		name: 'autoFinish',
		type: 'boolean',
		default: true,
		description:
			"Whether the contract is completed with the last signature (自动结束). Turn off to add signers later; then it ends with the operation 'Finish'.",
	},
	{
		displayName: 'Places May Change',
		name: 'controlChangeFlag',
		type: 'options',
		options: controlChangeFlags,
		default: 'NECESSARY_AND_ADD',
		description: 'What signers may do with the given signing positions',
	},
	{
		displayName: 'Sender Company',
		name: 'enterpriseName',
		type: 'string',
		default: '',
		placeholder: 'e.g. 某某科技有限公司',
		description: 'Name of the company that starts the contract (发起方企业)',
	},
	{
		displayName: 'Signing Deadline',
		name: 'expireDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description:
			'Last day to sign (签署截止日期), today at the earliest. The date counts, not the time.',
	},
	{
		displayName: 'Signing Order',
		name: 'signOrderType',
		type: 'options',
		options: signOrderTypes,
		default: 'ORDER',
		description: 'Whether the signers sign one after another or all at once',
	},
	templateParamsField,
];

const deadline = (fields: Parameters): string | undefined => {
	const text = fields.text('expireDate');
	if (text === '') return undefined;
	const date = dateOnly(text);
	const label = fields.label('expireDate');
	if (!date)
		return fields.fail(`${label} is not a date`, 'Use the date picker, or give it as 2030-06-29.');
	if (date < todayInChina(Date.now()))
		return fields.fail(`${label} is in the past`, 'Give today or a later day (China time).');
	return date;
};

/** POST /contract/draft (api/kaifangqian.md §6.4). */
export const create: KaifangqianOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create contract',
	description: 'Start a contract, or save it as a draft (发起签署)',
	properties: [
		...operatorFields,
		businessLineField,
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. 服务合同',
			description: 'Title of the contract (合同主题)',
		},
		{
			displayName: 'Document IDs',
			name: 'signDocumentList',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.docId }}',
			description:
				"Documents to sign (签约文件), as returned by 'Document: Upload', separated by commas. Files of the business line itself are added to them.",
		},
		{
			displayName: 'Send Now',
			name: 'send',
			type: 'options',
			options: [
				{
					name: 'Save as Draft',
					value: '0',
					description: 'Nobody is asked to sign yet (保存草稿)',
				},
				{
					name: 'Start Signing',
					value: '1',
					description: 'The signers are asked at once (直接发起)',
				},
			],
			default: '1',
			description: 'Whether to start the signing at once (是否直接发起)',
		},
		...signerProperties(false),
		additionalFields(more),
	],
	async run({ parameters, client }) {
		const fields = parameters.group('additionalFields');
		const documents = idObjects(parameters, 'signDocumentList', 'docId');
		const autoFinish = fields.flag('autoFinish');
		const send = parameters.text('send') || '1';
		if (send !== '0' && send !== '1')
			parameters.fail(
				`${parameters.label('send')} is neither 1 nor 0`,
				"Give '1' to start signing or '0' to save a draft.",
			);
		const result = await client.post('/contract/draft', {
			operator: personOf(parameters, 'operator', true),
			...given({
				signReId: parameters.text('signReId', shortIdRule),
				send,
				sn: fields.text('sn'),
				subject: parameters.text('subject'),
				expireDate: deadline(fields),
				signDocumentList: documents,
				annexList: idObjects(fields, 'annexList', 'fileId'),
				signTemplateParamList: templateParamsOf(fields),
				signOrderType: fields.text('signOrderType'),
				signerList: signersOf(
					parameters,
					documents.map(({ docId }) => docId),
				),
				controlChangeFlag: fields.text('controlChangeFlag'),
				autoFinish: autoFinish === undefined ? undefined : Number(autoFinish),
				...operatorAccountOf(parameters),
				enterpriseName: fields.text('enterpriseName'),
			}),
		});
		return resultItems(result);
	},
};
