import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesBelow, inRoot, manifest } from './project.mjs';

interface Codex {
	node: string;
	categories: string[];
	alias: string[];
	resources?: Record<string, Array<{ url: string }>>;
}

const built = filesBelow(inRoot('dist'));
const sources = ['nodes', 'credentials'].flatMap((folder) =>
	filesBelow(inRoot(folder)).map((name) => `${folder}/${name}`),
);

describe('nodes and credentials', () => {
	it('are registered as they are found in the source', () => {
		const named = (suffix: string) =>
			sources
				.filter((name) => name.endsWith(suffix))
				.map((name) => `dist/${name.replace(/\.ts$/, '.js')}`)
				.sort();
		expect([...manifest.n8n.nodes].sort()).toEqual(named('.node.ts'));
		expect([...manifest.n8n.credentials].sort()).toEqual(named('.credentials.ts'));
	});

	it.each(manifest.n8n.nodes)('%s has a codex that n8n uses', (file) => {
		const path = inRoot(file.replace(/\.js$/, '.json'));
		expect(existsSync(path)).toBe(true);
		const codex = JSON.parse(readFileSync(path, 'utf8')) as Codex;
		expect(codex.node).toBe(manifest.name);
		expect(codex.categories).not.toEqual([]);
		// Without `resources` n8n's loader drops the whole codex, and says so at debug level only.
		for (const kind of ['primaryDocumentation', 'credentialDocumentation']) {
			expect(codex.resources?.[kind]?.map(({ url }) => new URL(url).protocol)).toEqual(['https:']);
		}
		for (const alias of ['开放签', 'kaifangqian', '签盾', 'qiandun', '电子合同', 'e-signature'])
			expect(codex.alias).toContain(alias);
	});
});

describe('dist', () => {
	it('requires nothing but n8n-workflow and crypto', () => {
		const allowed = new Set(['n8n-workflow', 'crypto', 'node:crypto']);
		const strangers = built
			.filter((name) => name.endsWith('.js'))
			.flatMap((name) => {
				const code = readFileSync(inRoot('dist', name), 'utf8');
				const calls = code.matchAll(/\b(?:require|import)\(\s*(["'`])([^"'`]+)\1\s*\)/g);
				return [...calls]
					.map(([, , module]) => module)
					.filter((module) => !/^\.\.?\//.test(module) && !allowed.has(module))
					.map((module) => `${name}: ${module}`);
			});
		expect(strangers).toEqual([]);
	});

	// `n8n-node build` copies every picture of the project, a screenshot in docs/ as well.
	it('holds no picture outside icons/', () => {
		const pictures = built.filter((name) => /\.(?:png|svg)$/i.test(name));
		expect(pictures.filter((name) => !name.startsWith('icons/'))).toEqual([]);
	});

	it('holds what the sources give and nothing else', () => {
		const expected = [
			...sources.filter((name) => name.endsWith('.ts')).map((name) => name.replace(/ts$/, 'js')),
			...sources.filter((name) => name.endsWith('.json')),
			...filesBelow(inRoot('icons')).map((name) => `icons/${name}`),
		];
		expect(built).toEqual(expected.sort());
	});
});
