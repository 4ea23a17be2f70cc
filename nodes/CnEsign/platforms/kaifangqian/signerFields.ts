import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { inputModeField } from '../../runtime/properties';
import { personFields } from './fields';
import { choice, positionsField, sorted, text } from './positionFields';
import * as wire from './wireValues';

const optional = (values: wire.WireValue[]): INodePropertyOptions[] =>
	sorted([...values, { name: 'Not Set', value: '' }]);

/** Fields that persons and company nodes share (api/kaifangqian.md §5.2, §5.3). */
const mannerFields = (show?: IDisplayOptions['show']): INodeProperties[] => [
	choice(
		'verifyType',
		'Proof of Intent',
		optional(wire.verifyTypes),
		'How the signer confirms the will to sign (意愿校验方式)',
		{ show, preferred: '' },
	),
	choice(
		'personalSignAuth',
		'Real-Name Check',
		optional(wire.personalSignAuths),
		'Whether the signer must prove who they are first',
		{ show, preferred: '' },
	),
	choice(
		'sealType',
		'Kind of Signature',
		optional(wire.sealTypes),
		'How the signature is made (签名方式)',
		{ show, preferred: '' },
	),
	choice(
		'signConfirm',
		'Face Check (Older Field)',
		[
			{ name: 'Face', value: 'FACE' },
			{ name: 'Not Set', value: '' },
		],
		'Older way to demand a face check. It wins over the proof of intent.',
		{ show, preferred: '' },
	),
	text(
		'agreeSkipWillingness',
		'Skip Proof of Intent',
		'e.g. 1',
		'Number that lets the signer skip it (是否免意愿快捷签署). Its values are not documented.',
		show,
	),
];

const nodesField = (): INodeProperties => ({
	displayName: 'Signing Steps',
	name: 'internalNodeList',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Step',
	default: {},
	displayOptions: { show: { signerType: ['SENDER', 'RECEIVER_ENT'] } },
	description: 'Who seals, signs or approves for the company (内部签署节点)',
	options: [
		{
			displayName: 'Step',
			name: 'node',
			values: [
				choice('nodeType', 'Kind of Step', sorted(wire.nodeTypes), '', {
					preferred: 'ENTERPRISE_SEAL',
				}),
				{
					displayName: 'Seal Automatically',
					name: 'autoSign',
					type: 'boolean',
					default: false,
					displayOptions: { show: { nodeType: ['ENTERPRISE_SEAL'] } },
					description: 'Whether to set the seal at once, without a person (自动签署)',
				},
				text(
					'sealId',
					'Seal ID',
					'e.g. seal-0001',
					'Company seal to use (印章ID); copy it from the web console',
					{ nodeType: ['ENTERPRISE_SEAL'] },
				),
				...personFields(
					'',
					'the person who does this step, unless the seal is set automatically',
					'Signer',
					false,
				),
				text(
					'signerOrder',
					'Order',
					'e.g. 1',
					'Inside the company. Leave empty to count from the top.',
				),
				positionsField(['SEAL', 'CHOP_STAMP', 'SIGN_DATE', 'SIGNATURE']),
				...mannerFields(),
			],
		},
	],
});

const forPersons = { signerType: ['RECEIVER_PERSONAL'] };

export const signerProperties = (required: boolean): INodeProperties[] => [
	// Said here and not at the list, which all operations share: it is the largest part of the description.
	inputModeField(
		'signersInput',
		'Signers Given As',
		required
			? ''
			: 'How to give the signers. If the business line already names signers, give as many as it does: they are paired in order.',
	),
	{
		displayName: 'Signer List',
		name: 'signers',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Signer',
		default: {},
		displayOptions: { show: { signersInput: ['fields'] } },
		description: 'Who signs (签署方)',
		options: [
			{
				displayName: 'Signer',
				name: 'signer',
				values: [
					choice('signerType', 'Kind of Signer', sorted(wire.signerTypes), '', {
						preferred: 'RECEIVER_PERSONAL',
					}),
					text('signerName', 'Company Name', 'e.g. 某某科技有限公司', '', {
						signerType: ['SENDER', 'RECEIVER_ENT'],
					}),
					...personFields('', 'the person who signs', 'Signer', false).map((property) => ({
						...property,
						displayOptions: { show: forPersons },
					})),
					text('signerOrder', 'Order', 'e.g. 1', 'Leave empty to count from the top'),
					nodesField(),
					positionsField(['SIGNATURE', 'SIGN_DATE'], forPersons),
					...mannerFields(forPersons),
				],
			},
		],
	},
	{
		displayName: 'Signers (JSON)',
		name: 'signersJson',
		type: 'json',
		default: '[]',
		displayOptions: { show: { signersInput: ['json'] } },
		description:
			'As the API takes it (signerList). Missing contact types are recognized, and positions without documents get all of this contract.',
	},
];

/** `positionParamList` as fields or JSON, for operations that take positions without signers (§6.9). */
export const positionProperties = (): INodeProperties[] => [
	inputModeField('positionsInput', 'Positions'),
	{
		...positionsField(['SIGNATURE', 'SIGN_DATE']),
		displayOptions: { show: { positionsInput: ['fields'] } },
	},
	{
		displayName: 'Signing Positions (JSON)',
		name: 'positionsJson',
		type: 'json',
		default: '[]',
		displayOptions: { show: { positionsInput: ['json'] } },
		description: 'As the API takes it (positionParamList)',
	},
];
