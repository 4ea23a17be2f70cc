import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { choiceProperty } from '../../runtime/description';
import { explained, textField } from '../../runtime/properties';
import * as wire from './wireValues';

/** Short forms for the fields inside the signer collections. */

export const sorted = (values: wire.WireValue[]): INodePropertyOptions[] =>
	[...values].sort((a, b) => (a.name < b.name ? -1 : 1));

type Show = IDisplayOptions['show'];

const shown = (show: Show) => (show ? { displayOptions: { show } } : {});

export const choice = (
	name: string,
	displayName: string,
	options: INodePropertyOptions[],
	description: string,
	{ show, preferred }: { show?: Show; preferred?: string } = {},
): INodeProperties =>
	choiceProperty(
		{ displayName, name, ...explained(description), ...shown(show) },
		options,
		preferred,
	);

export const text = (
	name: string,
	displayName: string,
	placeholder: string,
	description: string,
	show?: Show,
): INodeProperties => textField(name, displayName, placeholder, description, shown(show));

/** `positionParamList` as fields; `controls` are the kinds of field that make sense here. */
export const positionsField = (
	controls: string[],
	show?: IDisplayOptions['show'],
): INodeProperties => {
	const byPlace = { signPositionType: ['POSITION'] };
	const byKeyword = { signPositionType: ['KEYWORD'] };
	const kinds = sorted(wire.controlTypes.filter(({ value }) => controls.includes(value))).map(
		// Which kinds go with which step matters only where there are steps.
		({ description, ...kind }) => (controls.includes('SEAL') ? { ...kind, description } : kind),
	);
	return {
		displayName: 'Signing Positions',
		name: 'positionParamList',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Position',
		default: {},
		description: 'Where in the document to sign (签署位置)',
		...(show ? { displayOptions: { show } } : {}),
		options: [
			{
				displayName: 'Position',
				name: 'position',
				values: [
					choice('controlType', 'Kind of Field', kinds, '', {
						preferred: controls[0],
					}),
					choice('signPositionType', 'Where', sorted(wire.signPositionTypes), ''),
					text(
						'keyword',
						'Keyword',
						'e.g. 乙方签字',
						'Text in the document at which to sign',
						byKeyword,
					),
					choice(
						'keywordType',
						'Which Keyword',
						sorted(wire.keywordTypes),
						'Where to sign if it stands in several places',
						{ show: byKeyword, preferred: '1' },
					),
					text(
						'pageConfig',
						'Pages',
						'e.g. 1,2,7-10',
						'Page numbers, or ALL. The platform seems to mix up EVEN_NUMBER and ODD_NUMBER.',
						byPlace,
					),
					text(
						'offsetX',
						'Horizontal Place',
						'e.g. 0.62',
						'On a page 0 to 1, a part of its width; at a keyword the distance, a whole number. Try it with a draft.',
					),
					text(
						'offsetY',
						'Vertical Place',
						'e.g. 0.81',
						'Like the horizontal place, but a part of the height',
					),
					choice('signDateFormat', 'Date Format', sorted(wire.signDateFormats), '', {
						show: { controlType: ['SIGN_DATE'] },
						preferred: 'LINE',
					}),
					text(
						'docIds',
						'Document IDs',
						'e.g. {{ $json.docId }}',
						'Separated by commas. Leave empty for all that are named above.',
					),
					choice(
						'docType',
						'Kind of Document',
						[
							{ name: 'Template (模板)', value: '2' },
							{ name: 'Uploaded (上传)', value: '1' },
						],
						'',
						{ preferred: '1' },
					),
					text(
						'controlWidth',
						'Width',
						'e.g. 112',
						'10 to 120. Usual: signature 112, seal and date 120.',
					),
					text(
						'controlHeight',
						'Height',
						'e.g. 52',
						'10 to 120. Usual: signature 52, seal 120, date 30.',
					),
				],
			},
		],
	};
};
