import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { alternate, type Bench, type Row } from '../bench.mjs';
import { atMost } from '../report.mjs';
import { ratioOf } from '../statistics.mjs';
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
	bench.add({
		work: 'loading both nodes and the credential',
		ours: ms(own),
		unit: 'ms',
		beside: { name: pandadoc.name, values: ms(besidePandadoc) },
	});
	bench.add({
		work: 'loading, beside a node of n8n',
		ours: ms(own),
		unit: 'ms',
		beside: { name: airtable.name, values: ms(besideAirtable) },
		result: { sample: ratioOf(ms(own), ms(besideAirtable)), unit: '×' },
		target: atMost(1.6),
	});
	bench.add({
		work: 'descriptions of both nodes as JSON',
		ours: size(own),
		unit: 'KB',
		beside: { name: pandadoc.name, values: size(besidePandadoc) },
		target: atMost(150, 'KB'),
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
