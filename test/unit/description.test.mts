import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	choicesOf,
	copyOf,
	failing,
	fieldsOf,
	node,
	places,
	sectionsOf,
} from './descriptionSupport.mjs';

// What n8n's own rules ask of descriptions is asked by test/package/lintBuilt.test.mts.

const { displayParameter } = NodeHelpers;

/** Every operation with the choices above it, as n8n lets them be chosen. */
const chosenOperations = node.description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap((property) => {
		const { platform = [], resource = [] } = property.displayOptions?.show ?? {};
		return choicesOf(property).map(({ value }: INodePropertyOptions) => ({
			platform: platform[0] as string,
			resource: resource[0] as string,
			operation: value as string,
		}));
	});

/** Modes of a resource locator are no properties of their own: they have no default and no values. */
const isMode = ({ path }: { path: string }) => /\.signReId\{[^}]*\}\.(list|id)$/.test(path);

const sorted = (names: string[]) => [...names].sort((a, b) => a.localeCompare(b));

describe('every property', () => {
	it('is found by the tests', () => {
		expect(places.length).toBeGreaterThan(200);
		expect(places.some(({ property }) => property.name === 'controlWidth')).toBe(true);
	});

	it('has a description, unless its name or the choices say it all', () => {
		const plain = [
			...['options', 'query', 'body', 'identity', 'docs', 'details'],
			...['fileName', 'positionPage', 'dateFormat', 'pageConfig'],
		];
		expect(
			failing(
				(place) =>
					isMode(place) ||
					// A notice is nothing but its text.
					place.property.type === 'notice' ||
					place.property.type === 'options' ||
					plain.includes(place.property.name) ||
					Boolean(place.property.description),
			),
		).toEqual([]);
	});

	it('shows an example as placeholder', () => {
		const button = /^(Add|Select) /;
		expect(
			failing(({ property: { type, placeholder } }) => {
				if (!placeholder) return true;
				return type === 'collection' || type === 'fixedCollection' || type === ('list' as string)
					? button.test(placeholder)
					: /^e\.g\. \S/.test(placeholder);
			}),
		).toEqual([]);
	});
});

