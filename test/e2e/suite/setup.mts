import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { inTemporaryFolder, pack } from '../../tools/pack.mjs';
import { ensureN8n } from '../install.mjs';
import { startN8n, type N8nServer } from '../server/index.mjs';

/** What the tests, which run in other processes, have to know. */
export interface N8nUnderTest {
	url: string;
	version: string;
	folder: string;
	files: string;
	database: string;
	logFile: string;
	cookie: string;
	/** Milliseconds that installing the package and starting n8n took. */
	took: { install: number; start: number };
	/** POST here restarts n8n, with the JSON body as additional environment. */
	restartUrl: string;
}

declare module 'vitest' {
	export interface ProvidedContext {
		n8n: N8nUnderTest;
	}
}

/** Restarts n8n for a test: its process belongs to this one. */
const startRemote = async (restart: (env: Record<string, string>) => Promise<void>) => {
	const remote = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const env = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, string>;
			restart(env).then(
				() => response.writeHead(204).end(),
				(error: Error) => response.writeHead(500).end(error.message),
			);
		});
	});
	await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
	const { port } = remote.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, close: () => remote.close() };
};

/** One n8n for the whole run, in a folder of its own that is gone afterwards. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
	const begun = Date.now();
	const n8n = await ensureN8n();
	const folder = mkdtempSync(join(tmpdir(), 'cn-esign-e2e-'));
	let server: N8nServer = await inTemporaryFolder(
		async (temporary) => await startN8n({ folder, tarball: pack(temporary), n8n }),
	);
	const { url, port, files, database, logFile, rest, took } = server;
	const remote = await startRemote(async (env) => {
		await server.stop();
		server = await startN8n({ folder, port, n8n, env });
	});
	console.log(`n8n ${n8n.version} runs at ${url} (${((Date.now() - begun) / 1000).toFixed(1)} s).`);
	project.provide('n8n', {
		url,
		version: n8n.version,
		folder,
		files,
		database,
		logFile,
		cookie: rest.cookie(),
		took,
		restartUrl: remote.url,
	});
	return async () => {
		remote.close();
		await server.stop();
		if (process.env.E2E_KEEP) console.log(`Kept: ${folder}`);
		else rmSync(folder, { recursive: true, force: true });
	};
}
