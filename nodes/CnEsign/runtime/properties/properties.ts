import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Properties that come up in many operations. */

/** For settings of a person: a model that uses the node as a tool never fills them in. */
export const hiddenFromTools: IDisplayOptions = { hide: { '@tool': [true] } };

/** Name of the collection with everything optional. The node's own behavior is added to it. */
export const OPTIONS = 'options';

/** The collection, its fields in the order that n8n wants. */
export function optionsCollection(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: OPTIONS,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort(byDisplayName),
	};
}

/** The binary field of the input item; `what` it holds, in a few words. */
export function fileInputField({
	what,
	show,
}: {
	what: string;
	show?: IDisplayOptions['show'];
}): INodeProperties {
	return {
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		typeOptions: { binaryDataProperty: true },
		description: `The name of the input binary field containing the ${what}`,
		...(show ? { displayOptions: { show } } : {}),
	};
}

/** The order that n8n wants lists in: capitals and small letters count alike. */
export function byName(a: { name: string }, b: { name: string }): number {
	return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
}

/** The order of the fields in a collection. */
export function byDisplayName(a: INodeProperties, b: INodeProperties): number {
	return a.displayName === b.displayName ? 0 : a.displayName < b.displayName ? -1 : 1;
}
