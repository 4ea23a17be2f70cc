import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { kaifangqian } from '../../nodes/CnEsign/platforms/kaifangqian/index.js';
import { qiandun } from '../../nodes/CnEsign/platforms/qiandun/index.js';
import type { Platform } from '../../nodes/CnEsign/runtime/types.js';
import { choicesOf, node } from './descriptionSupport.mjs';

const { displayParameter } = NodeHelpers;

const platforms = [kaifangqian, qiandun] as Array<Platform<unknown>>;

const operations = platforms.flatMap((platform) =>
	platform.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			path: `${platform.value}.${resource.value}.${operation.value}`,
			platform,
			resource,
			operation,
		})),
	),
);

// design.md §2.2. Saved workflows hold these values: they never change.
const KAIFANGQIAN = {
	account: ['registerCompany', 'registerPerson'],
	api: ['request'],
	attachment: ['upload'],
	businessLine: ['getAll'],
	contract: [
		...['addSigners', 'approve', 'create', 'download', 'finish', 'getPageLink', 'getStatus'],
		...['getTaskLink', 'recall', 'sendFiles', 'signOnBehalf', 'waitForStatus'],
	],
	document: ['upload'],
	verification: ['getCompanyLink'],
};

/** The values that n8n shows for a parameter under given choices. */
const shown = (name: string, chosen: Record<string, string>): string[] => {
	const isShown = (shownOrNot: INodeProperties | INodePropertyOptions) =>
		displayParameter(chosen, shownOrNot, null, node.description);
	return node.description.properties
		.filter((property) => property.name === name && isShown(property))
		.flatMap((property) => choicesOf(property).filter(isShown))
		.map(({ value }) => String(value));
};

describe('the operations of Kaifangqian', () => {
	it('are exactly the designed ones, with these values', () => {
		const platform = 'kaifangqian';
		expect(shown('resource', { platform }).sort()).toEqual(Object.keys(KAIFANGQIAN).sort());
		for (const [resource, values] of Object.entries(KAIFANGQIAN)) {
			expect(shown('operation', { platform, resource }).sort()).toEqual(values);
		}
	});

	it('begin with the platform, of which Kaifangqian is the default', () => {
		const [first] = node.description.properties;
		expect([first.name, first.default]).toEqual(['platform', 'kaifangqian']);
	});
});

describe('every operation', () => {
	it('has an action in sentence case that begins with a verb', () => {
		const wrong = operations.filter(({ operation }) => {
			const [first, ...rest] = operation.action.split(' ');
			const names = ['API', 'ID', 'OCR'];
			const small = rest.every((word) => names.includes(word) || word === word.toLowerCase());
			return !(/^[A-Z][a-z]+$/.test(first) && rest.length > 0 && small);
		});
		expect(wrong.map(({ path, operation }) => `${path}: ${operation.action}`)).toEqual([]);
	});

	it('has its own action, and a description of what it does', () => {
		const perPlatform = operations.map(
			({ platform, operation }) => `${platform.value} ${operation.action}`,
		);
		expect(new Set(perPlatform).size).toBe(perPlatform.length);
		for (const { operation } of operations) {
			expect(operation.description.length).toBeGreaterThan(20);
			expect(operation.description).not.toBe(operation.name);
		}
	});

	it('has a name in title case', () => {
		const small = ['for', 'on', 'of', 'the', 'to', 'and', 'a'];
		const wrong = operations.filter(({ operation }) =>
			operation.name.split(' ').some((word) => !small.includes(word) && !/^[A-Z]/.test(word)),
		);
		expect(wrong.map(({ path, operation }) => `${path}: ${operation.name}`)).toEqual([]);
	});

	it('has no parameter twice, and none with the name of a choice above it', () => {
		for (const { path, operation } of operations) {
			const names = operation.properties.map(({ name }) => name);
			expect(new Set(names).size, path).toBe(names.length);
			for (const taken of ['platform', 'resource', 'operation', 'options'])
				expect(names, path).not.toContain(taken);
		}
	});

	it('shows its own parameters and no others, in the order in which it declares them', () => {
		for (const { path, platform, resource, operation } of operations) {
			const chosen = {
				platform: platform.value,
				resource: resource.value,
				operation: operation.value,
			};
			// Conditions among the operation's own parameters are no matter of this test.
			const declared = operation.properties.map((property) => ({
				...property,
				displayOptions: undefined,
			}));
			const shownFor = node.description.properties
				.filter(({ name }) => !['platform', 'resource', 'operation', 'options'].includes(name))
				.filter(({ displayOptions: { show = {} } = {} }) => {
					const { platform, resource, operation } = show;
					const choices = { show: { platform, resource, operation } };
					const alone = { ...declared[0], displayOptions: choices } as INodeProperties;
					return displayParameter(chosen, alone, null, node.description);
				});
			expect(
				shownFor.map((property) => ({ ...property, displayOptions: undefined })),
				path,
			).toEqual(declared);
			const conditions = (list: INodeProperties[]) =>
				list.map(({ displayOptions: { show, hide } = {} }) => {
					const { platform, resource, operation, ...own } = show ?? {};
					return { own, hide: hide ?? {} };
				});
			expect(conditions(shownFor), path).toEqual(conditions(operation.properties));
		}
	});

	it('has what identifies the object before anything optional', () => {
		for (const { path, operation } of operations) {
			const places = operation.properties.map(({ name }) => name);
			const optional = places.indexOf('additionalFields');
			if (optional >= 0) expect(optional, path).toBe(places.length - 1);
			for (const id of ['contractId', 'taskId', 'signReId'])
				if (places.includes(id) && optional >= 0) expect(places.indexOf(id)).toBeLessThan(optional);
		}
	});

	it('names binary fields as n8n does', () => {
		const names: Record<string, string> = {
			binaryPropertyName: 'Input Data Field Name',
			outputBinaryPropertyName: 'Output Data Field Name',
		};
		for (const { path, operation } of operations)
			for (const property of operation.properties)
				if (property.name in names) {
					expect(property.displayName, path).toBe(names[property.name]);
					expect(property.default, path).toBe('data');
				}
	});
});
