import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../../../nodes/CnEsign/platforms/index.js';
import { behaviorOptions } from '../../../../nodes/CnEsign/runtime/items/settings.js';
import { choicesOf, fieldsOf, node } from '../../descriptionSupport.mjs';

const { displayParameter } = NodeHelpers;

const operations = platforms.flatMap((platform) =>
	platform.actions.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			path: `${platform.value}.${resource.value}.${operation.value}`,
			platform,
			resource,
			operation,
			chosen: {
				platform: platform.value,
				resource: resource.value,
				operation: operation.value,
			},
		})),
	),
);

// Saved workflows hold these values: a new one is added here, an old one never changes.
const DESIGNED: Record<string, Record<string, string[]>> = {
	kaifangqian: {
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
	},
	qiandun: {
		api: ['request'],
		contract: ['getSigner', 'start'],
		identity: ['getFaceResult', 'getPersonLink', 'verifyCompany', 'verifyPerson'],
		ocr: ['readIdCard'],
		seal: ['get', 'getSilentSignLink'],
		user: ['getPerson'],
	},
};

const CHOICES = ['platform', 'resource', 'operation'];

/** What is said about the choices of the node, and the rest. */
const conditionsOf = ({ displayOptions: { show = {}, hide } = {} }: INodeProperties) => {
	const entries = Object.entries(show);
	const isChoice = ([name]: [string, unknown]) => CHOICES.includes(name);
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
const withOwnConditions = (property: INodeProperties): INodeProperties => {
	const { displayOptions: _, ...rest } = property;
	const { own } = conditionsOf(property);
	return Object.keys(own).length > 0 ? { ...rest, displayOptions: own } : rest;
};

/**
 * What n8n shows under given choices, with the conditions that remain: those among an operation's own
 * parameters are no matter of these tests.
 */
const shownUnder = (chosen: INodeParameters): INodeProperties[] =>
	node.description.properties
		.filter(({ name }) => !CHOICES.includes(name))
		.filter((property) => {
			const choices = { show: conditionsOf(property).choices };
			const alone = { ...property, displayOptions: choices } as INodeProperties;
			return displayParameter(chosen, alone, null, node.description, chosen);
		})
		.map(withOwnConditions);

/** The values that n8n shows for a parameter under given choices. */
const valuesOf = (name: string, chosen: Record<string, string>): string[] => {
	const isShown = (shownOrNot: INodeProperties | INodePropertyOptions) =>
		displayParameter(chosen, shownOrNot, null, node.description);
	return node.description.properties
		.filter((property) => property.name === name && isShown(property))
		.flatMap((property) => choicesOf(property).filter(isShown))
		.map(({ value }) => String(value));
};

describe('the operations', () => {
	it('are exactly the designed ones, with these values', () => {
		expect(valuesOf('platform', {}).sort()).toEqual(Object.keys(DESIGNED).sort());
		for (const [platform, resources] of Object.entries(DESIGNED)) {
			expect(valuesOf('resource', { platform }).sort()).toEqual(Object.keys(resources).sort());
			for (const [resource, values] of Object.entries(resources))
				expect(valuesOf('operation', { platform, resource }).sort()).toEqual(values);
		}
	});

	it('begin with the platform, of which the first is the default', () => {
		const [first] = node.description.properties;
		expect([first.name, first.default]).toEqual(['platform', platforms[0].value]);
		expect(first.default).toBe('kaifangqian');
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
		const [{ actions }] = platforms;
		expect(actions.resources.find(({ value }) => value === 'contract')?.preferred).toBe(
			'sendFiles',
		);
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
			for (const taken of CHOICES) expect(names, path).not.toContain(taken);
		}
	});

	it('shows its own parameters and no others, in the order in which it declares them', () => {
		for (const { path, operation, chosen } of operations) {
			const shown = shownUnder(chosen);
			const own = operation.properties.filter(({ name }) => name !== 'options');
			expect(shown.slice(0, -1), path).toEqual(own.map(withOwnConditions));
			expect(shown.at(-1)?.name, path).toBe('options');
		}
	});

	it('shows nothing under another platform that does not have it', () => {
		for (const { path, platform, chosen } of operations)
			for (const other of platforms) {
				if (other === platform) continue;
				const elsewhere = { ...chosen, platform: other.value };
				const isThere = DESIGNED[other.value][chosen.resource]?.includes(chosen.operation);
				if (!isThere) expect(shownUnder(elsewhere), path).toEqual([]);
			}
	});

	it('has one collection of options, which holds the behavior of the node as well', () => {
		for (const { path, platform, operation, chosen } of operations) {
			const collections = shownUnder(chosen).filter(({ name }) => name === 'options');
			expect(collections, path).toHaveLength(1);
			const own = operation.properties.filter(({ name }) => name === 'options').flatMap(fieldsOf);
			const names = collections.flatMap(fieldsOf).map(({ name }) => name);
			const expected = [...own, ...behaviorOptions, ...platform.actions.options].map(
				({ name }) => name,
			);
			expect([...names].sort(), path).toEqual([...expected].sort());
		}
	});

	// A model that uses the node as a tool fills in what it sees.
	it('hides the behavior of the node from tools, and nothing that is not listed here', () => {
		const hidden = new Set<string>();
		for (const { chosen } of operations)
			for (const option of shownUnder(chosen)
				.filter(({ name }) => name === 'options')
				.flatMap(fieldsOf))
				if (option.displayOptions?.hide?.['@tool']) hidden.add(option.name);
		expect([...hidden].sort()).toEqual([
			...['callsPerSecond', 'checkStarted', 'itemsInParallel', 'retries', 'sizeLimit', 'timeout'],
		]);
	});

	it('keeps what one operation holds out of the others', () => {
		const fields = (resource: string, operation: string) =>
			shownUnder({ platform: 'kaifangqian', resource, operation })
				.filter(({ name }) => name === 'options')
				.flatMap(fieldsOf)
				.map(({ name, default: preset }) => `${name}=${String(preset)}`);
		const behavior = ['itemsInParallel=10', 'retries=3', 'timeout=120'];
		expect(fields('contract', 'recall').sort()).toEqual([...behavior, 'operatorAccount='].sort());
		expect(fields('document', 'upload').sort()).toEqual(
			[...behavior, 'callsPerSecond=5', 'fileName=', 'operatorAccount=', 'sizeLimit=30'].sort(),
		);
		expect(fields('attachment', 'upload')).toContain('sizeLimit=20');
		expect(fields('contract', 'sendFiles')).toContain('contractId=');
		expect(fields('contract', 'sendFiles')).toContain('output=contract');
		expect(fields('contract', 'create')).not.toContain('contractId=');
		for (const operation of ['sendFiles', 'create'])
			expect(fields('contract', operation)).toEqual(
				expect.arrayContaining(['send=1', 'signOrderType=ORDER', 'checkStarted=true']),
			);
	});

	it('has what identifies the object before anything optional', () => {
		for (const { path, operation } of operations) {
			const names = operation.properties.map(({ name }) => name);
			const optional = names.indexOf('options');
			if (optional >= 0) expect(optional, path).toBe(names.length - 1);
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
