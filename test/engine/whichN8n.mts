/**
 * Which n8n the engine is taken from: the project's own, or the one in the folder N8N_CORE_FROM, so that
 * the same tests run on the oldest version that is supported (test/e2e/versions). With CN_ESIGN_SECOND_COPY=1
 * the built nodes find another copy of n8n-workflow than that n8n's, as they do where npm has installed the peer.
 */
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';

const folder = process.env.N8N_CORE_FROM;

export const isProjects = !folder;

export const requireFromN8n = createRequire(
	folder ? join(folder, 'package.json') : import.meta.url,
);

type Resolve = (request: string, ...rest: unknown[]) => string;

// The built nodes lie in the project and would find the project's n8n-workflow, a second copy of its classes.
if (folder && process.env.CN_ESIGN_SECOND_COPY !== '1') {
	const loader = Module as unknown as { _resolveFilename: Resolve };
	const original = loader._resolveFilename;
	const ours = createRequire(import.meta.url).resolve('n8n-workflow');
	const theirs = requireFromN8n.resolve('n8n-workflow');
	loader._resolveFilename = function (request, ...rest) {
		const found = original.call(this, request, ...rest);
		return found === ours ? theirs : found;
	};
}
