/**
 * Nodes of n8n's own collection that the ready workflows use, in the little that they use of them: the
 * collection itself is no dependency of this project. Conditions are evaluated by n8n itself. What these
 * stand for is tried with the real nodes in test/e2e.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { extraTypes, fileItem } from '../engine.mjs';
import { dataTable, Tables } from './dataTable.mjs';
import { nodeType } from './nodeType.mjs';

export { Tables, type Row } from './dataTable.mjs';

const BASE = 'n8n-nodes-base';

interface Assignment {
	name: string;
	value: unknown;
}

const editFields = nodeType(
	'set',
	{ assignments: 'json', includeOtherFields: 'json', options: 'json' },
	async function (this: IExecuteFunctions) {
		const items = this.getInputData().map((item, index) => {
			const { assignments } = this.getNodeParameter('assignments', index) as unknown as {
				assignments: Assignment[];
			};
			const keep = this.getNodeParameter('includeOtherFields', index) === true;
			const json = {
				...(keep ? item.json : {}),
				...Object.fromEntries(assignments.map(({ name, value }) => [name, value])),
			} as IDataObject;
			return { json, pairedItem: { item: index } };
		});
		return [items];
	},
);

const readFile = nodeType(
	'readWriteFile',
	{
		operation: 'string',
		fileSelector: 'string',
		fileName: 'string',
		dataPropertyName: 'string',
		options: 'json',
	},
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

const paired = (exec: IExecuteFunctions): INodeExecutionData[] =>
	exec.getInputData().map((entry, item) => ({ ...entry, pairedItem: { item } }));

const isMet = (exec: IExecuteFunctions, name: string, item: number): boolean =>
	exec.getNodeParameter(name, item, false, { extractValue: true }) as boolean;

const iff = nodeType(
	'if',
	{ conditions: 'filter', options: 'json' },
	async function (this: IExecuteFunctions) {
		const items = paired(this);
		const met = items.map((_, item) => isMet(this, 'conditions', item));
		return [items.filter((_, item) => met[item]), items.filter((_, item) => !met[item])];
	},
	{ outputs: ['main', 'main'] },
);

const filter = nodeType(
	'filter',
	{ conditions: 'filter', options: 'json' },
	async function (this: IExecuteFunctions) {
		return [paired(this).filter((_, item) => isMet(this, 'conditions', item))];
	},
);

const MOST_OUTPUTS = 6;

const switchNode = nodeType(
	'switch',
	{ options: 'json' },
	async function (this: IExecuteFunctions) {
		const { values } = this.getNodeParameter('rules', 0) as { values: unknown[] };
		const outputs: INodeExecutionData[][] = Array.from({ length: MOST_OUTPUTS }, () => []);
		paired(this).forEach((entry, item) => {
			const met = values.findIndex((_, rule) =>
				isMet(this, `rules.values[${rule}].conditions`, item),
			);
			outputs[met < 0 ? values.length : met].push(entry);
		});
		return outputs;
	},
	{ outputs: Array.from({ length: MOST_OUTPUTS }, () => 'main') as Array<'main'> },
);
switchNode.description.properties.push({
	displayName: 'Rules',
	name: 'rules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	options: [
		{
			name: 'values',
			displayName: 'Rules',
			values: [
				{ displayName: 'Conditions', name: 'conditions', type: 'filter', default: {} },
				{ displayName: 'Output', name: 'outputKey', type: 'string', default: '' },
			],
		},
	],
});

/** A trigger: passes on what the run is started with. */
const trigger = (name: string) =>
	nodeType(
		name,
		{},
		async function (this: IExecuteFunctions) {
			return [this.getInputData()];
		},
		{ group: ['trigger'], inputs: [] },
	);

export interface Called {
	/** The node that called. */
	node: string;
	items: IDataObject[];
}

/** What the nodes of one test have done to the world around n8n. */
export interface BaseNodes {
	tables: Tables;
	/** Workflows that were called, in their order. */
	called: Called[];
	/** Addresses that were called. */
	posted: string[];
	clear(): void;
}

/** Makes the nodes known to the engine; for the tests of one file, which share them. */
export const addBaseNodes = (): BaseNodes => {
	const tables = new Tables();
	const called: Called[] = [];
	const posted: string[] = [];
	const add = (type: ReturnType<typeof nodeType>) =>
		extraTypes.set(`${BASE}.${type.description.name}`, type);

	for (const type of [editFields, readFile, iff, filter, switchNode, dataTable(tables)]) add(type);
	for (const name of ['executeWorkflowTrigger', 'scheduleTrigger']) add(trigger(name));
	add(
		nodeType('executeWorkflow', { workflowId: 'json', options: 'json' }, async function () {
			const items = this.getInputData();
			called.push({ node: this.getNode().name, items: items.map(({ json }) => json) });
			return [items];
		}),
	);
	add(
		nodeType(
			'httpRequest',
			{ method: 'string', url: 'string', options: 'json' },
			async function () {
				const items = this.getInputData();
				items.forEach((_, index) => posted.push(this.getNodeParameter('url', index) as string));
				return [items];
			},
		),
	);
	return {
		tables,
		called,
		posted,
		clear() {
			tables.clear();
			called.length = 0;
			posted.length = 0;
		},
	};
};
