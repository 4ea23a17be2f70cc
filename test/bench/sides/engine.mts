/**
 * One side of a comparison: n8n's engine in a process of its own, with the expression engine that n8n
 * uses by default. Both sides of a row run this file, with different nodes.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { core, wf } from '../../engine/engine.mjs';
import { useExpressionEngine } from '../../engine/expressions.mjs';
import { requireFromN8n } from '../../engine/whichN8n.mjs';
import { deterministicBytes } from '../../sandbox/shared/bytes.mjs';
import { growthOf } from './memory.mjs';
import { stayLocal } from './offline.mjs';
import { jsonItems, runJob, type Job } from './run.mjs';
import { serve } from './serve.mjs';

stayLocal();

const fromCore = createRequire(requireFromN8n.resolve('n8n-core'));
const { Container } = fromCore('@n8n/di') as typeof import('@n8n/di');
const binaryData = Container.get(core.BinaryDataService);

const engine = (process.env.BENCH_EXPRESSIONS ?? 'vm') as 'vm' | 'legacy';
await useExpressionEngine(engine);
const { isVmEngineSelected } = wf.Expression as unknown as { isVmEngineSelected(): boolean };
if (isVmEngineSelected.call(wf.Expression) !== (engine === 'vm'))
	throw new Error(`The expression engine is not '${engine}'`);

const PDF_HEAD = Buffer.from('%PDF-1.7\n');

export interface Input {
	json?: IDataObject[];
	/** A PDF of so many bytes, in n8n's storage. */
	file?: number;
}

export interface Work extends Job {
	input: Input;
}

export interface Timed {
	ms: number;
	/** Of this process, all threads. */
	cpuMs: number;
	/** JSON of the last node's items. */
	items: IDataObject[];
}

export interface Stored {
	bytes: number;
	sha256: string;
}

export interface Grown {
	mb: number;
	ms: number;
	/** The file that the last node gave, if it gave one. */
	stored?: Stored;
}

/** Written piece by piece: what passed through this process must not count as its memory. */
const fileItem = async (bytes: number): Promise<INodeExecutionData> => {
	const location = { type: 'execution' as const, workflowId: 'workflow-1', executionId: '1' };
	const data: IBinaryData = await binaryData.store(location, deterministicBytes(bytes, PDF_HEAD), {
		data: '',
		fileName: 'contract.pdf',
		mimeType: 'application/pdf',
		fileExtension: 'pdf',
	});
	return { json: {}, binary: { data } };
};

const inputOf = async ({ json = [], file }: Input): Promise<INodeExecutionData[]> =>
	file === undefined ? jsonItems(json) : [await fileItem(file)];

const storedFile = async (data: IBinaryData): Promise<Stored> => {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of await binaryData.getAsStream(data.id!)) {
		hash.update(chunk as Buffer);
		bytes += (chunk as Buffer).length;
	}
	return { bytes, sha256: hash.digest('hex') };
};

const methods = {
	/** One run, timed. */
	async time(work: Work): Promise<Timed> {
		const input = await inputOf(work.input);
		const cpu = process.cpuUsage();
		const begun = performance.now();
		const { items } = await runJob(work, input);
		const ms = performance.now() - begun;
		const { user, system } = process.cpuUsage(cpu);
		return { ms, cpuMs: (user + system) / 1000, items: items.map(({ json }) => json) };
	},

	/** One run in a process that has done little before: megabytes it grew by, and its time. */
	async grow(work: Work): Promise<Grown> {
		const input = await inputOf(work.input);
		let ms = 0;
		let binary: IBinaryData | undefined;
		const mb = await growthOf(async () => {
			const begun = performance.now();
			const { items } = await runJob(work, input);
			ms = performance.now() - begun;
			binary = items[0].binary?.data;
		});
		return { mb, ms, stored: binary?.id ? await storedFile(binary) : undefined };
	},
};

export type EngineSide = typeof methods;

serve(methods, () => rmSync(process.env.N8N_USER_FOLDER!, { recursive: true, force: true }));
