/** What every platform has to bring along outside nodes/; the tree of nodes/ itself is asked in test/unit. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../nodes/CnEsign/platforms/index.js';
import { inRoot, manifest } from './project.mjs';

describe.each(platforms)('the platform $value', ({ value, name }) => {
	it('has its reference, its stand-in, its conformance suite and its inputs for the faults', () => {
		const needed = [
			`docs/api/${value}.md`,
			`test/sandbox/${value}/index.mts`,
			`test/conformance/${value}/index.mts`,
			`test/faults/inputs/${value}.mts`,
			`test/faults/matrix.${value}.test.mts`,
		];
		expect(needed.filter((file) => !existsSync(inRoot(file)))).toEqual([]);
	});

	it('is tried by npm run conformance, and shown in docs/operations.md', () => {
		for (const file of ['test/conformance/main.mts', 'test/engine/operationsDocument.test.mts'])
			expect(readFileSync(inRoot(file), 'utf8'), file).toMatch(
				new RegExp(`conformance/${value}/|'\\./${value}/index`),
			);
	});

	it.each(manifest.n8n.nodes)('is found in the node creator: %s', (file) => {
		const codex = file.replace(/^dist\//, '').replace(/\.js$/, '.json');
		const { alias } = JSON.parse(readFileSync(inRoot(codex), 'utf8')) as { alias: string[] };
		expect(alias).toContain(value);
	});

	it.each(['README.md', 'docs/zh-CN/README.md'])('is named in %s', (file) => {
		expect(readFileSync(inRoot(file), 'utf8')).toContain(name);
	});
});
