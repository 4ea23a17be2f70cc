import type { INodeProperties } from 'n8n-workflow';
import { intentField } from './fields';

/** Where its path stands in the vendor's documentation. */
export const PAGE = '合同相关 / 通过文件发起合同';

/** Properties of `contract.start` (docs/api/qiandun.md, 5.6: a sample body and error codes, no field table). */

const fileCode: INodeProperties = {
	displayName: 'File Code',
	name: 'fileCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. FC_20241212171254RkztvLleUICgRSe',
	description: 'As returned when the file was uploaded or made',
};

export const documentRows: INodeProperties = {
	displayName: 'Files',
	name: 'docs',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add File',
	default: {},
	options: [
		{
			displayName: 'File',
			name: 'entry',
			values: [
				fileCode,
				{
					displayName: 'File Name',
					name: 'fileName',
					type: 'string',
					default: '',
					placeholder: 'e.g. contract.pdf',
				},
				{
					displayName: 'File ID',
					name: 'fileId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1',
					description: 'Your own number of the file in this contract',
				},
				{
					displayName: 'Order',
					name: 'fileOrder',
					type: 'string',
					default: '',
					description: 'Leave empty to count from the top',
				},
			],
		},
	],
};

export const attachmentRows: INodeProperties = {
	displayName: 'Attachments (附件)',
	name: 'attachmentFiles',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Attachment',
	default: {},
	description: 'Files that go along without being signed',
	options: [
		{
			displayName: 'Attachment',
			name: 'entry',
			values: [
				fileCode,
				{
					displayName: 'Order',
					name: 'fileOrder',
					type: 'string',
					default: '',
					description: 'Leave empty to count from the top',
				},
			],
		},
	],
};

const signFieldRows: INodeProperties = {
	displayName: 'Positions (签署位置)',
	name: 'signFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Position',
	default: {},
	description:
		'Enter an authorization code at all positions of a signer or at none: silent and normal signing do not mix',
	options: [
		{
			displayName: 'Position',
			name: 'entry',
			values: [
				fileCode,
				{
					displayName: 'Authorization Code',
					name: 'authorizeCode',
					type: 'string',
					default: '',
					placeholder: 'e.g. RkztvLleUICgRSe',
					description: "Code of an authorization for silent signing, as returned by 'Seal: Get'",
				},
				{
					displayName: 'Date Format',
					name: 'dateFormat',
					type: 'string',
					default: '',
					placeholder: 'e.g. YYYY-MM-DD',
				},
				{ displayName: 'Page', name: 'positionPage', type: 'string', default: '' },
				{
					displayName: 'Style',
					name: 'signFieldStyle',
					type: 'number',
					default: 1,
					description:
						'Seen are 1 (probably a place on one page) and 2 (probably a paging seal, 骑缝签章)',
				},
				{
					displayName: 'X Position',
					name: 'positionX',
					type: 'string',
					default: '',
					description:
						'How far across the page. From which side and in which unit is not published: try it out in the sandbox.',
				},
				{
					displayName: 'Y Position',
					name: 'positionY',
					type: 'string',
					default: '',
					description: 'Given like the X position',
				},
			],
		},
	],
};

export const signerRows: INodeProperties = {
	displayName: 'Signers (签署方)',
	name: 'signers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Signer',
	default: {},
	description: 'Who signs. Name each account once.',
	options: [
		{
			displayName: 'Signer',
			name: 'entry',
			values: [
				{
					displayName: 'Account ID (账号ID)',
					name: 'accountId',
					type: 'string',
					default: '',
					placeholder: 'e.g. PSN_TEST_001',
					description: 'ID of the signer',
				},
				{
					displayName: 'Order',
					name: 'seqNo',
					type: 'string',
					default: '',
					description: 'Leave empty to count from the top',
				},
				signFieldRows,
				intentField,
				{
					displayName: 'Notification',
					name: 'noticeTypes',
					type: 'string',
					default: '',
					description: 'As a number; only 0 is known',
				},
			],
		},
	],
};
