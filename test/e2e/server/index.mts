import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureN8n, type InstalledN8n } from '../install.mjs';
import { installPackage } from './package.mjs';
import { freePorts } from './ports.mjs';
import { startProcess, type N8nProcess } from './process.mjs';
import { DEMO_OWNER, restClient, type RestClient } from './rest.mjs';

export { freePorts, isFree } from './ports.mjs';
export { startProcess, type N8nProcess } from './process.mjs';
export * from './rest.mjs';
export { until } from './until.mjs';

export interface StartOptions {
	/** n8n's user folder; its data are in `.n8n` below. A folder used before is gone on with. */
	folder: string;
	/** The packed package; left out: what is installed in the folder stays. */
	tarball?: string;
	/** Any free one unless told. */
	port?: number;
	/** Added to, or instead of, what is set here. */
	env?: Record<string, string>;
	/** The newest n8n unless told. */
	n8n?: InstalledN8n;
}

export interface N8nServer extends N8nProcess {
	/** `http://127.0.0.1:<port>` */
	url: string;
	port: number;
	folder: string;
	/** Where workflows may read and write files. */
	files: string;
	/** The SQLite file; a `-wal` beside it belongs to it. */
	database: string;
	logFile: string;
	/** Logged in as the demo owner. */
	rest: RestClient;
	/** Milliseconds: putting the package in its place, and starting n8n until it answers. */
	took: { install: number; start: number };
	/** Stops it and starts it again: same folder, same port, same settings. */
	restart(): Promise<N8nServer>;
}

/** The environment of a single n8n on loopback, also for its other commands. */
export const serverEnv = (
	n8n: InstalledN8n,
	{
		folder,
		port,
		brokerPort,
		env = {},
	}: { folder: string; port: number; brokerPort: number; env?: Record<string, string> },
): Record<string, string> =>
	n8n.env({
		N8N_USER_FOLDER: folder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		// Plain http on loopback.
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: join(folder, 'files'),
		...env,
	});

/** Starts n8n with the package in it and the demo owner made. */
export const startN8n = async (options: StartOptions): Promise<N8nServer> => {
	const { folder, tarball, env } = options;
	const n8n = options.n8n ?? (await ensureN8n());
	const [freePort, brokerPort] = await freePorts(2);
	const port = options.port ?? freePort;
	const files = join(folder, 'files');
	mkdirSync(files, { recursive: true });
	const begun = Date.now();
	if (tarball) installPackage(tarball, folder);
	const installed = Date.now();
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(folder, 'n8n.log');
	const running = await startProcess({
		n8n,
		args: ['start'],
		env: serverEnv(n8n, { folder, port, brokerPort, env }),
		logFile,
		readyUrl: `${url}/healthz/readiness`,
	});
	const rest = restClient(url);
	try {
		await rest.logIn(DEMO_OWNER);
	} catch (error) {
		await running.stop();
		throw error;
	}
	return {
		...running,
		took: { install: installed - begun, start: Date.now() - installed },
		url,
		port,
		folder,
		files,
		database: join(folder, '.n8n', 'database.sqlite'),
		logFile,
		rest,
		async restart() {
			await running.stop();
			return await startN8n({ ...options, n8n, port, tarball: undefined });
		},
	};
};
