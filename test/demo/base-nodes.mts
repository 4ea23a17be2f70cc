/**
 * The two nodes of n8n's own collection that the examples use, in the little that they use of them:
 * the collection itself is no dependency of this project.
 */
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { extraTypes, fileItem } from '../engine/engine.mjs';

const nodeType = (
	displayName: string,
	name: string,
	properties: Array<[name: string, type: string]>,
	execute: INodeType['execute'],
): INodeType => ({
	description: {
		displayName,
		name,
		group: ['input'],
		version: [1, 3.4],
		description: displayName,
		defaults: { name: displayName },
		inputs: ['main'],
		outputs: ['main'],
		properties: properties.map(([property, type]) => ({
			displayName: property,
			name: property,
			type,
			...(type === 'collection' ? { default: {}, options: [] } : { default: '' }),
		})),
	} as unknown as INodeType['description'],
	execute,
});

const editFields = nodeType(
	'Edit Fields',
	'set',
	[
		['assignments', 'assignmentCollection'],
		['options', 'collection'],
	],
	async function (this: IExecuteFunctions) {
		const items = this.getInputData().map((_item, index) => {
			const { assignments } = this.getNodeParameter('assignments', index) as unknown as {
				assignments: Array<{ name: string; value: string }>;
			};
			const json: IDataObject = Object.fromEntries(
				assignments.map(({ name, value }) => [name, value]),
			);
			return { json, pairedItem: { item: index } };
		});
		return [items];
	},
);

const readFile = nodeType(
	'Read/Write Files from Disk',
	'readWriteFile',
	[
		['operation', 'string'],
		['fileSelector', 'string'],
		['fileName', 'string'],
		['dataPropertyName', 'string'],
		['options', 'collection'],
	],
	async function (this: IExecuteFunctions) {
		const items = await Promise.all(
			this.getInputData().map(async (item, index) => {
				if (this.getNodeParameter('operation', index) === 'write') {
					const field = (this.getNodeParameter('dataPropertyName', index) as string) || 'data';
					const fileName = this.getNodeParameter('fileName', index) as string;
					writeFileSync(fileName, await this.helpers.getBinaryDataBuffer(index, field));
					return { json: { ...item.json, fileName }, pairedItem: { item: index } };
				}
				const path = this.getNodeParameter('fileSelector', index) as string;
				const { dataPropertyName = 'data' } = this.getNodeParameter('options', index) as {
					dataPropertyName?: string;
				};
				const fileName = basename(path);
				const file = await fileItem(
					readFileSync(path),
					fileName,
					'application/pdf',
					{ fileName },
					dataPropertyName,
				);
				return { ...file, pairedItem: { item: index } };
			}),
		);
		return [items];
	},
);

export const addBaseNodes = (): void => {
	extraTypes.set('n8n-nodes-base.set', editFields);
	extraTypes.set('n8n-nodes-base.readWriteFile', readFile);
};
