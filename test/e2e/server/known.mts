import type { INode, INodeProperties } from 'n8n-workflow';
import type { RestClient } from './rest.mjs';

interface NodeType {
	name: string;
	version: number | number[];
	usableAsTool?: unknown;
	properties: INodeProperties[];
}

type Nodes = { nodes: INode[] };

// A node as a tool is made by n8n out of the node itself, and so is one that asks for approval.
const ownType = (type: string) => type.replace(/(?:Hitl)?Tool$/, '');
const isMade = (type: string) => ownType(type) !== type;

/** What n8n has for each node of a workflow, by the node's name. */
const typesOf = async (rest: RestClient, { nodes }: Nodes): Promise<Map<string, NodeType>> => {
	const ask = async (type: string, version: number): Promise<NodeType[]> => {
		const nodeInfos = [{ name: type, version }];
		const { status, data } = await rest.call('POST', '/node-types', { nodeInfos });
		if (status === 200) return (data as { data: NodeType[] }).data;
		// Where it does not know a type at all, n8n answers so.
		if (JSON.stringify(data).includes('Unrecognized node type')) return [];
		throw new Error(`POST /node-types was answered with ${status}`);
	};
	const found = new Map<string, NodeType>();
	for (const { name, type, typeVersion } of nodes) {
		const [own] = await ask(ownType(type), typeVersion);
		if (!own || ![own.version].flat().includes(typeVersion)) continue;
		if (type.endsWith('HitlTool')) {
			if ((await rest.offeredNodes()).includes(type)) found.set(name, own);
		} else if (!isMade(type) || Boolean(own.usableAsTool)) found.set(name, own);
	}
	return found;
};

/** Nodes of this workflow that this n8n does not have, or not in this version. */
export const unknownNodes = async (rest: RestClient, workflow: Nodes): Promise<string[]> => {
	const types = await typesOf(rest, workflow);
	return workflow.nodes
		.filter(({ name }) => !types.has(name))
		.map(({ name, type, typeVersion }) => `${name}: ${type} ${typeVersion}`);
};

interface Locator {
	__rl: boolean;
	mode: string;
}

const isLocator = (value: unknown): value is Locator =>
	typeof value === 'object' && value !== null && '__rl' in value;

/** Whether the node offers what is chosen: an entry of a list, or a way to name something. */
const offers = (properties: INodeProperties[], value: unknown): boolean => {
	if (isLocator(value)) {
		const locators = properties.filter(({ type }) => type === 'resourceLocator');
		const modes = locators.flatMap((locator) => locator.modes ?? []);
		return locators.length === 0 || modes.some(({ name }) => name === value.mode);
	}
	if (typeof value !== 'string' || value.startsWith('=')) return true;
	const lists = properties.filter(
		({ type, typeOptions }) => type === 'options' && typeOptions?.loadOptionsMethod === undefined,
	);
	if (lists.length === 0) return true;
	return lists.some(({ options = [] }) =>
		options.some((option) => 'value' in option && option.value === value),
	);
};

/** What is chosen in nodes of this workflow that this n8n does not offer. */
export const unknownChoices = async (rest: RestClient, workflow: Nodes): Promise<string[]> => {
	const types = await typesOf(rest, workflow);
	return workflow.nodes.flatMap(({ name, parameters }) =>
		Object.entries(parameters)
			.filter(([key, value]) => {
				const properties = types.get(name)?.properties.filter((one) => one.name === key) ?? [];
				return properties.length > 0 && !offers(properties, value);
			})
			.map(([key]) => `${name}: ${key}`),
	);
};
