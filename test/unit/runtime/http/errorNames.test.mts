import { createRequire } from 'node:module';
import { NodeApiError, OperationalError, UserError } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { isErrorNamed } from '../../../../nodes/CnEsign/runtime/http/errorNames.js';
import { node } from '../../support.mjs';

/** n8n-workflow once more, with classes of its own. */
const secondCopy = (): typeof import('n8n-workflow') => {
	const load = createRequire(import.meta.url);
	const file = load.resolve('n8n-workflow');
	const cached = Object.keys(load.cache).filter((path) => path.includes('n8n-workflow'));
	const kept = cached.map((path) => [path, load.cache[path]] as const);
	for (const path of cached) delete load.cache[path];
	try {
		return load(file) as typeof import('n8n-workflow');
	} finally {
		for (const [path, module] of kept) load.cache[path] = module;
	}
};

it('errors are known by name, also those of another copy of n8n-workflow', () => {
	const other = secondCopy();
	expect(other.NodeApiError).not.toBe(NodeApiError);
	for (const { NodeApiError: ApiError } of [{ NodeApiError }, other]) {
		const error = new ApiError(node, { message: 'x' });
		expect(isErrorNamed(error, ['NodeApiError'])).toBe(true);
		expect(isErrorNamed(error, ['NodeOperationError'])).toBe(false);
	}
	for (const Local of [UserError, other.UserError, class extends UserError {}])
		expect(isErrorNamed(new Local('x'), ['UserError'])).toBe(true);
	expect(isErrorNamed(new OperationalError('x'), ['OperationalError'])).toBe(true);
});

it.each([undefined, null, 'UserError', {}, { name: 'UserError' }, new Error('UserError')])(
	'anything else is none of them (%j)',
	(thrown) => {
		expect(isErrorNamed(thrown, ['UserError', 'NodeApiError'])).toBe(false);
	},
);
