import type { INodeProperties } from 'n8n-workflow';

/** Business line as resource locator: from the platform's list, or by ID. */
export const businessLineField: INodeProperties = {
	displayName: 'Business Line',
	name: 'signReId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The set of signing rules that the contract follows (业务线), made in the web console. It must be enabled.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a business line...',
			hint: 'Shows the lines that the operator may use. Fill in the operator contact first.',
			typeOptions: { searchListMethod: 'searchBusinessLines', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. line-0001',
			hint: 'In the web console: 企业管理后台 → 业务线管理 → copy 业务线ID',
			// No `validation`: n8n gives a pattern 250 ms of wall-clock time, and an execution on a busy
			// machine would end for it. The operation checks the length itself.
		},
	],
};
