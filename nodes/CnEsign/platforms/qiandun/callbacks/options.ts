import type { INodeProperties } from 'n8n-workflow';

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

/** Options of the trigger for this platform. */
export const options: INodeProperties[] = [
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
