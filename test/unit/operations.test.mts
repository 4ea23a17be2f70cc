import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
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

// Saved workflows hold these values: they never change.
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

const CHOICES = ['platform', 'resource', 'operation'];
const LISTED_FOR_ALL = [...CHOICES, 'options'];

/** What is said about the choices of the node, and the rest; a stroke leads from the inside to them. */
const conditionsOf = ({ displayOptions: { show = {}, hide } = {} }: INodeProperties) => {
	const entries = Object.entries(show);
	const isChoice = ([name]: [string, unknown]) => CHOICES.includes(name.replace(/^\//, ''));
	const own = Object.fromEntries(entries.filter((entry) => !isChoice(entry)));
	return {
		choices: Object.fromEntries(entries.filter(isChoice)),
		own: {
			...(Object.keys(own).length > 0 ? { show: own } : {}),
			...(hide ? { hide } : {}),
		},
	};
};

/** No difference is made between no condition and an empty one. */
const withoutEmpty = (properties: INodeProperties[]): INodeProperties[] =>
	properties.map(({ displayOptions, ...property }) => {
		const { own } = conditionsOf({ ...property, displayOptions });
		return {
			...property,
			...(Object.keys(own).length > 0 ? { displayOptions: own } : {}),
			...(property.type === 'collection'
				? { options: withoutEmpty(property.options as INodeProperties[]) }
				: {}),
		};
	});

/**
 * What n8n shows under given choices, down into the collections, with the conditions that remain:
 * those among an operation's own parameters are no matter of these tests.
 */
const ownOf = (
	properties: INodeProperties[],
	chosen: Record<string, string>,
	values: INodeParameters = chosen,
): INodeProperties[] =>
	withoutEmpty(
		properties
			.filter(({ name }) => values !== chosen || !LISTED_FOR_ALL.includes(name))
			.filter((property) => {
				const choices = { show: conditionsOf(property).choices };
				const alone = { ...property, displayOptions: choices } as INodeProperties;
				return displayParameter(values, alone, null, node.description, chosen);
			})
			.map((property) =>
				property.type === 'collection'
					? { ...property, options: ownOf(property.options as INodeProperties[], chosen, {}) }
					: property,
			),
	);

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

describe('a resource', () => {
	it('opens with the operation that it names, and that is one of its own', () => {
		for (const { path, platform, resource } of operations) {
			const names = resource.operations.map(({ name, value }) => ({ name, value }));
			const [first] = names.sort((a, b) => a.name.localeCompare(b.name, 'en'));
			const chosen = { platform: platform.value, resource: resource.value };
			const [property] = node.description.properties.filter(
				(candidate) =>
					candidate.name === 'operation' &&
					displayParameter(chosen, candidate, null, node.description),
			);
			expect(
				names.map(({ value }) => value),
				path,
			).toContain(property.default);
			expect(property.default, path).toBe(resource.preferred ?? first.value);
		}
		const contract = kaifangqian.resources.find(({ value }) => value === 'contract');
		expect(contract?.preferred).toBe('sendFiles');
	});
});

describe('every operation', () => {
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
			expect(ownOf(node.description.properties, chosen), path).toEqual(
				withoutEmpty(operation.properties),
			);
		}
	});

	it('shows nothing of its own under another platform', () => {
		for (const { path, platform, resource, operation } of operations) {
			const other = platforms.find((candidate) => candidate !== platform)!;
			const twin = operations.some(
				(candidate) =>
					candidate.platform === other &&
					candidate.resource.value === resource.value &&
					candidate.operation.value === operation.value,
			);
			const chosen = {
				platform: other.value,
				resource: resource.value,
				operation: operation.value,
			};
			const names = ownOf(node.description.properties, chosen).map(({ name }) => name);
			if (!twin) expect(names, path).toEqual([]);
		}
	});

	it('keeps what one collection holds for others out of its own', () => {
		const shared = node.description.properties.filter(
			({ name, type }) => name === 'additionalFields' && type === 'collection',
		);
		expect(shared.length).toBe(platforms.length);
		const fields = (resource: string, operation: string) =>
			ownOf(shared, { platform: 'kaifangqian', resource, operation })
				.flatMap(({ options = [] }) => options as INodeProperties[])
				.map(({ name, default: preset }) => `${name}=${String(preset)}`);
		expect(fields('contract', 'recall')).toEqual(['operatorAccount=']);
		expect(fields('document', 'upload')).toEqual(['fileName=', 'operatorAccount=', 'sizeLimit=30']);
		expect(fields('attachment', 'upload')).toContain('sizeLimit=20');
		expect(fields('contract', 'sendFiles')).toContain('contractId=');
		expect(fields('contract', 'create')).not.toContain('contractId=');
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
