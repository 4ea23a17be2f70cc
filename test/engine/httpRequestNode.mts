/**
 * n8n's own HTTP Request node for tests; the set-up has fetched it (test/tools/http-request-node.mjs),
 * unless the engine comes from a whole n8n, which has it.
 */
import { existsSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import type { IVersionedNodeType } from 'n8n-workflow';
import { httpRequestNode } from '../tools/http-request-node.mjs';
import { extraTypes } from './engine.mjs';
import { isProjects, requireFromN8n } from './whichN8n.mjs';

const { stub } = httpRequestNode;
const entry = isProjects
	? httpRequestNode.entry
	: requireFromN8n.resolve('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');

// Only the option "Optimize Response" needs these; it is not used here.
const NOT_NEEDED = new Set(['jsdom', 'cheerio', 'html-to-text', '@mozilla/readability']);

type Resolve = (request: string, ...rest: unknown[]) => string;

/** Requires with empty modules in place of those that are not needed and not installed. */
const requireWithStubs = (path: string): unknown => {
	const loader = Module as unknown as { _resolveFilename: Resolve };
	const original = loader._resolveFilename;
	loader._resolveFilename = function (request, ...rest) {
		try {
			return original.call(this, request, ...rest);
		} catch (error) {
			if (NOT_NEEDED.has(request)) return stub;
			throw error;
		}
	};
	try {
		return createRequire(import.meta.url)(path);
	} finally {
		loader._resolveFilename = original;
	}
};

/** Makes the HTTP Request node known to the engine and returns the name of its type. */
export const installHttpRequestNode = (): string => {
	if (!existsSync(entry)) throw new Error(`It is missing: run 'npm test' once, which fetches it`);
	const { HttpRequest } = requireWithStubs(entry) as { HttpRequest: new () => IVersionedNodeType };
	const type = 'n8n-nodes-base.httpRequest';
	extraTypes.set(type, new HttpRequest());
	return type;
};
