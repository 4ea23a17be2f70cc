import fc from 'fast-check';
import {
	NodeHelpers,
	type INodeProperties,
	type INodeTypeDescription,
	type NodeParameterValueType,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { sharedProperties, type Declared } from '../../../nodes/CnEsign/runtime/shared.js';
import { runs } from '../../seed.mjs';

const { displayParameter } = NodeHelpers;

const field = (name: string, preset: NodeParameterValueType = ''): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: preset,
	description: `What ${name} means`,
});

const collection = (...fields: INodeProperties[]): INodeProperties => ({
	displayName: 'More',
	name: 'more',
	type: 'collection',
	default: {},
	options: fields,
});

const nodeType = {} as INodeTypeDescription;

type Choice = Record<string, string>;

/** What n8n shows of a list, collections included, without the conditions. */
const shown = (list: INodeProperties[], root: Choice, values: Choice = root): INodeProperties[] =>
	list
		.filter((property) => displayParameter(values, property, null, nodeType, root))
		.map(({ displayOptions: _, ...property }) =>
			property.type === 'collection'
				? { ...property, options: shown(property.options as INodeProperties[], root, {}) }
				: property,
		);

const chosen = ({ place }: Declared, platform = 'p'): Choice => ({ platform, ...place });

const at = (resource: string, operation: string, ...properties: INodeProperties[]): Declared => ({
	place: { resource, operation },
	properties,
});

describe('the properties of all operations as one list', () => {
	const names = ['a', 'b', 'c', 'd', 'e'];
	const some = fc.shuffledSubarray(names);
	const inner = fc
		.subarray(names)
		.chain((list) => fc.tuple(fc.constant(list), fc.array(fc.boolean(), { minLength: 5 })))
		.map(([list, presets]) => list.map((name, index) => field(name, presets[index] ? '1' : '')));
	const properties = fc
		.tuple(some, fc.option(inner), fc.nat(5))
		.map(([outer, fields, position]) => {
			const list = outer.map((name) => field(name));
			if (fields) list.splice(position, 0, collection(...fields));
			return list;
		});
	const declared = fc
		.uniqueArray(fc.tuple(fc.constantFrom('r', 's', 't'), fc.constantFrom('get', 'add', 'end')), {
			selector: (place) => place.join(),
			minLength: 1,
		})
		.chain((places) =>
			fc.tuple(
				...places.map(([resource, operation]) =>
					properties.map((list) => at(resource, operation, ...list)),
				),
			),
		);

	it('shows every operation its own, in its own order, and nothing on another platform', () => {
		fc.assert(
			fc.property(declared, (all) => {
				const list = sharedProperties(all, 'p');
				for (const one of all) {
					expect(shown(list, chosen(one))).toEqual(one.properties);
					expect(shown(list, chosen(one, 'q'))).toEqual([]);
				}
			}),
			{ numRuns: runs(300) },
		);
	});

	it('holds what is equal once, whatever stands between', () => {
		const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => field(name));
		const list = sharedProperties(
			[at('r', 'x', a, d), at('r', 'y', c, d), at('r', 'z', a, b, c)],
			'p',
		);
		expect(list.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
	});

	it('holds it twice where two operations have it the other way round', () => {
		const [a, b] = [field('a'), field('b')];
		const list = sharedProperties([at('r', 'x', a, b), at('r', 'y', b, a)], 'p');
		expect(list).toHaveLength(3);
	});

	it('holds a collection once, and each field with no more of a condition than it needs', () => {
		const all = [
			at('r', 'x', collection(field('a'), field('z'))),
			at('r', 'y', collection(field('a'))),
			at('s', 'x', collection(field('a'), field('b'))),
		];
		const [only, ...rest] = sharedProperties(all, 'p');
		expect(rest).toEqual([]);
		expect(only.displayOptions).toEqual({ show: { platform: ['p'], operation: ['x', 'y'] } });
		const conditions = (only.options as INodeProperties[]).map(({ name, displayOptions }) => [
			name,
			displayOptions?.show,
		]);
		expect(conditions).toEqual([
			['a', undefined],
			['b', { '/resource': ['s'] }],
			['z', { '/resource': ['r'], '/operation': ['x'] }],
		]);
	});

	it('divides by resource what no single condition can name', () => {
		const all = [at('r', 'x', field('a')), at('r', 'y'), at('s', 'x'), at('s', 'y', field('a'))];
		expect(sharedProperties(all, 'p').map(({ displayOptions }) => displayOptions?.show)).toEqual([
			{ platform: ['p'], resource: ['r'], operation: ['x'] },
			{ platform: ['p'], resource: ['s'], operation: ['y'] },
		]);
	});

	it('keeps the conditions that a property has of its own', () => {
		const own = { ...field('a'), displayOptions: { show: { b: [true] }, hide: { c: [1] } } };
		expect(sharedProperties([at('r', 'x', own)], 'p')[0].displayOptions).toEqual({
			show: { platform: ['p'], operation: ['x'], b: [true] },
			hide: { c: [1] },
		});
	});
});
