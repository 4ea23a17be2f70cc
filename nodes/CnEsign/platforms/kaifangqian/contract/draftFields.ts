import { callsPerSecondOption } from '../../../runtime/items/settings';
import type { INodeProperties } from 'n8n-workflow';
import { checkStartedOption } from './checkStarted';
import { templateParamsField } from './templateParams';
import { controlChangeFlags, signOrderTypes } from '../wireValues';

/** What the two operations that call POST /contract/draft have in common (docs/api/kaifangqian.md, 6.4). */

export const modeField: INodeProperties = {
	displayName: 'Mode',
	name: 'send',
	type: 'options',
	options: [
		{
			name: 'Save as Draft (保存草稿)',
			value: '0',
			description: 'Nobody is asked to sign yet',
		},
		{
			name: 'Start Signing (直接发起)',
			value: '1',
			description: 'The signers are asked at once',
		},
	],
	default: '1',
	description: 'As a tool of an AI agent, contracts are saved as drafts unless this is set',
};

export const signOrderField: INodeProperties = {
	displayName: 'Signing Order',
	name: 'signOrderType',
	type: 'options',
	options: signOrderTypes,
	default: 'ORDER',
	description:
		"All at once together with 'Add Signers' later: everybody is then asked to sign again, also those who have signed",
};

/** Optional fields of a draft that do not depend on how files and signers are given. */
export const draftFields: INodeProperties[] = [
	{
		displayName: 'Business Line Presets the Signers (按照预设流程)',
		name: 'presetSigners',
		type: 'boolean',
		default: false,
		description:
			'Whether the business line names signers itself. Then enter only the other sides, with the order numbers of the console.',
	},
	{
		displayName: 'Contract Number (合同编号)',
		name: 'sn',
		type: 'string',
		default: '',
		placeholder: 'e.g. HT-2030-0001',
		description: 'Your own number of the contract',
	},
	{
		displayName: 'Finish Automatically (自动结束)',
		name: 'autoFinish',
		type: 'boolean',
		default: true,
		description:
			"Whether the last signature completes the contract. Turned off, signers can be added, and 'Finish' ends it.",
	},
	{
		displayName: 'Signers May Move Positions',
		name: 'controlChangeFlag',
		type: 'options',
		options: controlChangeFlags,
		default: 'NECESSARY_AND_ADD',
		description: 'What signers may do with the given signing positions',
	},
	{
		displayName: 'Sender Company (发起方企业)',
		name: 'enterpriseName',
		type: 'string',
		default: '',
		placeholder: 'e.g. 某某科技有限公司',
		description: 'Name of the company that starts the contract',
	},
	{
		displayName: 'Signing Deadline (签署截止日期)',
		name: 'expireDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description:
			'The contract ends when this day begins (China time, where the installation runs its expiry job)',
	},
	callsPerSecondOption,
	checkStartedOption,
	templateParamsField,
];
