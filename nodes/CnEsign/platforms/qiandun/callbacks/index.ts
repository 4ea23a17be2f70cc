import type { INodeProperties } from 'n8n-workflow';
import { openJson } from '../../callbacks';
import type { TriggerDefinition } from '../../definition';
import type { QiandunCredential } from '../signing';
import { events } from './events';
import { normalise } from './normalise';
import { prove } from './prove';

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

const options: INodeProperties[] = [
	methodField('confirmMethod', 'Confirm Method', '回调成功确认'),
	methodField('detailsMethod', 'Details Method', '获取回调信息'),
	{
		displayName: 'Confirm Path',
		name: 'confirmPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. /open/…',
		description:
			'Path of the call 回调成功确认, from the vendor’s documentation; made once the event has been handed over',
	},
	{
		displayName: 'Details Path',
		name: 'detailsPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. /open/…',
		description:
			'Without it the notification is passed on unproven. Path of the call 获取回调信息, from the vendor’s documentation.',
	},
];

/** docs/api/qiandun.md, 6. */
export const trigger: TriggerDefinition<QiandunCredential> = {
	events,
	options,
	notice:
		'Copy the production URL above into the console of the vendor: 开放平台 → 控制台 → 应用列表 → 回调配置, and switch on the types of events that you want. The test URL is another address, which only works while you listen for a test event.',
	// What the platform takes for delivered is not published.
	acknowledgement: 'success',
	open: ({ delivery }) => openJson(delivery),
	normalise,
	prove,
};
