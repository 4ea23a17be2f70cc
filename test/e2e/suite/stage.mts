import axios from 'axios';
import { inject } from 'vitest';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { startQiandun, type QiandunSandbox } from '../../sandbox/qiandun/index.mjs';
import { credentialData } from '../demo/stand-ins.mjs';
import { restClient, until, type RestClient, type SavedCredential } from '../server/index.mjs';
import type { N8nUnderTest } from './setup.mjs';

export const n8n: N8nUnderTest = inject('n8n');

/** The n8n of this run, stand-ins of one test file's own, and a credential for each. */
export interface Stage {
	rest: RestClient;
	kaifangqian: KaifangqianSandbox;
	qiandun: QiandunSandbox;
	credential: SavedCredential;
	qiandunCredential: SavedCredential;
	close(): Promise<void>;
}

export const rest = restClient(n8n.url, n8n.cookie);

/** `name` marks what the file puts into n8n. */
export const openStage = async (name: string): Promise<Stage> => {
	const kaifangqian = await startKaifangqian({ stableSeeds: true });
	const qiandun = await startQiandun();
	const data = credentialData({ kaifangqian, qiandun });
	return {
		rest,
		kaifangqian,
		qiandun,
		credential: await rest.saveCredential(`${name} Kaifangqian`, data.kaifangqian),
		qiandunCredential: await rest.saveCredential(`${name} Qiandun`, data.qiandun),
		async close() {
			await Promise.all([kaifangqian.close(), qiandun.close()]);
		},
	};
};

/** Restarts n8n with these settings added. */
export const restartN8n = async (env: Record<string, string> = {}): Promise<void> => {
	const { status, data } = await axios.post(n8n.restartUrl, env, {
		proxy: false,
		timeout: 120_000,
		validateStatus: () => true,
	});
	if (status !== 204) throw new Error(`n8n did not start again: ${String(data)}`);
};

/** The newest execution of a workflow, once it has ended; `after` are those known before. */
export const nextExecution = async (workflowId: string, after: string[] = []) => {
	const id = await until(`workflow ${workflowId} is started`, async () => {
		const found = await rest.executions(workflowId);
		return found.find((execution) => !after.includes(execution.id))?.id;
	});
	return await rest.finished(id);
};
