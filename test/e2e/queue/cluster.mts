import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledN8n } from '../install.mjs';
import {
	freePorts,
	serverEnv,
	startN8n,
	startProcess,
	type N8nProcess,
	type N8nServer,
} from '../server/index.mjs';
import { installPackage } from '../server/package.mjs';
import type { Daemon, Postgres } from './daemon.mjs';

// n8n in queue mode: a main process, workers and a process for the webhooks, each with a user folder
// of its own, as if they were containers. They share PostgreSQL, Redis and the encryption key.

export interface Worker extends N8nProcess {
	name: string;
	/** The executions that it has begun and not finished, by what it has written. */
	inFlight(): string[];
}

export interface Cluster {
	main: N8nServer;
	workers: Worker[];
	webhookUrl: string;
	addWorker(): Promise<Worker>;
	/** SIGTERM, then a new one on the same address. */
	restartWebhooks(): Promise<void>;
	/** What every process has written. */
	logs(): Record<string, string>;
	stop(): Promise<void>;
}

const idsIn = (log: string, word: string): Set<string> =>
	new Set(
		[...log.matchAll(new RegExp(`Worker ${word} execution (\\d+)`, 'g'))].map(([, id]) => id),
	);

export const startCluster = async ({
	n8n,
	folder,
	tarball,
	postgres,
	redis,
	workers: count,
}: {
	n8n: InstalledN8n;
	folder: string;
	tarball: string;
	postgres: Postgres;
	redis: Daemon;
	workers: number;
}): Promise<Cluster> => {
	const [mainPort, webhookPort] = await freePorts(2);
	const webhookUrl = `http://127.0.0.1:${webhookPort}`;
	// What has to be the same in all processes.
	const shared = {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_POOL_SIZE: '5',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_WEBHOOK_URL: `${webhookUrl}/`,
		// Sooner than by default (60, 10 and 30 s), to see within seconds that a worker is gone.
		QUEUE_WORKER_LOCK_DURATION: '8000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
		QUEUE_WORKER_STALLED_INTERVAL: '2000',
		// A process that is stopped waits for the executions it has started, also those of a killed worker.
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '8',
		// Minutes; 180 by default.
		N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.1',
	};
	const folders: string[] = [];
	const newFolder = (name: string): string => {
		const path = join(folder, name);
		mkdirSync(join(path, 'files'), { recursive: true });
		installPackage(tarball, path);
		folders.push(name);
		return path;
	};
	const running = new Set<N8nProcess>();
	const begin = async (
		name: string,
		userFolder: string,
		args: string[],
		port: number,
		env: Record<string, string>,
	): Promise<N8nProcess> => {
		const [brokerPort] = await freePorts(1);
		const begun = await startProcess({
			n8n,
			args,
			env: serverEnv(n8n, { folder: userFolder, port, brokerPort, env: { ...shared, ...env } }),
			logFile: join(userFolder, 'n8n.log'),
			readyUrl: `http://127.0.0.1:${port}/healthz/readiness`,
		});
		running.add(begun);
		return begun;
	};

	const workers: Worker[] = [];
	const addWorker = async (): Promise<Worker> => {
		const name = `worker-${workers.length + 1}`;
		const at = workers.length;
		workers.length += 1;
		const [port] = await freePorts(1);
		const begun = await begin(name, newFolder(name), ['worker', '--concurrency=5'], port, {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		});
		const inFlight = () => {
			const finished = idsIn(begun.log(), 'finished');
			return [...idsIn(begun.log(), 'started')].filter((id) => !finished.has(id));
		};
		workers[at] = { ...begun, name, inFlight };
		return workers[at];
	};

	const webhookFolder = newFolder('webhook');
	const startWebhooks = async () =>
		await begin('webhook', webhookFolder, ['webhook'], webhookPort, {});
	let webhooks: N8nProcess | undefined;
	let main: N8nServer | undefined;

	const stop = async (): Promise<void> => {
		await Promise.all([...running].map(async (one) => await one.kill()));
		await main?.stop();
	};
	try {
		// The main process makes the tables; the others expect them.
		mkdirSync(join(folder, 'main'), { recursive: true });
		folders.push('main');
		main = await startN8n({
			n8n,
			folder: join(folder, 'main'),
			tarball,
			port: mainPort,
			env: { ...shared, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
		});
		[webhooks] = await Promise.all([
			startWebhooks(),
			...Array.from({ length: count }, async () => await addWorker()),
		]);
	} catch (error) {
		await stop();
		throw error;
	}
	const logOf = main.log;
	return {
		main,
		workers,
		webhookUrl,
		addWorker,
		async restartWebhooks() {
			await webhooks!.stop();
			running.delete(webhooks!);
			webhooks = await startWebhooks();
		},
		logs: () => ({
			main: logOf(),
			webhook: webhooks!.log(),
			...Object.fromEntries(workers.map(({ name, log }) => [name, log()])),
		}),
		stop,
	};
};
