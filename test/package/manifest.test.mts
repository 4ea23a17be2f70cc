import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot, manifest } from './project.mjs';

// What n8n asks of a package.json is asked by `npm run lint`; this is what that does not see.
describe('package.json', () => {
	it('ships dist and nothing else', () => {
		expect(manifest.files).toEqual(['dist']);
	});

	it('registers every node and credential, strictly', () => {
		expect(manifest.n8n.strict).toBe(true);
		for (const [folder, files] of [
			['nodes', manifest.n8n.nodes],
			['credentials', manifest.n8n.credentials],
		] as const) {
			expect(files).not.toEqual([]);
			for (const file of files) {
				expect(file).toMatch(new RegExp(`^dist/${folder}/.+\\.js$`));
				expect(existsSync(inRoot(file)), file).toBe(true);
			}
		}
	});

	it('brings nothing along in ways that are no dependencies', () => {
		for (const field of ['optionalDependencies', 'bundledDependencies', 'bundleDependencies'])
			expect(manifest).not.toHaveProperty(field);
	});

	it("is built and published by n8n's own tool", () => {
		expect(manifest.scripts.build).toBe('n8n-node build');
		expect(manifest.scripts.release).toBe('n8n-node release');
		expect(manifest.scripts.prepublishOnly).toBe('n8n-node prerelease');
	});
});
