import type { INodeProperties } from 'n8n-workflow';
import { byDisplayName } from '../runtime/properties';
import { eventOptions } from './events';

const forKaifangqian = { platform: ['kaifangqian'] };
const forQiandun = { platform: ['qiandun'] };

const notice = (
	name: string,
	displayName: string,
	show: Record<string, string[]>,
): INodeProperties => ({
	displayName,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show },
});

const triggerOn = (platform: string): INodeProperties => ({
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: eventOptions(platform),
	default: ['*'],
	displayOptions: { show: { platform: [platform] } },
	description: 'Which events start the workflow',
});

const sharedOptions: INodeProperties[] = [
	{
		displayName: 'Contract IDs',
		name: 'contractIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. contract-0001, contract-0002',
		description: 'Start only for these contracts, separated by commas. Leave empty for all.',
	},
	{
		displayName: 'Ignore Repeats',
		name: 'ignoreRepeats',
		type: 'boolean',
		default: true,
		description:
			"Whether to start only once for an event that the platform delivers again. A few may slip through: to stop these too, put a Remove Duplicates node behind this one, on the field 'eventId'.",
	},
	{
		displayName: 'Path Secret',
		name: 'pathSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'A secret word that the address must carry. Add ?secret= and the word to the address in the vendor’s console.',
	},
];

const kaifangqianOptions: INodeProperties[] = [
	{
		displayName: 'Accept Unproven Deletions',
		name: 'acceptUnprovenDeletions',
		type: 'boolean',
		default: false,
		description:
			"Whether to start for a deleted contract that the platform no longer knows, so that nobody can check the deletion. The field 'verified' of the event is then 'none'.",
	},
	{
		displayName: 'Confirm With Platform',
		name: 'confirmWithPlatform',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask the platform if an event is true before the workflow starts. Used when the credential has no platform public key. Turned off, anybody who knows the address can start the workflow.',
	},
	...sharedOptions,
];

const methodField = (name: string, displayName: string, call: string): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: [
		{ name: 'GET', value: 'GET' },
		{ name: 'POST', value: 'POST' },
	],
	default: 'POST',
	description: `HTTP method of the call ${call}, from the vendor’s documentation`,
});

const qiandunOptions: INodeProperties[] = [
	methodField('confirmMethod', 'Confirm Method', '回调成功确认'),
	methodField('detailsMethod', 'Details Method', '获取回调信息'),
	{
		displayName: 'Confirm Path',
		name: 'confirmPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. /open/…',
		description:
			'Path of the call 回调成功确认 below the base URL, from the vendor’s documentation. It is made once the event has been handed over.',
	},
	{
		displayName: 'Details Path',
		name: 'detailsPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. /open/…',
		description:
			'Path of the call 获取回调信息 below the base URL, from the vendor’s documentation. With it the event is fetched from the platform; without it the notification is passed on unproven.',
	},
	...sharedOptions,
];

const options = (show: Record<string, string[]>, list: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show },
	options: [...list].sort(byDisplayName),
});

export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Platform',
		name: 'platform',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Kaifangqian',
				value: 'kaifangqian',
				description: '开放签, hosted or on your own server',
			},
			{ name: 'Qiandun', value: 'qiandun', description: '签盾, the open platform for e-signing' },
		],
		default: 'kaifangqian',
		description:
			'The e-signature platform that sends the events. The credential must be one of the same platform.',
	},
	notice(
		'kaifangqianNotice',
		'Copy the production URL above into the operator console (运营后台): 接口授权 → 回调地址. A company has one address, so the test URL and the production URL cannot both be there. The address, with ?secret= if you use one, may have at most 128 characters: with a longer one contracts start with an error and cannot be recalled or finished.',
		forKaifangqian,
	),
	notice(
		'qiandunNotice',
		'Copy the production URL above into the console of the vendor: 开放平台 → 控制台 → 应用列表 → 回调配置, and switch on the types of events that you want. The test URL is another address, which only works while you listen for a test event.',
		forQiandun,
	),
	triggerOn('kaifangqian'),
	triggerOn('qiandun'),
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	options(forKaifangqian, kaifangqianOptions),
	options(forQiandun, qiandunOptions),
];
