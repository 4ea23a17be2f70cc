import type { INodeProperties } from 'n8n-workflow';
import { explained } from '../../runtime/properties';
import { intentField, text } from './fields';

/** Where its path stands in the vendor's documentation. */
export const PAGE = '合同相关 / 通过文件发起合同';

/** Properties of `contract.start` (api/qiandun.md §5.6: a sample body and error codes, no field table). */

const number = (
	name: string,
	displayName: string,
	description: string,
	fallback: number | string = '',
): INodeProperties => {
	const field: INodeProperties = { displayName, name, type: 'number', default: 0 };
	return { ...field, default: fallback, ...explained(description) };
};

const rows = (
	name: string,
	displayName: string,
	placeholder: string,
	description: string,
	entry: string,
	values: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder,
	default: {},
	...explained(description),
	options: [{ displayName: entry, name: 'entry', values }],
});

const fileCode = text(
	'fileCode',
	'File Code',
	'e.g. FC_20241212171254RkztvLleUICgRSe',
	'As returned when the file was uploaded or made',
);

export const documentRows = rows('docs', 'Files', 'Add File', '', 'File', [
	fileCode,
	text('fileName', 'File Name', 'e.g. contract.pdf', ''),
	text('fileId', 'File ID', 'e.g. 1', 'Your own number of the file in this contract'),
	number('fileOrder', 'Order', 'Leave empty to count from the top'),
]);

export const attachmentRows = rows(
	'attachmentFiles',
	'Attachments',
	'Add Attachment',
	'Files that go along without being signed (附件)',
	'Attachment',
	[fileCode, number('fileOrder', 'Order', 'Leave empty to count from the top')],
);

const signFieldRows = rows(
	'signFields',
	'Signing Positions',
	'Add Position',
	'Where to sign. Give an authorization code at all positions of a signer or at none: silent and normal signing do not mix.',
	'Position',
	[
		fileCode,
		{
			displayName: 'Style',
			name: 'signFieldStyle',
			type: 'number',
			default: 1,
			description:
				'Seen are 1 (probably a place on one page) and 2 (probably a paging seal, 骑缝签章)',
		},
		number('positionPage', 'Page', ''),
		number(
			'positionX',
			'Horizontal Place',
			'How far across the page. From which side and in which unit is not published: try it out in the sandbox.',
		),
		number('positionY', 'Vertical Place', 'Given like the horizontal place'),
		text('dateFormat', 'Date Format', 'e.g. YYYY-MM-DD', ''),
		text(
			'authorizeCode',
			'Authorization Code',
			'e.g. RkztvLleUICgRSe',
			"Code of an authorization for silent signing, as returned by 'Seal: Get'",
		),
	],
);

export const signerRows = rows(
	'signers',
	'Signer List',
	'Add Signer',
	'Who signs (签署方). Name each account once.',
	'Signer',
	[
		text('accountId', 'Account ID', 'e.g. PSN_TEST_001', 'ID of the signer (账号ID)'),
		number('seqNo', 'Order', 'Leave empty to count from the top'),
		signFieldRows,
		intentField,
		number('noticeTypes', 'Notification', 'As a number; only 0 is known'),
	],
);
