import fc from 'fast-check';
import { createRequire } from 'node:module';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	NEEDS_ENGINE,
	resolveWithoutEngine,
} from '../../nodes/CnEsign/runtime/items/resolveWithoutEngine.js';
import { extraTypes, runWorkflow } from './engine.mjs';
import { hasEngines, useExpressionEngine } from './expressions.mjs';
import { runs } from '../seed.mjs';
import { chain, startNode } from './node.mjs';
import { requireFromN8n } from './whichN8n.mjs';

const READER = 'test.reader';
const RUNS = runs(1500);

type Reading = (exec: IExecuteFunctions) => void;
let reading: Reading = () => {};

const reader: INodeType = {
	description: {
		displayName: 'Reader',
		name: 'reader',
		group: ['transform'],
		version: 1,
		description: 'Reader',
		defaults: { name: 'Reader' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		reading(this);
		return [this.getInputData()];
	},
};
extraTypes.set(READER, reader);

/** Does it inside a node with these items, where an expression is evaluated as in any other. */
const insideANode = async (items: object[], what: Reading) => {
	reading = what;
	const node = { ...startNode, id: 'reader', name: 'Reader', type: READER };
	const input = items.map((json) => ({ json: json as IDataObject }));
	const run = await runWorkflow(chain(startNode, node), { input });
	const { error } = run.data.resultData;
	if (error) throw error;
};

const answerOf = (ask: () => unknown): { value: unknown } | { refused: true } => {
	try {
		return { value: ask() };
	} catch {
		return { refused: true };
	}
};

const ours = (exec: IExecuteFunctions, expression: string, index = 0) =>
	resolveWithoutEngine(`=${expression}`, () => exec.getInputData()[index]?.json);

const name = fc.oneof(
	{ weight: 3, arbitrary: fc.stringMatching(/^[A-Za-z_]\w{0,6}$/) },
	fc.constantFrom('length', 'toString', 'constructor', 'constructorOf', 'caller', '__proto__'),
	fc.constantFrom('full name', '姓名', 'a.b', '0', '-', '$json', 'isEmpty', 'if', 'hasOwnProperty'),
	fc.string({ minLength: 1, maxLength: 4 }),
);
const leaf = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom('2026-11-22', '={{ 1 }}', '{{ 1 }}', '00123456789012345678', ''),
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
);
const { tree: item } = fc.letrec((tie) => ({
	tree: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4 }),
	value: fc.oneof(
		{ depthSize: 'small' },
		{ weight: 4, arbitrary: leaf },
		tie('tree'),
		fc.array(tie('value'), { maxLength: 3 }),
	),
}));

/** A field of the item, mostly one that it has, written as n8n's editor writes it when it is dragged in. */
const dragged = (value: object, choice: number, other: string): string => {
	const names = Object.keys(value);
	return `{{ $json.${choice % 5 === 0 ? other : names[choice % names.length]} }}`;
};

const { loadable } = (() => {
	try {
		createRequire(requireFromN8n.resolve('n8n-core'))('isolated-vm');
		return { loadable: true };
	} catch {
		return { loadable: false };
	}
})();
/** n8n's default engine needs a native module, which is there where a full n8n is installed. */
const engines = loadable && hasEngines ? (['legacy', 'vm'] as const) : ['legacy' as const];

describe.each(engines)('fields of the item, engine %s', (engine) => {
	const use = async (which: typeof engine) => {
		if (hasEngines) await useExpressionEngine(which);
	};
	beforeAll(async () => await use(engine));
	afterAll(async () => await use('legacy'));

	it('are what n8n gives for the same expression', { timeout: 120_000 }, async () => {
		let resolved = 0;
		const samples = fc.sample(fc.tuple(item, fc.nat({ max: 19 }), name), RUNS);
		await insideANode(
			samples.map(([value]) => value),
			(exec) => {
				for (const [index, [value, choice, other]] of samples.entries()) {
					const expression = dragged(value, choice, other);
					const own = ours(exec, expression, index);
					if (own === NEEDS_ENGINE) continue;
					resolved += 1;
					expect({ expression, value: own }).toStrictEqual({
						expression,
						...answerOf(() => exec.evaluateExpression(expression, index)),
					});
				}
			},
		);
		// Otherwise it would hold because nothing is ever resolved.
		expect(resolved).toBeGreaterThan(RUNS / 4);
	});

	it.each([
		['{{ $json.id }}', '00123456789012345678'],
		['{{ $json._count1 }}', 0],
		['{{ $json.no }}', false],
		['{{ $json.empty }}', ''],
	])('%s needs no engine', async (expression, value) => {
		const json = { id: '00123456789012345678', _count1: 0, no: false, empty: '' };
		await insideANode([json], (exec) => {
			expect(ours(exec, expression)).toBe(value);
			expect(exec.evaluateExpression(expression, 0)).toBe(value);
		});
	});
});

describe('what is left to n8n', () => {
	it.each([
		'{{ $json }}',
		'{{$json.text}}',
		'{{ $json["text"] }}',
		'{{ $json.list[0] }}',
		'{{ $json.inner.a }}',
		'{{ $json.gone }}',
		'{{ $json.nothing }}',
		'{{ $json.inner }}',
		'{{ $json.list }}',
		'{{ $json.list[9] }}',
		'{{ $json.list[01] }}',
		'{{ $json.text.length }}',
		'{{ $json.text.trim() }}',
		'{{ $json.text + "" }}',
		'{{ $json?.text }}',
		'{{ $json["te" + "xt"] }}',
		'{{ $json["\\x74ext"] }}',
		'{{ $json[`text`] }}',
		'{{ $json.toString }}',
		'{{ $json.constructor }}',
		'{{ $json.caller }}',
		'{{ $json.__proto__ }}',
		'{{ $json.text }} and more',
		' {{ $json.text }}',
		'{{ $json.text }}{{ $json.text }}',
		'{{ $json.text; }}',
		'{{ $item(0).$node["Start"].json.text }}',
		'{{ $("Start").item.json.text }}',
		'plain',
	])('=%s', (expression) => {
		const json = { text: 'a', nothing: null, inner: { a: 1 }, list: [1], caller: 'x' };
		expect(resolveWithoutEngine(`=${expression}`, () => json)).toBe(NEEDS_ENGINE);
	});

	it('is a whole parameter, where one value in it is', () => {
		const raw = { rows: [{ name: '={{ $json.name }}', age: '={{ $now }}' }] };
		expect(resolveWithoutEngine(raw, () => ({ name: 'a' }))).toBe(NEEDS_ENGINE);
		expect(
			resolveWithoutEngine({ ...raw, rows: [{ name: '={{ $json.name }}' }] }, () => ({
				name: 'a',
			})),
		).toEqual({ rows: [{ name: 'a' }] });
	});

	it('is nothing, where there is no expression', () => {
		const raw = {
			text: 'a',
			number: 1,
			flag: false,
			none: null,
			list: [],
			rows: [{ a: '{{ $json.x }}' }],
		};
		const never = () => {
			throw new Error('asked for the item');
		};
		expect(resolveWithoutEngine(raw, never)).toEqual(raw);
	});

	it('is what has no item', () => {
		expect(resolveWithoutEngine('={{ $json.a }}', () => undefined)).toBe(NEEDS_ENGINE);
	});
});
