import type { INodeProperties } from 'n8n-workflow';
import { attemptOf, onlyOnce, type Attempt } from '../../../../runtime/attempts';
import type { Parameters } from '../../../../runtime/parameters';
import type { ItemCall } from '../../../../runtime/types';
import type { KaifangqianClient } from '../../client';
import { given, operatorAccountOf, personOf } from '../../fields';
import { dateOnly, shortIdRule, todayInChina } from '../../rules';
import { templateParamsField, templateParamsOf } from '../../templateParams';
import type { Raw } from '../../wire';
import { controlChangeFlags, signOrderTypes } from '../../wireValues';

/** POST /contract/draft (api/kaifangqian.md §6.4), which two operations call. */

export const sendField: INodeProperties = {
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
};

export const signOrderField: INodeProperties = {
	displayName: 'Signing Order',
	name: 'signOrderType',
	type: 'options',
	options: signOrderTypes,
	default: 'ORDER',
};

/** Optional fields of a draft that do not depend on how files and signers are given. */
export const draftFields: INodeProperties[] = [
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

/** What the operations that start a contract give in ways of their own. */
export interface DraftParts {
	subject: string;
	documents: Array<Record<string, string>>;
	annexes: Array<Record<string, string>>;
	signOrderType: string;
	signers: Raw[] | undefined;
}

/** Reads and checks everything else; the body can then be made without anything being refused. */
export const draftOf = (parameters: Parameters): ((parts: DraftParts) => Raw) => {
	const fields = parameters.group('additionalFields');
	const operator = personOf(parameters, 'operator', true);
	const signReId = parameters.text('signReId', shortIdRule);
	const autoFinish = fields.flag('autoFinish');
	const send = parameters.text('send') || '1';
	if (send !== '0' && send !== '1')
		parameters.fail(
			`${parameters.label('send')} is neither 1 nor 0`,
			"Give '1' to start signing or '0' to save a draft.",
		);
	const sn = fields.text('sn');
	const expireDate = deadline(fields);
	const signTemplateParamList = templateParamsOf(fields);
	const controlChangeFlag = fields.text('controlChangeFlag');
	const enterpriseName = fields.text('enterpriseName');
	const common = operatorAccountOf(parameters);
	return ({ subject, documents, annexes, signOrderType, signers }) => ({
		operator,
		...given({
			signReId,
			send,
			sn,
			subject,
			expireDate,
			signDocumentList: documents,
			annexList: annexes,
			signTemplateParamList,
			signOrderType,
			signerList: signers,
			controlChangeFlag,
			autoFinish: autoFinish === undefined ? undefined : Number(autoFinish),
			...common,
			enterpriseName,
		}),
	});
};

/** Starts the contract, unless an earlier attempt at the same item has done so. */
export const postDraft = async (
	call: ItemCall<KaifangqianClient>,
	body: Raw,
	attempt: Attempt = attemptOf(call, body),
): Promise<unknown> =>
	await onlyOnce(call, attempt, async () => await call.client.post('/contract/draft', body));
