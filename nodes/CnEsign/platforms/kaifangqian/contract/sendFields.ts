import type { INodeProperties } from 'n8n-workflow';
import { businessLineField } from '../businessLines';
import { optionsProperty, senderFields } from '../fields';
import { linkFields } from './links';
import { draftFields, modeField, signOrderField } from './draftFields';
import { signerProperties } from './signers/rowProperties';

/**
 * The form of *Send Files for Signing*. What everybody has to fill in stands on the first screen; the sender,
 * whom most people enter in the credential, comes after it, and the rest under Options.
 */

export const ONE_FOR_ALL = 'allItems';

const contractsField: INodeProperties = {
	displayName: 'Contracts to Start',
	name: 'contracts',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'One for All Items',
			value: ONE_FOR_ALL,
			description:
				'The files of all input items go into one contract; all else is taken from the first item',
		},
		{
			name: 'One per Item',
			value: 'perItem',
			description: 'Every input item starts a contract of its own',
		},
	],
	default: 'perItem',
};

const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'One Item per Contract', value: 'contract' },
		{
			name: 'One Item per Signer',
			value: 'signer',
			description: 'With the signing link of each, ready for a mail or message node',
		},
	],
	default: 'contract',
};

const previewField: INodeProperties = {
	displayName: 'Preview Positions',
	name: 'previewPositions',
	type: 'boolean',
	default: false,
	description: 'Whether to only show where the signatures would go, and send nothing',
};

const earlierRunFields: INodeProperties[] = [
	{
		displayName: 'Started Contract ID',
		name: 'contractId',
		type: 'string',
		default: '',
		placeholder: 'e.g. contract-0001',
		description:
			'Contract that an earlier run of this item has started. Nothing is sent then: you get its status and its links.',
	},
	{
		displayName: 'Uploaded Attachment IDs',
		name: 'annexList',
		type: 'string',
		default: '',
		placeholder: 'e.g. annex-0001',
		description:
			'IDs (fileId) that an earlier run of this item has reported; its first attachments are not uploaded again',
	},
	{
		displayName: 'Uploaded Document IDs',
		name: 'signDocumentList',
		type: 'string',
		default: '',
		placeholder: 'e.g. doc-0001, doc-0002',
		description:
			'IDs (docId) that an earlier run of this item has reported; its first files are not uploaded again',
	},
];

const attachmentField: INodeProperties = {
	displayName: 'Attachment Field Names (附件)',
	name: 'annexBinaryPropertyNames',
	type: 'string',
	default: '',
	placeholder: 'e.g. attachment',
	description:
		'Names of the binary fields with files that go along without being signed, separated by commas',
};

const sizeLimitField: INodeProperties = {
	displayName: 'Size Limit (MB)',
	name: 'sizeLimit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description:
		'Refuse larger files. Unless set: 30 MB for files to sign, 20 MB for attachments, as the vendor names them.',
};

export const sendFilesProperties: INodeProperties[] = [
	{
		displayName: 'Input Data Field Names',
		name: 'binaryPropertyNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. data, appendix (* for all files)',
		description:
			'Binary fields with the files to sign, separated by commas; * takes all. Leave empty for the only file of the item.',
	},
	businessLineField,
	{
		displayName: 'Subject (合同主题)',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. 服务合同',
		description: 'Title of the contract. Leave empty for the name of the first file.',
	},
	...signerProperties({ countsFiles: true, takesWireForm: false }),
	...senderFields,
	optionsProperty([
		contractsField,
		outputField,
		previewField,
		...earlierRunFields,
		attachmentField,
		sizeLimitField,
		modeField,
		signOrderField,
		...linkFields,
		...draftFields,
	]),
];
