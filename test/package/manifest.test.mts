import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot, manifest } from './project.mjs';

// What n8n asks of the package.json of a community package that is to be verified.
describe('package.json', () => {
	it('names a community package under the MIT licence', () => {
		expect(manifest.name).toMatch(/^(?:@[a-z0-9-]+\/)?n8n-nodes-[a-z0-9-]+$/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.version).toMatch(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/);
	});

	it('says who made it, what it is and where its source is', () => {
		expect(manifest.author.name.trim()).not.toBe('');
		expect(manifest.author.email).toMatch(/^\S+@\S+\.\S+$/);
		expect(manifest.description.trim()).not.toBe('');
		expect(manifest.repository.url).toMatch(
			/^(?:git\+)?https:\/\/github\.com\/[\w-]+\/[\w.-]+\.git$/,
		);
		expect(new URL(manifest.homepage).protocol).toBe('https:');
		expect(JSON.stringify(manifest)).not.toMatch(/<[a-z_ ]+>|\{\{/i);
	});

	it('ships dist and nothing else', () => {
		expect(manifest.files).toEqual(['dist']);
	});

	it('registers every node and credential, strictly', () => {
		expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
		expect(manifest.n8n.strict).toBe(true);
		expect(manifest).not.toHaveProperty('n8nNodesApiVersion');
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

	it('brings nothing along and expects only n8n-workflow', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const field of [
			'overrides',
			'resolutions',
			'optionalDependencies',
			'bundledDependencies',
			'bundleDependencies',
		])
			expect(manifest).not.toHaveProperty(field);
	});

	it('runs no script of its own while it is installed', () => {
		const forbidden = ['preprepare', 'prepare', 'postprepare', 'prepublish'];
		for (const name of [...forbidden, 'preinstall', 'install', 'postinstall'])
			expect(manifest.scripts).not.toHaveProperty(name);
		expect(manifest.scripts.prepublishOnly).toBe('n8n-node prerelease');
		expect(manifest.scripts.build).toBe('n8n-node build');
	});
});
