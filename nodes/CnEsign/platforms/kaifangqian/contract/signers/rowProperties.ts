import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { byDisplayName, byName } from '../../../../runtime/properties/properties';
import {
	nodeTypes,
	personalSignAuths,
	sealTypes,
	verifyTypes,
	type WireValue,
} from '../../wireValues';
import { positionFields, positionsProperty } from './positionProperties';

/** Signers as rows: who signs, and in the row's details for which company, with what and where. */

export const AUTOMATIC = 'AUTO_SIGN';
export const SEAL = 'ENTERPRISE_SEAL';

/** What a company can sign with; an approval is a step of the own company, too. */
const companySteps: WireValue[] = [
	...nodeTypes,
	{
		value: AUTOMATIC,
		name: 'Company Seal, Set Automatically (自动签署)',
		description: 'Own company only; no person is needed',
	},
];

const orNotSet = (values: WireValue[]): INodePropertyOptions[] =>
	[...values, { name: 'Not Set', value: '' }].sort(byName);

const detailFields = (countsFiles: boolean): INodeProperties[] => [
	{
		displayName: 'Company (企业)',
		name: 'company',
		type: 'string',
		default: '',
		placeholder: 'e.g. 某某科技有限公司',
		description:
			'Company that the person signs for. Rows of one company that follow each other are the steps in which it signs.',
	},
	{
		displayName: 'Company Signs With',
		name: 'nodeType',
		type: 'options',
		options: [...companySteps].sort(byName),
		default: SEAL,
		description: 'Not used without a company: a private person gives a signature',
	},
	{
		displayName: 'Face Check (Deprecated)',
		name: 'signConfirm',
		type: 'options',
		options: [
			{ name: 'Face', value: 'FACE' },
			{ name: 'Not Set', value: '' },
		],
		default: '',
		description: 'Wins over Intent Verification, which can demand a face check as well',
	},
	{
		displayName: 'Intent Verification (意愿校验)',
		name: 'verifyType',
		type: 'options',
		options: orNotSet(verifyTypes),
		default: '',
		description: 'How the signer confirms the will to sign',
	},
	{
		displayName: 'Order',
		name: 'order',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1',
		description: 'When the signer is asked, 0 to 127. Leave empty to count from the top.',
	},
	positionsProperty(countsFiles),
	{
		displayName: 'Real-Name Check (实名认证)',
		name: 'personalSignAuth',
		type: 'options',
		options: orNotSet(personalSignAuths),
		default: '',
		description: 'Whether the signer must prove who they are first',
	},
	{
		displayName: 'Seal ID (印章ID)',
		name: 'sealId',
		type: 'string',
		default: '',
		placeholder: 'e.g. seal-0001',
		description: 'Company seal to use; needed for every seal of your own company',
	},
	{
		displayName: 'Side',
		name: 'side',
		type: 'options',
		options: [
			{
				name: 'Other Side (接收方)',
				value: 'receiver',
				description: 'Whom you send the contract to',
			},
			{ name: 'Own Company (发起方)', value: 'sender', description: 'The company that sends it' },
		],
		default: 'receiver',
	},
	{
		displayName: 'Signature Type (签名方式)',
		name: 'sealType',
		type: 'options',
		options: orNotSet(sealTypes),
		default: '',
	},
	{
		displayName: 'Skip Intent Verification (免意愿快捷签署)',
		name: 'agreeSkipWillingness',
		type: 'boolean',
		default: false,
		description: 'Whether the signer may sign without confirming the will to sign each time',
	},
];

/** All fields of a row. In rows as JSON they stand side by side, those of a single position too. */
function rowFields(countsFiles: boolean): INodeProperties[] {
	return [
		{
			displayName: 'Name (姓名)',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. 张三',
			description: 'Full name of the person who signs',
		},
		{
			displayName: 'Phone or Email (联系方式)',
			name: 'contact',
			type: 'string',
			default: '',
			placeholder: 'e.g. 13800138000 or name@email.com',
			description: 'How the platform reaches the person',
		},
		{
			displayName: 'Details',
			name: 'details',
			type: 'collection',
			placeholder: 'Add Detail',
			default: {},
			options: detailFields(countsFiles).sort(byDisplayName),
		},
	];
}

/** Names that a row as JSON may have. */
export function rowNames(countsFiles: boolean): INodeProperties[] {
	const [name, contact] = rowFields(countsFiles);
	return [name, contact, ...detailFields(countsFiles), ...positionFields(countsFiles)];
}

const ROWS_EXAMPLE =
	'e.g. [{ "name": "张三", "contact": "13800138000", "company": "某某科技有限公司", "keyword": "乙方签字" }]';

/** How signers are given. `takesWireForm`: also exactly as the API takes them. */
export function signerProperties({
	countsFiles,
	takesWireForm,
}: {
	countsFiles: boolean;
	takesWireForm: boolean;
}): INodeProperties[] {
	return [
		{
			displayName: 'Specify Signers',
			name: 'signersInput',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Using Fields Below', value: 'fields' },
				{ name: 'Using JSON', value: 'rows', description: 'For signers that come from your data' },
				...(takesWireForm
					? [
							{
								name: 'Using Raw JSON',
								value: 'json',
								description: 'Exactly as the API takes them (signerList)',
							},
						]
					: []),
			],
			default: 'fields',
		},
		{
			displayName: 'Signers (签署方)',
			name: 'signers',
			type: 'fixedCollection',
			typeOptions: {
				multipleValues: true,
				sortable: true,
				fixedCollection: {
					itemTitle: '={{ $collection.item.value.name || $collection.item.value.contact }}',
				},
			},
			placeholder: 'Add Signer',
			default: { signer: [{ name: '', contact: '', details: {} }] },
			displayOptions: { show: { signersInput: ['fields'] } },
			description: 'Who signs, in the order of signing',
			options: [{ displayName: 'Signer', name: 'signer', values: rowFields(countsFiles) }],
		},
		{
			displayName: 'Signers (JSON)',
			name: 'rowsJson',
			type: 'json',
			default: '[]',
			placeholder: ROWS_EXAMPLE,
			displayOptions: { show: { signersInput: ['rows'] } },
			description: `List of signers with these fields: ${rowNames(countsFiles)
				.map(({ name }) => name)
				.join(', ')}`,
		},
		...(takesWireForm
			? [
					{
						displayName: 'Signers (Raw JSON)',
						name: 'signersJson',
						type: 'json' as const,
						default: '[]',
						displayOptions: { show: { signersInput: ['json'] } },
						description:
							'As the API takes it (signerList). Positions without documents get all of this contract.',
					},
				]
			: []),
	];
}
