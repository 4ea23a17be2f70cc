import type { INodeProperties } from 'n8n-workflow';
import { templateParamsField } from '../../templateParams';
import { controlChangeFlags, signOrderTypes } from '../../wireValues';

/** What the two operations that call POST /contract/draft have in common (api/kaifangqian.md §6.4). */

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
	description:
		"All at once together with 'Add Signers' later: everybody is then asked to sign again, also who has signed",
};

/** Optional fields of a draft that do not depend on how files and signers are given. */
export const draftFields: INodeProperties[] = [
	{
		displayName: 'Business Line Presets the Signers',
		name: 'presetSigners',
		type: 'boolean',
		default: false,
		description:
			'Whether the business line names signers itself (按照预设流程). Then send only the other sides, each with exactly the order number that the console shows.',
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
	templateParamsField,
];
