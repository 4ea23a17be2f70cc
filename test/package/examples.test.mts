import type { INode } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loader, wf, type WorkflowJson } from '../engine/engine.mjs';
import { filesBelow, inRoot, manifest } from './project.mjs';

const files = filesBelow(inRoot('docs/workflows')).filter((name) => name.endsWith('.json'));

const read = (file: string) =>
	JSON.parse(readFileSync(inRoot('docs/workflows', file), 'utf8')) as WorkflowJson & {
		name: string;
	};

const ours = ({ nodes }: WorkflowJson): INode[] =>
	nodes.filter(({ type }) => type.startsWith(`${manifest.name}.`));

const typeOf = ({ type }: INode) =>
	wf.NodeHelpers.getVersionedNodeType(loader.getNode(type.split('.')[1]).type);

// The workflows that a user imports: what can be said about them without running them.
describe.each(files)('the example %s', (file) => {
	const workflow = read(file);

	it('has a name, and nodes that each have their own', () => {
		expect(workflow.name.trim()).not.toBe('');
		for (const field of ['id', 'name'] as const) {
			const values = workflow.nodes.map((node) => node[field]);
			expect(new Set(values).size).toBe(values.length);
		}
	});

	it('connects nodes that are there', () => {
		const names = new Set(workflow.nodes.map(({ name }) => name));
		for (const [from, { main }] of Object.entries(workflow.connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat().filter((target) => target !== null))
				expect(names).toContain(node);
		}
	});

	it('uses parameters that the nodes have, filled in as they ask', () => {
		expect(ours(workflow)).not.toEqual([]);
		for (const node of ours(workflow)) {
			const { description } = typeOf(node);
			const { properties } = description;
			const kept = wf.NodeHelpers.getNodeParameters(
				properties,
				node.parameters,
				true,
				false,
				node,
				description,
			);
			expect(Object.keys(kept!), node.name).toEqual(
				expect.arrayContaining(Object.keys(node.parameters)),
			);
			expect(
				wf.NodeHelpers.getNodeParametersIssues(properties, node, description),
				node.name,
			).toBeNull();
		}
	});

	it('names its credential and carries no secret', () => {
		for (const node of ours(workflow))
			expect(node.credentials?.cnEsignApi, node.name).toEqual({
				id: '',
				name: 'CN E-Sign account',
			});
		expect(JSON.stringify(workflow)).not.toMatch(/appAuthToken|appKey|BEGIN [A-Z ]*PRIVATE/);
	});

	it('refers in its expressions to nodes that are there', () => {
		const names = new Set(workflow.nodes.map(({ name }) => name));
		const text = JSON.stringify(workflow.nodes.map(({ parameters }) => parameters));
		for (const [, name] of text.matchAll(/\$\('([^']+)'\)/g)) expect(names).toContain(name);
	});
});