describe('the words', () => {
	const isChinese = (text: string) => /\p{sc=Han}/u.test(text);
	const texts = places.flatMap((place) =>
		copyOf(place).map((text) => ({ text, path: place.path })),
	);

	it('of choices are in title case', () => {
		const small = /^(?:an?|and|as|at|by|for|from|in|of|on|or|per|the|to|with)$/;
		const isTitle = (name: string) =>
			name
				.split(/[\s-]+/)
				.every(
					(word, index) =>
						/^[(']?[\p{Lu}\d]/u.test(word) || isChinese(word) || (index > 0 && small.test(word)),
				);
		const names = places.flatMap(({ property, path }) =>
			choicesOf(property).map(({ name }) => ({ name, path })),
		);
		expect(names.filter(({ name }) => !isTitle(name))).toEqual([]);
	});

	it('are those of a person who does not program', () => {
		const jargon =
			/\b(?:payload|envelope|boolean|null|undefined|regex|wire|enum|param(?:eter)?s? object|idempotent|throttled?|nodes?)\b/i;
		// Node means one of n8n's own, never a signing step, which the vendor calls so.
		const said = texts.map(({ text, path }) => ({
			path,
			text: text.replace(/\b(?:a|this|message|Remove Duplicates|Wait|CN E-Sign) node\b/gi, ''),
		}));
		expect(said.filter(({ text }) => jargon.test(text))).toEqual([]);
	});

	it('say of each operation with lasting effect that it cannot be taken back', () => {
		const lasting = ['approve', 'create', 'finish', 'recall', 'sendFiles', 'signOnBehalf', 'start'];
		const options = places
			.filter(({ property }) => property.name === 'operation')
			.flatMap(({ property }) => choicesOf(property))
			.filter(({ value }) => lasting.includes(value as string));
		expect(options.map(({ value }) => value).sort()).toEqual(lasting);
		for (const { value, description } of options)
			expect(description, String(value)).toMatch(
				/cannot be undone|cannot take it back|can only be recalled/,
			);
	});

	it('tell a model by the action what cannot be undone', () => {
		const final = places
			.filter(({ property }) => property.name === 'operation')
			.flatMap(({ property }) => choicesOf(property))
			.filter(({ action }) => /cannot be undone\)$/.test(String(action)));
		expect(final.map(({ value }) => value).sort()).toEqual([
			'addSigners',
			'approve',
			'create',
			'finish',
			'recall',
			'sendFiles',
			'signOnBehalf',
			'start',
		]);
	});
});

describe('the size', () => {
	// The editor loads the description of every node type with every page.
	it('stays below 150 KB', () => {
		const length = Buffer.byteLength(JSON.stringify(node.description));
		const operations = node.description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(choicesOf);
		expect(operations.length).toBeGreaterThan(28);
		expect(length).toBeLessThan(150_000);
	});
});

describe('choices', () => {
	const choices = places.filter(({ property }) =>
		['options', 'multiOptions'].includes(property.type),
	);

	it('have a default among their values', () => {
		const wrong = choices.filter(({ property }) => {
			const values = choicesOf(property).map(({ value }) => value);
			return ![property.default].flat().every((value) => values.includes(value as string));
		});
		expect(wrong.map(({ path }) => path)).toEqual([]);
	});

	it('stand in the order of the alphabet where there are five or more', () => {
		const unsorted = choices
			.map(({ property, path }) => ({
				path,
				// What most people come for stands before the list, and the way out of it.
				names: choicesOf(property)
					.filter(
						({ name, value }, index) =>
							index > 0 || (name !== 'Another Path' && value !== property.default),
					)
					.map(({ name }) => name),
			}))
			.filter(({ names }) => names.length >= 5 && names.join() !== sorted(names).join());
		expect(unsorted).toEqual([]);
	});
});

describe('collections', () => {
	it('list their fields by name where there are five or more', () => {
		const unsorted = places
			.map(({ property, path }) => ({
				path,
				names: fieldsOf(property).map(({ displayName }) => displayName),
			}))
			.filter(({ names }) => names.length >= 5 && names.join() !== sorted(names).join());
		expect(unsorted).toEqual([]);
	});

	it('never show a name twice', () => {
		const shownOf = (fields: INodeProperties[], chosen: INodeParameters) =>
			fields.filter((field) => displayParameter({}, field, null, node.description, chosen));
		const isTwice = (fields: INodeProperties[]) =>
			new Set(fields.map(({ name }) => name)).size !== fields.length;
		const twice = places.filter(
			({ property }) =>
				sectionsOf(property).some(({ values }) => isTwice(values)) ||
				chosenOperations.some((chosen) => isTwice(shownOf(fieldsOf(property), chosen))),
		);
		expect(twice.map(({ path }) => path)).toEqual([]);
	});
});

describe('conditions', () => {
	it('name properties beside them and values that these can have', () => {
		// What stands there for the node creator alone is never shown.
		const forCreator = ({ path }: { path: string }) => path === 'node.resource{none}';
		const shown = places.filter((place) => !forCreator(place));
		expect(places.length - shown.length).toBe(1);
		const wrong = shown.flatMap(({ property, path, siblings }) =>
			Object.entries(property.displayOptions?.show ?? {}).flatMap(([name, values]) => {
				// With a stroke in front it is one of the node's own.
				const beside = name.startsWith('/') ? node.description.properties : siblings;
				const named = beside.filter((sibling) => sibling.name === name.replace(/^\//, ''));
				const possible = named.flatMap((sibling) =>
					sibling.type === 'boolean' ? [true, false] : choicesOf(sibling).map(({ value }) => value),
				);
				if (named.length === 0) return [`${path}: ${name} is not beside it`];
				return (values as unknown[])
					.filter((value) => typeof value !== 'object' && !possible.includes(value as string))
					.map((value) => `${path}: ${name}=${String(value)}`);
			}),
		);
		expect(wrong).toEqual([]);
	});
});
