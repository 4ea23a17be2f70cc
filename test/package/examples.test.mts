import type { INode } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loader, wf, type WorkflowJson } from '../engine/engine.mjs';
import { filesBelow, inRoot, manifest } from './project.mjs';

// Both languages: those in Chinese lie in a folder below.
const files = filesBelow(inRoot('docs/workflows')).filter((name) => name.endsWith('.json'));
const isChinese = (file: string) => file.startsWith('zh-CN/');

const read = (file: string) =>
	JSON.parse(readFileSync(inRoot('docs/workflows', file), 'utf8')) as WorkflowJson & {
		name: string;
	};

const ours = ({ nodes }: WorkflowJson): INode[] =>
	nodes.filter(({ type }) => type.startsWith(`${manifest.name}.`));

// As a tool of an agent a node has a type of its own, which n8n makes out of the node's.
const typeOf = ({ type }: INode) =>
	wf.NodeHelpers.getVersionedNodeType(loader.getNode(type.split('.')[1].replace(/Tool$/, '')).type);

const OF_TOOLS = ['descriptionType', 'toolDescription'];

/** The node with the one thing chosen that only its user can choose, and that n8n asks for by itself. */
const chosen = (node: INode): INode => {
	const { signReId } = node.parameters;
	if (!wf.isResourceLocatorValue(signReId) || signReId.value !== '') return node;
	expect(signReId, node.name).toEqual({ __rl: true, mode: 'list', value: '' });
	const parameters = { ...node.parameters, signReId: { ...signReId, value: 'line-0001' } };
	return { ...node, parameters };
};

interface Target {
	node: string;
}

/** Every connection of the workflow, of whatever kind. */
const connectionsOf = ({ connections }: WorkflowJson): Array<{ from: string; to: string }> =>
	Object.entries(connections).flatMap(([from, kinds]) =>
		(Object.values(kinds) as Array<Array<Target[] | null>>)
			.flat(2)
			.flatMap((target) => (target ? [{ from, to: target.node }] : [])),
	);

/** What the notes print in bold beside the names of nodes. */
const ELSEWHERE = [
	'Set up',
	'Good to know.',
	'What counts as verified?',
	'every',
	'CN E-Sign',
	'Call',
	'设置',
	'须知。',
	'怎样算已认证？',
	'每一行',
	'调用',
];

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
		for (const { from, to } of connectionsOf(workflow)) {
			expect(names).toContain(from);
			expect(names).toContain(to);
		}
	});

	it('leaves no node unconnected', () => {
		const connected = new Set(connectionsOf(workflow).flatMap(({ from, to }) => [from, to]));
		for (const { name, type } of workflow.nodes)
			if (type !== 'n8n-nodes-base.stickyNote') expect(connected).toContain(name);
	});

	it('says on its canvas what it does and, numbered, what to set up', () => {
		const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.map(({ name }) => name)).toEqual([isChinese(file) ? '使用说明' : 'How to Use']);
		const content = String(notes[0].parameters.content);
		expect(content).toMatch(/^## /);
		expect(content).toMatch(/\n1\. .+\n2\. .+\n3\. /);
		// A note that names a node in bold names one that is there.
		const names = workflow.nodes.map(({ name }) => name);
		for (const [, bold] of content.matchAll(/\*\*([^*]+)\*\*/g))
			expect([...names, ...ELSEWHERE], bold).toContain(bold);
	});

	it('uses parameters that the nodes have, filled in as they ask', () => {
		expect(ours(workflow)).not.toEqual([]);
		for (const node of ours(workflow)) {
			const { description } = typeOf(node);
			const { properties } = description;
			const { type } = node;
			const filledIn = chosen(node);
			const kept = wf.NodeHelpers.getNodeParameters(
				properties,
				filledIn.parameters,
				true,
				false,
				filledIn,
				description,
			);
			const given = Object.fromEntries(
				Object.entries(filledIn.parameters).filter(
					([name]) => !(type.endsWith('Tool') && OF_TOOLS.includes(name)),
				),
			);
			// n8n drops what the node does not have, or does not show, inside collections too.
			expect(kept, node.name).toMatchObject(given);
			expect(
				wf.NodeHelpers.getNodeParametersIssues(properties, filledIn, description),
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
		for (const { name, credentials } of workflow.nodes)
			for (const { id } of Object.values(credentials ?? {})) expect(id, name).toBe('');
		expect(JSON.stringify(workflow)).not.toMatch(/appAuthToken|appKey|BEGIN [A-Z ]*PRIVATE/);
	});

	it('refers in its expressions to nodes that are there', () => {
		const names = new Set(workflow.nodes.map(({ name }) => name));
		const text = JSON.stringify(workflow.nodes.map(({ parameters }) => parameters));
		for (const [, name] of text.matchAll(/\$\('([^']+)'\)/g)) expect(names).toContain(name);
	});
});

it('gives the file field of a form a Latin name', () => {
	const labels = files.flatMap((file) =>
		read(file).nodes.flatMap(({ parameters }) => {
			const { values = [] } = (parameters.formFields ?? {}) as {
				values?: Array<{ fieldLabel: string; fieldType?: string }>;
			};
			return values.filter(({ fieldType }) => fieldType === 'file').map((one) => one.fieldLabel);
		}),
	);
	expect(labels.length).toBeGreaterThanOrEqual(4);
	// n8n makes _ of everything else, and takes fields of the same name for one.
	for (const label of labels) expect(label).toMatch(/^\w+$/);
});

it('lets all examples be active in one n8n: no two listen at one address', () => {
	const ids = files.flatMap((file) =>
		read(file).nodes.flatMap(({ webhookId }) => (webhookId ? [webhookId] : [])),
	);
	expect(ids).not.toEqual([]);
	expect(new Set(ids).size).toBe(ids.length);
});
