// Row 8: what loading a package costs once n8n-core is there, in a fresh process each time. Plain
// JavaScript: a compiler in the process would slow down whatever is required.
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';

const requireFromN8n = createRequire(join(process.env.N8N_CORE_FROM, 'package.json'));
requireFromN8n('n8n-core');
const shared = requireFromN8n.resolve('n8n-workflow');
const original = Module._resolveFilename;
// A community package has n8n's own n8n-workflow, wherever it is installed.
Module._resolveFilename = function (request, ...rest) {
	return request === 'n8n-workflow' ? shared : original.call(this, request, ...rest);
};

/** Requires these files and builds what they export; milliseconds, and the JSON that n8n makes of each. */
const load = ({ from, files }) => {
	const requireFrom = createRequire(join(from, 'package.json'));
	const begun = performance.now();
	const built = files.map((file) => {
		const Class = requireFrom(`./${file}`)[file.split('/').at(-1).split('.')[0]];
		const object = new Class();
		// A node with versions: the one that a new node gets.
		return object.nodeVersions?.[object.currentVersion] ?? object;
	});
	const ms = performance.now() - begun;
	const jsonBytes = built.map(({ description }) =>
		description ? Buffer.byteLength(JSON.stringify(description)) : 0,
	);
	return { ms, jsonBytes };
};

process.on('message', ({ id, argument }) => process.send({ id, result: load(argument) }));
process.on('disconnect', () => process.exit(0));
process.send({ id: 0 });
