import type { INodeProperties } from 'n8n-workflow';
import { intentField, text } from './fields';

/** Properties of `contract.start` (api/qiandun.md §5.6: a sample body and error codes, no field table). */

const number = (
	name: string,
	displayName: string,
	description: string,
	fallback: number | string = '',
): INodeProperties => {
	const field: INodeProperties = { displayName, name, type: 'number', default: 0, description };
	return { ...field, default: fallback };
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
	description,
	options: [{ displayName: entry, name: 'entry', values }],
});

const fileCode = text(
	'fileCode',
	'File Code',
	'e.g. FC_20241212171254RkztvLleUICgRSe',
	'Code of the file, as returned when it was uploaded or made',
);

export const documentRows = rows('docs', 'Files', 'Add File', 'Files to sign', 'File', [
	fileCode,
	text('fileName', 'File Name', 'e.g. contract.pdf', 'Name of the file'),
	text('fileId', 'File ID', 'e.g. 1', 'Your own number of the file in this contract'),
	number(
		'fileOrder',
		'Order',
		'Place in the order of the files. Leave empty to count from the top.',
	),
]);

export const attachmentRows = rows(
	'attachmentFiles',
	'Attachments',
	'Add Attachment',
	'Files that go along without being signed (附件)',
	'Attachment',
	[
		fileCode,
		number(
			'fileOrder',
			'Order',
			'Place in the order of the attachments. Leave empty to count from the top.',
		),
	],
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
				'Number of the style. Seen are 1 (probably a place on one page) and 2 (probably a paging seal, 骑缝签章).',
		},
		number('positionPage', 'Page', 'Number of the page'),
		number(
			'positionX',
			'Horizontal Place',
			'How far across the page. From which side and in which unit is not published: try it out in the sandbox.',
		),
		number(
			'positionY',
			'Vertical Place',
			'How far up or down the page, given like the horizontal place',
		),
		text('dateFormat', 'Date Format', 'e.g. YYYY-MM-DD', 'How the signing date is written'),
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
		number(
			'seqNo',
			'Order',
			'Place in the order of the signers. Leave empty to count from the top.',
		),
		signFieldRows,
		intentField,
		number(
			'noticeTypes',
			'Notification',
			'How the signer is notified, as a number. Only 0 is known.',
		),
	],
);
