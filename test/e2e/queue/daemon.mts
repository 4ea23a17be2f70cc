import { execFileSync, spawn } from 'node:child_process';
import { chownSync, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../server/until.mjs';

// PostgreSQL and Redis of Debian, each on 127.0.0.1 with a data folder of its own.

export interface Daemon {
	port: number;
	stop(): Promise<void>;
}

export interface Postgres extends Daemon {
	user: string;
	database: string;
	/** The rows of one SELECT. */
	query<Row>(sql: string): Row[];
}

interface Command {
	program: string;
	args: string[];
	/** Where what it says goes. */
	logFile: string;
	signal: NodeJS.Signals;
	isReady: () => boolean;
}

const start = async ({ program, args, logFile, signal, isReady }: Command) => {
	const log = createWriteStream(logFile, { flags: 'a' });
	const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	let problem: Error | undefined;
	let running = true;
	const ended = new Promise<void>((resolve) => {
		const end = () => {
			running = false;
			log.end();
			resolve();
		};
		child.once('error', (error) => {
			problem = error;
			end();
		});
		child.once('close', end);
	});
	// Whatever happens to this process, it does not stay behind.
	const atExit = () => void child.kill(signal);
	process.once('exit', atExit);
	const stop = async () => {
		process.removeListener('exit', atExit);
		if (!running) return;
		child.kill(signal);
		const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
		await ended;
		clearTimeout(timer);
	};
	try {
		await until(`${program} is ready`, () => !running || isReady(), { timeoutMs: 60_000 });
	} catch (error) {
		await stop();
		throw error;
	}
	if (!running) throw problem ?? new Error(`${program} has ended; its words are in ${logFile}`);
	return stop;
};

const succeeds = (program: string, args: string[]): boolean => {
	try {
		execFileSync(program, args, { stdio: 'ignore', timeout: 5000 });
		return true;
	} catch {
		return false;
	}
};

const missing = (what: string): Error =>
	new Error(
		`${what} is not installed. On Debian: apt-get install --no-install-recommends postgresql redis-server`,
	);

/** Debian keeps PostgreSQL's programs apart, one folder per version. */
const postgresPrograms = (): string => {
	const home = '/usr/lib/postgresql';
	const versions = existsSync(home) ? readdirSync(home) : [];
	const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
	if (!newest) throw missing('PostgreSQL');
	return join(home, newest, 'bin');
};

/** PostgreSQL refuses to run as root; then it runs as the user that its package has made. */
const asPostgresUser = (program: string, args: string[]): [string, string[]] =>
	process.getuid?.() === 0
		? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', program, ...args]]
		: [program, args];

const giveToPostgres = (folder: string): void => {
	if (process.getuid?.() !== 0) return;
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	chownSync(folder, id('-u'), id('-g'));
};

/** `folder` and those above it have to be open to PostgreSQL's own user. */
export const startPostgres = async (folder: string, port: number): Promise<Postgres> => {
	const programs = postgresPrograms();
	const data = join(folder, 'postgres');
	const user = 'n8n';
	const database = 'n8n';
	mkdirSync(data, { recursive: true });
	giveToPostgres(data);
	const [initdb, initArgs] = asPostgresUser(join(programs, 'initdb'), [
		`--pgdata=${data}`,
		`--username=${user}`,
		'--auth=trust',
		'--encoding=UTF8',
		'--locale=C.UTF-8',
		'--no-sync',
	]);
	execFileSync(initdb, initArgs, { cwd: data, stdio: ['ignore', 'ignore', 'pipe'] });
	// The data are thrown away: nothing has to survive a power cut.
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const [postgres, args] = asPostgresUser(join(programs, 'postgres'), [
		'-D',
		data,
		...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
	]);
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', user];
	const psql = (name: string, sql: string): string =>
		execFileSync(join(programs, 'psql'), [...connection, '-d', name, '-XAtqc', sql], {
			encoding: 'utf8',
			maxBuffer: 256 * 1024 * 1024,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	const stop = await start({
		program: postgres,
		args,
		logFile: join(folder, 'postgres.log'),
		// Fast shutdown: does not wait for clients.
		signal: 'SIGINT',
		isReady: () =>
			succeeds(join(programs, 'psql'), [...connection, '-d', 'postgres', '-XAtqc', 'SELECT 1']),
	});
	psql('postgres', `CREATE DATABASE ${database}`);
	return {
		port,
		user,
		database,
		stop,
		query: <Row,>(sql: string): Row[] =>
			JSON.parse(psql(database, `SELECT coalesce(json_agg(found), '[]') FROM (${sql}) AS found`)),
	};
};

export const startRedis = async (folder: string, port: number): Promise<Daemon> => {
	if (!succeeds('redis-server', ['--version'])) throw missing('Redis');
	const data = join(folder, 'redis');
	mkdirSync(data, { recursive: true });
	const stop = await start({
		program: 'redis-server',
		args: [
			'--port',
			String(port),
			'--bind',
			'127.0.0.1',
			'--dir',
			data,
			'--save',
			'',
			'--appendonly',
			'no',
		],
		logFile: join(folder, 'redis.log'),
		signal: 'SIGTERM',
		isReady: () => succeeds('redis-cli', ['-h', '127.0.0.1', '-p', String(port), 'ping']),
	});
	return { port, stop };
};
