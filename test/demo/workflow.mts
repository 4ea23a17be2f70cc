import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../engine/engine.mjs';
import { readJson } from '../tools/project.mjs';
import { folderOf, readyWorkflows } from '../workflows/index.mjs';
import type { Language } from '../workflows/workflow.mjs';

/** All that docs/workflows holds, in the order of the guides. */
export const shippedNames = (): string[] => readyWorkflows.map(({ file }) => file);

/** A shipped example, as a user imports it. */
export const shippedFile = (
	name: string,
	language: Language = 'en',
): WorkflowJson & { name: string; settings: object } =>
	readJson(folderOf(language), `${name}.json`) as WorkflowJson & { name: string; settings: object };

/** A shipped example, as far as it is run. */
export const shippedWorkflow = (name: string, language: Language = 'en'): WorkflowJson => {
	const { nodes, connections } = shippedFile(name, language);
	// Notes on the canvas are no steps.
	return {
		nodes: nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote'),
		connections,
	};
};

export const nodeNamed = ({ nodes }: WorkflowJson, name: string): INode => {
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`The example workflow has no node '${name}'`);
	return found;
};

interface Assignment {
	name: string;
	value: string;
}

/** What a user does after the import: fills in the values of an Edit Fields node. */
export const fillIn = (json: WorkflowJson, name: string, values: Record<string, string>): void => {
	const { assignments } = nodeNamed(json, name).parameters.assignments as unknown as {
		assignments: Assignment[];
	};
	for (const [field, value] of Object.entries(values)) {
		const assignment = assignments.find((candidate) => candidate.name === field);
		if (!assignment) throw new Error(`'${name}' of the example workflow has no field '${field}'`);
		assignment.value = value;
	}
};
