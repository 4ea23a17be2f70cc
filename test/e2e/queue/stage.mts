import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../../tools/pack.mjs';
import { ensureN8n } from '../install.mjs';
import { freePorts } from '../server/index.mjs';
import { startCluster, type Cluster } from './cluster.mjs';
import { startPostgres, startRedis, type Daemon, type Postgres } from './daemon.mjs';

/** n8n in queue mode with this package, and what it stands on. */
export interface QueueStage {
	version: string;
	postgres: Postgres;
	redis: Daemon;
	cluster: Cluster;
	executionsOf(workflowId: string): Execution[];
	close(): Promise<void>;
}

export interface Execution {
	id: string;
	status: string;
	mode: string;
	retryOf: string | null;
}

export const openQueueStage = async (workers: number): Promise<QueueStage> => {
	// So that what was started is ended, too.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
	const n8n = await ensureN8n();
	const folder = mkdtempSync(join(tmpdir(), 'cn-esign-queue-'));
	// PostgreSQL's own user has to get to its folder.
	chmodSync(folder, 0o755);
	const [postgresPort, redisPort] = await freePorts(2);
	const daemons: Daemon[] = [];
	const close = async () => {
		await Promise.all(daemons.map(async ({ stop }) => await stop()));
		if (process.env.CN_ESIGN_KEEP) console.log(`Kept: ${folder}`);
		else rmSync(folder, { recursive: true, force: true });
	};
	try {
		const postgres = await startPostgres(folder, postgresPort);
		daemons.push(postgres);
		const redis = await startRedis(folder, redisPort);
		daemons.push(redis);
		const tarball = pack(folder);
		const cluster = await startCluster({ n8n, folder, tarball, postgres, redis, workers });
		return {
			version: n8n.version,
			postgres,
			redis,
			cluster,
			executionsOf: (workflowId) =>
				postgres.query<Execution>(
					`SELECT id::text, status, mode, "retryOf" FROM execution_entity WHERE "workflowId" = '${workflowId}' ORDER BY id`,
				),
			async close() {
				await cluster.stop();
				await close();
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
};
