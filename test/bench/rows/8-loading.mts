import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { alternate, type Bench, type Row } from '../bench.mjs';
import { atMost } from '../report.mjs';
import { startSide, withSide } from '../side.mjs';
import { inTemporaryFolder, pack } from '../../tools/pack.mjs';
import { readJson, root } from '../../tools/project.mjs';

// As disks and networks count, and as the targets were set.
const KILOBYTE = 1000;

interface Package {
	name: string;
	folder: string;
	/** Nodes and credentials. */
	files: string[];
}

interface Manifest {
	n8n: { nodes: string[]; credentials: string[] };
}

/** sides/load.mjs */
interface LoadSide {
	load(what: { from: string; files: string[] }): { ms: number; jsonBytes: number[] };
}

const filesOf = ({ n8n }: Manifest) => [...n8n.nodes, ...n8n.credentials];

/** So many operations does the action node offer: every option of its parameters named `operation`. */
const operations = (): number => {
	const require = createRequire(import.meta.url);
	const { CnEsign } = require(join(root, 'dist/nodes/CnEsign/CnEsign.node.js')) as {
		CnEsign: new () => {
			description: { properties: Array<{ name: string; options?: unknown[] }> };
		};
	};
	return new CnEsign().description.properties
		.filter(({ name }) => name === 'operation')
		.reduce((sum, { options = [] }) => sum + options.length, 0);
};

const tarballOf = (folder: string): number => {
	const desk = mkdtempSync(join(tmpdir(), 'bench-pack-'));
	try {
		const name = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', folder], {
			cwd: desk,
			encoding: 'utf8',
		});
		return statSync(join(desk, name.trim().split('\n').at(-1)!)).size;
	} finally {
		rmSync(desk, { recursive: true, force: true });
	}
};

const measure = async (bench: Bench): Promise<void> => {
	const { stand } = bench;
	const base = dirname(
		createRequire(join(stand.n8n.folder, 'package.json')).resolve('n8n-nodes-base/package.json'),
	);
	const pandadocFolder = join(stand.env.PANDADOC_FROM, 'node_modules/n8n-nodes-pandadoc');
	const pandadocManifest = createRequire(import.meta.url)(
		join(pandadocFolder, 'package.json'),
	) as Manifest;
	const ours: Package = {
		name: 'ours',
		folder: root,
		files: filesOf(readJson('package.json') as Manifest),
	};
	const pandadoc: Package = {
		name: 'n8n-nodes-pandadoc',
		folder: pandadocFolder,
		files: filesOf(pandadocManifest),
	};
	const airtable: Package = {
		name: 'Airtable',
		folder: base,
		files: [
			'dist/nodes/Airtable/Airtable.node.js',
			'dist/nodes/Airtable/AirtableTrigger.node.js',
			'dist/credentials/AirtableTokenApi.credentials.js',
		],
	};

	const load =
		({ folder, files }: Package) =>
		async () =>
			await withSide(
				startSide<LoadSide>(stand, 'load.mjs'),
				async (side) => await side.call('load', { from: folder, files }),
			);
	const [own, besidePandadoc, besideAirtable] = await alternate(
		bench,
		[ours, pandadoc, airtable].map(load),
	);
	const ms = (list: typeof own) => list.map((loaded) => loaded.ms);
	const size = ([{ jsonBytes }]: typeof own) => [
		jsonBytes.reduce((sum, bytes) => sum + bytes, 0) / KILOBYTE,
	];
	// The first file is the action node, which has the operations.
	const [actionBytes] = own[0].jsonBytes;
	bench.add({
		work: 'loading both nodes and the credential',
		ours: ms(own),
		unit: 'ms',
		beside: { name: pandadoc.name, values: ms(besidePandadoc) },
		target: atMost(20, 'ms'),
	});
	bench.add({
		work: 'loading, beside a node of n8n',
		ours: ms(own),
		unit: 'ms',
		beside: { name: airtable.name, values: ms(besideAirtable) },
	});
	bench.add({
		work: 'descriptions of both nodes as JSON',
		ours: size(own),
		unit: 'KB',
		beside: { name: pandadoc.name, values: size(besidePandadoc) },
		target: atMost(150, 'KB'),
	});
	bench.add({
		work: `that of the action node, for each of its ${operations()} operations`,
		ours: [actionBytes / KILOBYTE / operations()],
		unit: 'KB',
		beside: { name: `${airtable.name}, whole`, values: size(besideAirtable) },
		target: atMost(3, 'KB'),
	});
	bench.add({
		work: 'tarball',
		ours: [
			await inTemporaryFolder(async (folder: string) => statSync(pack(folder)).size / KILOBYTE),
		],
		unit: 'KB',
		beside: { name: pandadoc.name, values: [tarballOf(pandadocFolder) / KILOBYTE] },
		target: atMost(150, 'KB'),
	});
};

export const row: Row = { number: 8, title: 'loading and size', measure };
