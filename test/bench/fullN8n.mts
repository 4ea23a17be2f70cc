/** A full n8n with this package in it, for the rows that need its database, its runners or its server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { startN8n, type N8nServer, type SavedCredential } from '../e2e/server/index.mjs';
import { inTemporaryFolder, pack } from '../tools/pack.mjs';
import type { Bench } from './bench.mjs';
import type { Platform } from './sides/standIn.mjs';

export const withN8n = async <R,>(
	{ stand, say }: Bench,
	settings: Record<string, string>,
	work: (server: N8nServer) => Promise<R>,
): Promise<R> => {
	const env = {
		...settings,
		...(stand.nodeOptions.length > 0 && { NODE_OPTIONS: stand.nodeOptions.join(' ') }),
	};
	const folder = mkdtempSync(join(tmpdir(), 'cn-esign-bench-'));
	try {
		say('starting n8n');
		const server = await inTemporaryFolder(
			async (temporary: string) =>
				await startN8n({ folder, tarball: pack(temporary), n8n: stand.n8n, env }),
		);
		// It has a process group of its own, which Ctrl-C does not reach.
		const end = () => process.kill(server.pid);
		process.once('exit', end);
		try {
			return await work(server);
		} finally {
			process.off('exit', end);
			await server.stop();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
};

export const saveCredential = async (
	{ rest }: N8nServer,
	name: string,
	platform: Platform,
	keys: { secret?: string; platformPublicKey?: string } = {},
): Promise<SavedCredential> =>
	await rest.saveCredential(name, {
		platform: 'kaifangqian',
		baseUrl: platform.baseUrl,
		appAuthToken: platform.token,
		secret: '',
		platformPublicKey: '',
		...keys,
	});

/** The node with a credential that is stored in n8n. */
export const withCredential = (node: INode, { id, name }: SavedCredential): INode => ({
	...node,
	credentials: { cnEsignApi: { id, name } },
});
