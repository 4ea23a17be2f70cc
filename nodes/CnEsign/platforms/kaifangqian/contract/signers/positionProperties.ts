import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../../../runtime/properties/properties';
import { controlTypes, keywordTypes, signDateFormats } from '../../wireValues';

/** A position among the fields of a signer: on a page in per cent, at a keyword in points. */

const onPage = { show: { signPositionType: ['POSITION'] } };
const atKeyword = { show: { signPositionType: ['KEYWORD'] } };
const placed = { show: { signPositionType: ['KEYWORD', 'POSITION'] } };

/** The mark that fits the signer: a seal for a company seal, a signature for everybody else. */
const USUAL_FIELD = '';

const documentFields = (countsFiles: boolean): INodeProperties[] => [
	...(countsFiles
		? [
				{
					displayName: 'Files',
					name: 'files',
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. 1,3',
					displayOptions: placed,
					description:
						'Numbers of the files to sign, counted in the order of sending. Leave empty for all.',
				},
			]
		: [
				{
					displayName: 'Document IDs',
					name: 'docIds',
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. {{ $json.docId }}',
					displayOptions: placed,
					description:
						'Documents that the position is in, separated by commas. Leave empty for all of this contract.',
				},
			]),
	{
		displayName: 'Template IDs (模板ID)',
		name: 'templateIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. tpl-0001',
		displayOptions: placed,
		description: 'Templates of the business line instead of files',
	},
];

/** `countsFiles`: documents are given by the number of the file that is sent, otherwise by their ID. */
export function positionFields(countsFiles: boolean): INodeProperties[] {
	return [
		{
			displayName: 'Positioned By',
			name: 'signPositionType',
			type: 'options',
			options: [
				{ name: 'Keyword', value: 'KEYWORD', description: 'At a text in the file' },
				{
					name: 'Let the Signer Choose',
					value: 'NONE',
					description: 'No position is given to this signer',
				},
				{ name: 'Place on the Page', value: 'POSITION' },
			],
			default: 'POSITION',
		},
		{
			displayName: 'Keyword',
			name: 'keyword',
			type: 'string',
			default: '',
			placeholder: 'e.g. 乙方签字',
			displayOptions: atKeyword,
			description:
				'Without blanks and half-width ( ) : , . ; ! ? / [ ], which end a piece of text. The field stands where the piece begins.',
		},
		{
			displayName: 'If Found Several Times',
			name: 'keywordType',
			type: 'options',
			options: [...keywordTypes].sort(byName),
			default: '1',
			displayOptions: atKeyword,
		},
		{
			displayName: 'X Offset',
			name: 'xOffset',
			type: 'string',
			default: '',
			placeholder: 'e.g. 60',
			displayOptions: atKeyword,
			description: 'Points to the right of the beginning of the text, a whole number',
		},
		{
			displayName: 'Y Offset',
			name: 'yOffset',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10',
			displayOptions: atKeyword,
			description: 'Points further down, a whole number',
		},
		{
			displayName: 'Pages (应用页面)',
			name: 'pageConfig',
			type: 'string',
			default: '1',
			placeholder: 'e.g. 1,2,7-10',
			displayOptions: onPage,
			description: 'Page numbers, or ALL',
		},
		{
			displayName: 'X Position (%)',
			name: 'x',
			type: 'string',
			default: '',
			placeholder: 'e.g. 62',
			displayOptions: onPage,
			description:
				'Left edge, per cent of the page width. Leave empty to give each signature a place of its own.',
		},
		{
			displayName: 'Y Position (%)',
			name: 'y',
			type: 'string',
			default: '',
			placeholder: 'e.g. 80',
			displayOptions: onPage,
			description: 'Upper edge, per cent of the page height from the top',
		},
		{
			displayName: 'Field Type (控件类型)',
			name: 'controlType',
			type: 'options',
			options: [
				...controlTypes.filter(({ value }) => ['CHOP_STAMP', 'SIGN_DATE'].includes(value)),
				{
					name: 'Signature or Seal',
					value: USUAL_FIELD,
					description: 'Whatever fits what the signer signs with',
				},
			].sort(byName),
			default: USUAL_FIELD,
			displayOptions: placed,
		},
		{
			displayName: 'Date Format',
			name: 'signDateFormat',
			type: 'options',
			options: [...signDateFormats].sort(byName),
			default: 'LINE',
			displayOptions: { show: { controlType: ['SIGN_DATE'] } },
		},
		...documentFields(countsFiles),
		{
			displayName: 'Width',
			name: 'controlWidth',
			type: 'string',
			default: '',
			placeholder: 'e.g. 112',
			displayOptions: placed,
			description: 'Points, 10 to 120',
		},
		{
			displayName: 'Height',
			name: 'controlHeight',
			type: 'string',
			default: '',
			placeholder: 'e.g. 52',
			displayOptions: placed,
			description: 'Points, 10 to 120',
		},
	];
}

/** Any number of positions. */
export function positionsProperty(countsFiles: boolean): INodeProperties {
	return {
		displayName: 'Positions (签署位置)',
		name: 'positions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Position',
		default: {},
		description: countsFiles
			? 'Where to sign. Without one: on page 1, next to the previous signer.'
			: 'Where to sign. Without one: on page 1 of the documents named here, next to the previous signer.',
		options: [{ displayName: 'Position', name: 'position', values: positionFields(countsFiles) }],
	};
}

/** For signing on behalf of a person (docs/api/kaifangqian.md, 6.9). */
export function behalfPositionProperties(): INodeProperties[] {
	return [
		{
			displayName: 'Specify Positions',
			name: 'positionsInput',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Using Fields Below', value: 'fields' },
				{
					name: 'Using Raw JSON',
					value: 'json',
					description: 'Exactly as the API takes them (positionParamList)',
				},
			],
			default: 'fields',
		},
		{
			...positionsProperty(false),
			displayOptions: { show: { positionsInput: ['fields'] } },
			description:
				'Where to sign. Leave empty where the contract itself has a place for this person.',
		},
		{
			displayName: 'Positions (Raw JSON)',
			name: 'positionsJson',
			type: 'json',
			default: '[]',
			displayOptions: { show: { positionsInput: ['json'] } },
			description: 'As the API takes it (positionParamList)',
		},
	];
}
