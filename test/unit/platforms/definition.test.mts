import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../../nodes/CnEsign/platforms/index.js';
import { root } from '../importGraph.mjs';

/** Keys of an object and the kind of what stands under them; of functions and lists no more than that. */
const shapeOf = (value: object): Record<string, string> =>
	Object.fromEntries(
		Object.entries(value)
			.map(([key, entry]) => [key, Array.isArray(entry) ? 'list' : typeof entry] as const)
			.sort(([a], [b]) => (a < b ? -1 : 1)),
	);

/** What a platform may have and need not (`platforms/definition.ts`). */
const OPTIONAL: Record<string, string[]> = {
	actions: ['listSearch'],
	trigger: ['answerSetup', 'isRegistered', 'isRunning', 'longestUrl', 'register', 'unregister'],
};

const required = (part: string, value: object): Record<string, string> => {
	const shape = shapeOf(value);
	for (const key of OPTIONAL[part] ?? []) delete shape[key];
	return shape;
};

describe.each(platforms.map((platform) => ({ platform, value: platform.value })))(
	'the platform $value',
	({ platform }) => {
		it('has the shape that all have, with nothing left over', () => {
			expect(shapeOf(platform)).toEqual({
				actions: 'object',
				credential: 'object',
				description: 'string',
				localName: 'string',
				name: 'string',
				trigger: 'object',
				value: 'string',
			});
			expect(required('credential', platform.credential)).toEqual({
				fields: 'list',
				ownsUrl: 'function',
				sign: 'function',
				test: 'object',
				urlMark: 'string',
				usualUrl: 'string',
			});
			expect(shapeOf(platform.credential.test)).toEqual({
				readsBody: 'boolean',
				refused: 'list',
				good: 'list',
				rules: 'list',
				url: 'string',
			});
			expect(required('actions', platform.actions)).toEqual({
				client: 'object',
				idFields: 'list',
				options: 'list',
				resources: 'list',
			});
			expect(required('trigger', platform.trigger)).toEqual({
				acknowledgement: 'string',
				events: 'list',
				normalise: 'function',
				notice: 'string',
				open: 'function',
				options: 'list',
				prove: 'function',
			});
		});

		it('stands in files of the same names', () => {
			const folder = resolve(root, 'nodes/CnEsign/platforms', platform.value);
			const files = [
				...['index.ts', 'client.ts', 'codes.ts', 'credential.ts', 'signing.ts'],
				...['index', 'events', 'normalise', 'prove'].map((name) => `callbacks/${name}.ts`),
				...platform.actions.resources.map(({ value }) => `resources/${value}/index.ts`),
			];
			expect(files.filter((file) => !existsSync(resolve(folder, file)))).toEqual([]);
		});

		it('has each operation in a file of its own', () => {
			const folder = resolve(root, 'nodes/CnEsign/platforms', platform.value, 'resources');
			const files = platform.actions.resources.flatMap(({ value, operations }) =>
				operations.map((operation) => `${value}/${operation.value}.ts`),
			);
			const missing = files.filter((file) => !existsSync(resolve(folder, file)));
			expect(missing).toEqual([]);
		});

		it('owns its base URL, and no other host', () => {
			const { usualUrl, urlMark, ownsUrl } = platform.credential;
			expect(usualUrl).toContain(urlMark);
			const credential = { baseUrl: usualUrl };
			expect(ownsUrl(new URL(`${usualUrl}/x`), credential)).toBe(true);
			expect(ownsUrl(new URL('https://other.example/x'), credential)).toBe(false);
			// No base URL is taken for that of another platform.
			for (const other of platforms)
				if (other !== platform) expect(other.credential.usualUrl).not.toContain(urlMark);
		});

		it('offers events and options with a value or name of their own each', () => {
			const values = platform.trigger.events.map(({ value }) => value);
			expect(new Set(values).size).toBe(values.length);
			for (const value of values) expect(value).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
			const names = platform.trigger.options.map(({ name }: INodeProperties) => name);
			expect(new Set(names).size).toBe(names.length);
		});

		it('passes every body on, at least as an event that nobody has heard of', () => {
			for (const body of [{}, { callbackType: 'NEW' }, { businessType: 'NEW', x: 1 }]) {
				const { event, eventId, flat, full } = platform.trigger.normalise(body);
				expect(event).toBe('unknown');
				expect(eventId).toMatch(/^[0-9a-f]{32}$/);
				expect([typeof flat, typeof full]).toEqual(['object', 'object']);
			}
		});

		it('calls no refusal of its credential a success', () => {
			const { client } = platform.actions;
			for (const code of platform.credential.test.refused)
				for (const success of [true, undefined])
					expect(client.isSuccess({ code, success })).toBe(false);
		});
	},
);

describe('the platforms', () => {
	it('are told apart by their value', () => {
		const values = platforms.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
	});

	it('have fields of one name only where these mean the same', () => {
		const fields = platforms.flatMap(({ credential }) => credential.fields);
		const names = [...new Set(fields.map(({ name }) => name))];
		const shared = names.filter((name) => fields.filter((field) => field.name === name).length > 1);
		expect(shared.sort()).toEqual(['baseUrl', 'secret']);
	});

	it('have no list search of the same name: n8n asks by name alone', () => {
		const names = platforms.flatMap(({ actions }) => Object.keys(actions.listSearch ?? {}));
		expect(new Set(names).size).toBe(names.length);
	});
});
