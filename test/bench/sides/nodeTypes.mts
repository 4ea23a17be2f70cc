/**
 * The nodes that are measured beside ours, loaded from where they are installed: n8n's own from the full
 * n8n, n8n-nodes-pandadoc from its folder.
 */
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import type { INodeType, IVersionedNodeType } from 'n8n-workflow';
import { extraTypes } from '../../engine/engine.mjs';
import { requireFromN8n } from '../../engine/whichN8n.mjs';

type NodeClass = new () => INodeType | IVersionedNodeType;
type Resolve = (request: string, ...rest: unknown[]) => string;

const loader = Module as unknown as { _resolveFilename: Resolve };
const original = loader._resolveFilename;
const shared = requireFromN8n.resolve('n8n-workflow');
// A community package has n8n's own n8n-workflow, wherever it is installed.
loader._resolveFilename = function (request, ...rest) {
	if (request === 'n8n-workflow') return shared;
	return original.call(this, request, ...rest);
};

const fromPandadoc = createRequire(join(process.env.PANDADOC_FROM!, 'package.json'));

const BASE = 'n8n-nodes-base/dist/nodes';

/** Where each node's class is, by the full name of its type. */
const KNOWN: Record<string, [NodeJS.Require, path: string, exported: string]> = {
	'n8n-nodes-base.httpRequest': [
		requireFromN8n,
		`${BASE}/HttpRequest/HttpRequest.node.js`,
		'HttpRequest',
	],
	'n8n-nodes-base.extractFromFile': [
		requireFromN8n,
		`${BASE}/Files/ExtractFromFile/ExtractFromFile.node.js`,
		'ExtractFromFile',
	],
	'n8n-nodes-pandadoc.pandaDoc': [
		fromPandadoc,
		'n8n-nodes-pandadoc/dist/nodes/PandaDoc/PandaDoc.node.js',
		'PandaDoc',
	],
};

export const need = (type: string): void => {
	const known = KNOWN[type];
	if (!known || extraTypes.has(type)) return;
	const [requireFrom, path, exported] = known;
	const Node = (requireFrom(path) as Record<string, NodeClass>)[exported];
	extraTypes.set(type, new Node());
};
