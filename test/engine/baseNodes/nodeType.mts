import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

/** Parameters of a node, each with its type; `json` is taken as it is, expressions in it are resolved. */
export type Properties = Record<string, 'string' | 'json' | 'filter'>;

/** A node of n8n's own collection, as far as the ready workflows use it. */
export const nodeType = (
	name: string,
	properties: Properties,
	execute: INodeType['execute'],
	description: Partial<INodeTypeDescription> = {},
): INodeType => ({
	description: {
		displayName: name,
		name,
		group: ['transform'],
		version: [1, 1.1, 1.2, 2, 2.1, 2.2, 3, 3.2, 3.4, 4.2],
		description: name,
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties: Object.entries(properties).map(([property, type]) => ({
			displayName: property,
			name: property,
			type,
			default: type === 'string' ? '' : {},
		})),
		...description,
	} as unknown as INodeTypeDescription,
	execute,
});
