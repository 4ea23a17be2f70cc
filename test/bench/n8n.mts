import { ensureN8n, ensurePackage, type InstalledN8n } from '../e2e/install.mjs';

/** What all sides run on: the Node and the n8n of the end-to-end tests, and what is measured beside. */
export interface Stand {
	n8n: InstalledN8n;
	node: string;
	nodeOptions: string[];
	env: Record<string, string>;
}

const PROXY = /^(?:https?|all|no)_proxy$/i;

export const prepare = async (nodeOptions: string[] = []): Promise<Stand> => {
	const n8n = await ensureN8n();
	// Measured beside this package.
	const pandadoc = await ensurePackage('n8n-nodes-pandadoc', '0.3.0');
	const env = Object.fromEntries(
		Object.entries(n8n.env({ N8N_CORE_FROM: n8n.folder, PANDADOC_FROM: pandadoc })).filter(
			([name]) => !PROXY.test(name),
		),
	);
	return { n8n, node: n8n.node, nodeOptions, env };
};
