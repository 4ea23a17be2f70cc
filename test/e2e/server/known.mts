import type { RestClient } from './rest.mjs';

interface NodeType {
	name: string;
	version: number | number[];
	usableAsTool?: unknown;
}

/** Nodes of this workflow that this n8n does not have, or not in this version. */
export const unknownNodes = async (
	rest: RestClient,
	{ nodes }: { nodes: Array<{ name: string; type: string; typeVersion: number }> },
): Promise<string[]> => {
	// A node as a tool is made by n8n out of the node itself.
	const ownType = (type: string) => type.replace(/Tool$/, '');
	const nodeInfos = nodes.map(({ type, typeVersion }) => ({
		name: ownType(type),
		version: typeVersion,
	}));
	const types = await rest.request<NodeType[]>('POST', '/node-types', { nodeInfos });
	return nodes
		.filter(
			({ type, typeVersion }) =>
				!types.some(
					({ name, version, usableAsTool }) =>
						(name === ownType(type) || ownType(type).endsWith(`.${name}`)) &&
						[version].flat().includes(typeVersion) &&
						(ownType(type) === type || Boolean(usableAsTool)),
				),
		)
		.map(({ name, type, typeVersion }) => `${name}: ${type} ${typeVersion}`);
};
