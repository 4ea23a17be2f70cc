import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Short forms for the kinds of property that come up again and again. */

/** For settings of a person: a model that uses the node as a tool never fills them in. */
export const notForTools: IDisplayOptions = { hide: { '@tool': [true] } };

/** Where the name says everything, a description would only say it again: then it is `''` and left out. */
export const explained = (description: string) => (description === '' ? {} : { description });

export const textField = (
	name: string,
	displayName: string,
	placeholder: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...(placeholder === '' ? {} : { placeholder }),
	...explained(description),
	...more,
});

/** The order of the fields in a collection. */
export const byDisplayName = (a: INodeProperties, b: INodeProperties): number =>
	a.displayName === b.displayName ? 0 : a.displayName < b.displayName ? -1 : 1;

/** A collection of optional fields, in the order of their display names. */
export const groupField = (
	name: string,
	displayName: string,
	placeholder: string,
	description: string,
	options: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder,
	default: {},
	...explained(description),
	options: [...options].sort(byDisplayName),
});

/** What an operation takes besides. Equal in all but its fields everywhere, so that it stands once. */
export const additionalFieldsField = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [...options].sort(byDisplayName),
});

/** Whether a structure is given as fields or as JSON. */
export const inputModeField = (
	name: string,
	displayName: string,
	description = '',
): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Fill In Fields', value: 'fields' },
		{ name: 'Use JSON', value: 'json' },
	],
	default: 'fields',
	...explained(description),
});

/** The binary field of the input item; `what` it holds, in a few words. */
export const fileInputField = (what: string, show?: IDisplayOptions['show']): INodeProperties => ({
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	typeOptions: { binaryDataProperty: true },
	description: `Name of the input's binary field with the ${what}`,
	...(show ? { displayOptions: { show } } : {}),
});
