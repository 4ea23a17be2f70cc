import { NodeApiError, NodeOperationError, OperationalError, UserError } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
	toApiError,
	asNodeError,
	isErrorNamed,
} from '../../../../nodes/CnEsign/runtime/http/errors.js';
import { node } from '../../support.mjs';

describe('toApiError', () => {
	it.each(['31000', '999999', '404', '500', 'ECONNRESET', undefined])(
		'keeps our words, which n8n would replace for some codes (%s)',
		(code) => {
			const error = toApiError(node, {
				message: '业务处理失败,ECONNREFUSED 404 合同不存在',
				description: 'Check it.',
				code,
				itemIndex: 3,
			});
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error.message).toBe('业务处理失败,ECONNREFUSED 404 合同不存在');
			expect(error.description).toBe('Check it.');
			expect(error.messages).toEqual([]);
			expect(error.httpCode).toBe(code ?? null);
			expect(error.context.itemIndex).toBe(3);
		},
	);

	it('keeps a message that equals its description, and one without', () => {
		expect(toApiError(node, { message: 'No', description: 'No' }).description).toBe('No');
		expect(toApiError(node, { message: 'No' }).description).toBeUndefined();
	});

	it('carries nothing else that n8n would store', () => {
		const error = toApiError(node, { message: 'No', code: '31000', itemIndex: 0 });
		expect(error.cause).toBeUndefined();
		expect(error.context).toEqual({ itemIndex: 0 });
	});
});

describe('asNodeError', () => {
	it('names the item of an error of the node, unless it already names one', () => {
		const operation = new NodeOperationError(node, 'No');
		expect(asNodeError(node, operation, 2)).toBe(operation);
		expect(operation.context.itemIndex).toBe(2);
		const api = toApiError(node, { message: 'No', itemIndex: 0 });
		expect(asNodeError(node, api, 2).context.itemIndex).toBe(0);
	});

	it('makes one of whatever else was thrown', () => {
		const error = asNodeError(node, new TypeError('x is not a function'), 1);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('x is not a function');
		expect(error.context.itemIndex).toBe(1);
		expect(asNodeError(node, 'secret text', 1).message).toBe('Something unexpected was thrown');
	});
});

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
