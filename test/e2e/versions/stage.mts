import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { inTemporaryFolder, pack } from '../../tools/pack.mjs';
import { withSender } from '../demo/stand-ins.mjs';
import { reachable, setUpExamples, SIGNER, type Examples } from '../demo/examples.mjs';
import {
	startN8n,
	until,
	type N8nServer,
	type SavedCredential,
	type StoredExecution,
} from '../server/index.mjs';
import type { Version } from './versions.mjs';

/** One n8n with the packed package, the shipped examples and a stand-in for Kaifangqian. */
export interface Stage {
	version: string;
	server: N8nServer;
	kaifangqian: KaifangqianSandbox;
	credential: SavedCredential;
	credentialData: Record<string, unknown>;
	examples: Examples;
	/** Starts the example that is started by hand; returns as soon as its contract waits for the signer. */
	startContract(): Promise<{ executionId: string; contractId: string }>;
	/** Lets it be signed; returns when both examples have run. */
	finishContract(started: {
		executionId: string;
		contractId: string;
	}): Promise<{ contract: StoredExecution; completed: StoredExecution }>;
	/** The same n8n with the same data, started again, with files kept in another place. */
	restartWith(storage: string): Promise<void>;
	close(): Promise<void>;
}

export const openStage = async ({ ensure, env }: Version): Promise<Stage> => {
	const storedIn = (storage: string) => ({ ...env, N8N_DEFAULT_BINARY_DATA_MODE: storage });
	const n8n = await ensure();
	const folder = mkdtempSync(join(tmpdir(), 'cn-esign-version-'));
	const kaifangqian = await startKaifangqian({ switches: { throttle: false } });
	let server = await inTemporaryFolder(
		async (temporary) =>
			await startN8n({ folder, tarball: pack(temporary), n8n, env: storedIn('filesystem') }),
	).catch(async (error: unknown) => {
		await kaifangqian.close();
		throw error;
	});
	const close = async () => {
		await server.stop();
		await kaifangqian.close();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const credentialData = withSender(
			{
				platform: 'kaifangqian',
				baseUrl: kaifangqian.baseUrl,
				appAuthToken: kaifangqian.token,
				secret: '',
				platformPublicKey: '',
			},
			kaifangqian,
		);
		const credential = await server.rest.saveCredential('Kaifangqian', credentialData);
		const examples = await setUpExamples(server, kaifangqian, credential);

		const startContract = async () => {
			const known = new Set(kaifangqian.control.contracts().map(({ contractId }) => contractId));
			const executionId = await server.rest.start(
				examples.contract.id,
				'When clicking ‘Execute workflow’',
			);
			const contractId = await until('the contract waits for its signer', async () => {
				const { status } = await server.rest.execution(executionId);
				if (status === 'error') throw new Error(`the execution ended with ${status}`);
				return kaifangqian.control
					.contracts()
					.find((contract) => !known.has(contract.contractId) && isWaitedFor(contract.contractId))
					?.contractId;
			});
			return { executionId, contractId };
		};
		/** Asked about twice: by *Get Status* and by *Wait for Status*. */
		const isWaitedFor = (contractId: string) =>
			kaifangqian.requests.filter(
				({ path, query }) => path.endsWith('/contract/tasks') && query.contractId === contractId,
			).length > 1;

		return {
			version: n8n.version,
			get server() {
				return server;
			},
			kaifangqian,
			credential,
			credentialData,
			examples,
			startContract,
			async finishContract({ executionId, contractId }) {
				const { rest } = server;
				const before = (await rest.executions(examples.completed.id)).length;
				kaifangqian.control.sign(contractId, SIGNER.contact);
				const contract = await rest.finished(executionId);
				await kaifangqian.callbacks.idle();
				const { id } = await until('the callback has started an execution', async () => {
					const all = await rest.executions(examples.completed.id);
					return all.length > before && all[0];
				});
				return { contract, completed: await rest.finished(id) };
			},
			async restartWith(storage) {
				const { port } = server;
				await server.stop();
				server = await startN8n({ folder, n8n, port, env: storedIn(storage) });
				await reachable(examples.completed.productionUrl);
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
};
