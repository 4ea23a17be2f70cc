import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../nodes/CnEsign/platforms/index.js';
import { circlesIn, importGraph, root, specifiersIn } from './importGraph.mjs';

const BASE = 'nodes/CnEsign/';
const INDEX = `${BASE}platforms/index.ts`;

const graph = importGraph('nodes', 'credentials');
const imports = [...graph].flatMap(([from, files]) => files.map((to) => [from, to] as const));
const shown = (edges: Array<readonly [string, string]>) => edges.map((edge) => edge.join(' → '));

/** The platform whose folder a file is in. */
const platformOf = (file: string): string | undefined =>
	platforms.find(({ value }) => file.startsWith(`${BASE}platforms/${value}/`))?.value;

type Layer = 'runtime' | 'platforms' | 'trigger' | 'entry';

const layerOf = (file: string): Layer => {
	for (const layer of ['runtime', 'platforms', 'trigger'] as const)
		if (file.startsWith(`${BASE}${layer}/`)) return layer;
	return 'entry';
};

/** What each layer may import besides its own. */
const BELOW: Record<Layer, Layer[]> = {
	runtime: [],
	platforms: ['runtime'],
	trigger: ['platforms', 'runtime'],
	entry: ['trigger', 'platforms', 'runtime'],
};

describe('the import graph', () => {
	it('is the one of the whole product', () => {
		expect(graph.size).toBeGreaterThan(100);
		expect(imports.length).toBeGreaterThan(400);
		for (const layer of ['runtime', 'platforms', 'trigger', 'entry'])
			expect([...graph.keys()].map(layerOf)).toContain(layer);
		// Whoever is loaded by n8n is imported by nobody.
		const imported = new Set(imports.map(([, to]) => to));
		expect([...graph.keys()].filter((file) => !imported.has(file)).sort()).toEqual([
			'credentials/CnEsignApi.credentials.ts',
			`${BASE}CnEsign.node.ts`,
			`${BASE}CnEsignTrigger.node.ts`,
		]);
	});

	it('has no circle, types included', () => {
		expect(circlesIn(graph)).toEqual([]);
	});

	it('points one way: nodes and credentials, trigger, platforms, runtime', () => {
		const wrong = imports.filter(([from, to]) => {
			const [above, below] = [layerOf(from), layerOf(to)];
			return above !== below && !BELOW[above].includes(below);
		});
		expect(shown(wrong)).toEqual([]);
	});

	it('leads from no platform to another', () => {
		const wrong = imports.filter(([from, to]) => {
			const [own, other] = [platformOf(from), platformOf(to)];
			return own !== undefined && other !== undefined && own !== other;
		});
		expect(shown(wrong)).toEqual([]);
	});

	it('leads into the folder of a platform from outside at one place only', () => {
		const into = imports.filter(
			([from, to]) => platformOf(from) === undefined && platformOf(to) !== undefined,
		);
		expect(shown(into).sort()).toEqual(
			platforms.map(({ value }) => `${INDEX} → ${BASE}platforms/${value}/index.ts`).sort(),
		);
	});

	it('leads to the list of platforms from what n8n loads only', () => {
		const from = imports.filter(([, to]) => to === INDEX).map(([file]) => layerOf(file));
		expect(new Set(from)).toEqual(new Set(['entry']));
	});
});

describe('the files', () => {
	const sourceOf = (file: string) => readFileSync(resolve(root, file), 'utf8');

	it("call n8n's HTTP helper in one place", () => {
		const calling = [...graph.keys()].filter((file) =>
			/httpRequest\w*\b\s*[.(]/.test(sourceOf(file)),
		);
		expect(calling).toEqual([`${BASE}runtime/http/send.ts`]);
	});

	it('name a platform in its own folder only, and in the list', () => {
		const names = platforms.flatMap(({ value, name, localName }) => [value, name, localName]);
		const isComment = (line: string) => /^\s*(?:\/\/|\/?\*)/.test(line);
		const naming = [...graph.keys()].filter(
			(file) =>
				platformOf(file) === undefined &&
				file !== INDEX &&
				sourceOf(file)
					.split('\n')
					.some((line) => !isComment(line) && names.some((name) => line.includes(name))),
		);
		expect(naming).toEqual([]);
	});
});

describe('the reading of it', () => {
	it('sees values and types, in whatever way they are imported', () => {
		const text = `
			import { a } from './a';
			import type { B } from './b';
			import './c';
			export { d } from './d';
			export * from './e';
			type F = import('./f').F;
			const g = import('./g');
			const h = require('./h');
			const text = "import { x } from './x'";
			// import './y';
		`;
		expect(specifiersIn(text)).toEqual(['./a', './b', './c', './d', './e', './f', './g', './h']);
	});

	it('finds circles of any length', () => {
		const circles = circlesIn(
			new Map([
				['a', ['b']],
				['b', ['c', 'd']],
				['c', ['a']],
				['d', ['e']],
				['e', ['e']],
				['f', ['a']],
			]),
		);
		expect(circles).toEqual([['a', 'b', 'c'], ['e']]);
	});
});
