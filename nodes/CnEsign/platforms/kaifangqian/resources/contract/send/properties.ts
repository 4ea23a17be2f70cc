import type { INodeProperties } from 'n8n-workflow';
import { textField } from '../../../../../runtime/properties';
import { businessLineField } from '../../../businessLines';
import { additionalFields, operatorFields } from '../../../fields';
import { draftFields, sendField, signOrderField } from '../draftFields';
import { linkFields } from '../getTaskLink';
import { signerRowProperties } from './signerRowFields';

export const ONE_FROM_ALL = 'allItems';

const more: INodeProperties[] = [
	textField(
		'annexBinaryPropertyNames',
		'Attachment Field Names',
		'e.g. attachment',
		'Names of the binary fields with files that go along without being signed (附件), separated by commas',
	),
	textField(
		'annexList',
		'Uploaded Attachment IDs',
		'e.g. annex-0001',
		'IDs (fileId) that an earlier run of this item has reported. They replace its first attachments, which are not uploaded again.',
	),
	textField(
		'signDocumentList',
		'Uploaded Document IDs',
		'e.g. doc-0001, doc-0002',
		'IDs (docId) that an earlier run of this item has reported. They replace its first files, which are not uploaded again.',
	),
	textField(
		'contractId',
		'Started Contract ID',
		'e.g. contract-0001',
		'Contract that an earlier run of this item has started. Nothing is sent then: you get its status and its links.',
	),
	{
		displayName: 'Size Limit (MB)',
		name: 'sizeLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 20,
		description:
			'Refuse larger files. Unless set, the limits of the vendor hold: 30 MB for files to sign, 20 MB for attachments.',
	},
];

export const sendFilesProperties: INodeProperties[] = [
	// Whether a contact is a number or an address is recognized; nobody has to say it.
	...operatorFields.filter(({ name }) => name !== 'operatorContactType'),
	businessLineField,
	textField(
		'subject',
		'Subject',
		'e.g. 服务合同',
		'Title of the contract (合同主题). Leave empty for the name of the first file.',
	),
	{
		displayName: 'Contracts',
		name: 'contracts',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'One From All Items',
				value: ONE_FROM_ALL,
				description: 'The files of all input items go into one contract',
			},
			{
				name: 'One per Item',
				value: 'perItem',
				description: 'Every input item starts a contract of its own',
			},
		],
		default: 'perItem',
		description:
			'How many contracts to start. With one from all items, everything but the files is taken from the first item.',
	},
	{
		...textField(
			'binaryPropertyNames',
			'Input Data Field Names',
			'e.g. data, appendix',
			'Names of the binary fields with the files to sign, separated by commas. Give * to take all binary fields of the item.',
		),
		required: true,
		default: 'data',
	},
	...signerRowProperties,
	signOrderField,
	sendField,
	{
		displayName: 'Preview Positions',
		name: 'previewPositions',
		type: 'boolean',
		default: false,
		description: 'Whether to only show where the signatures would go, and send nothing',
	},
	additionalFields([...more, ...linkFields, ...draftFields]),
];
