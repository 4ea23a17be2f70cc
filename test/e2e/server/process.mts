import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import axios from 'axios';
import type { InstalledN8n } from '../install.mjs';
import { until } from './until.mjs';

/** One process of n8n: `start`, `worker` or `webhook`. */
export interface N8nProcess {
	pid: number;
	/** Everything it has written. */
	log(): string;
	/** Ends it as a service manager does: SIGTERM, and SIGKILL when that takes too long. */
	stop(): Promise<void>;
	/** SIGKILL, at once. */
	kill(): Promise<void>;
	isRunning(): boolean;
	/** Resolves when it has ended, whoever ended it. */
	ended: Promise<void>;
}

export interface ProcessOptions {
	n8n: InstalledN8n;
	/** Arguments of n8n, for instance `['worker', '--concurrency=5']`. */
	args: string[];
	/** The whole environment (`n8n.env({...})`). */
	env: Record<string, string>;
	logFile: string;
	/** Address that answers 200 when the process can do its work. */
	readyUrl?: string;
	readyTimeoutMs?: number;
	stopTimeoutMs?: number;
}

const lastLines = (text: string, count: number) =>
	text.trimEnd().split('\n').slice(-count).join('\n');

const isReady = async (url: string): Promise<boolean> => {
	const { status } = await axios.get(url, {
		proxy: false,
		timeout: 2000,
		validateStatus: () => true,
	});
	return status === 200;
};

/** Starts a process of n8n and waits until it is ready. What it writes goes to `logFile`. */
export const startProcess = async ({
	n8n,
	args,
	env,
	logFile,
	readyUrl,
	readyTimeoutMs = 120_000,
	stopTimeoutMs = 20_000,
}: ProcessOptions): Promise<N8nProcess> => {
	const log = createWriteStream(logFile, { flags: 'a' });
	// A group of its own, so that its task runners can be ended with it.
	const ownGroup = process.platform !== 'win32';
	const child = spawn(n8n.node, [n8n.bin, ...args], {
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: ownGroup,
	});
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	let running = true;
	const ended = new Promise<void>((resolve) => {
		child.once('close', () => {
			running = false;
			log.end(() => resolve());
		});
	});
	const signal = (name: NodeJS.Signals) => {
		try {
			if (ownGroup && name === 'SIGKILL') process.kill(-child.pid!, name);
			else child.kill(name);
		} catch {
			// It has ended already.
		}
	};
	// Whatever happens to this process, n8n does not stay behind.
	const killAtExit = () => signal('SIGKILL');
	process.once('exit', killAtExit);
	void ended.then(() => process.removeListener('exit', killAtExit));

	const kill = async () => {
		signal('SIGKILL');
		await ended;
	};
	const stop = async () => {
		if (!running) return;
		signal('SIGTERM');
		const timer = setTimeout(() => signal('SIGKILL'), stopTimeoutMs);
		await ended;
		clearTimeout(timer);
	};
	const readLog = () => readFileSync(logFile, 'utf8');

	await new Promise<void>((resolve, reject) => {
		child.once('spawn', resolve);
		child.once('error', reject);
	});
	if (readyUrl) {
		try {
			await until(
				`n8n ${args[0]} is ready`,
				async () => {
					if (!running) return true;
					return await isReady(readyUrl);
				},
				{ timeoutMs: readyTimeoutMs, everyMs: 150 },
			);
			if (!running) throw new Error(`n8n ${args[0]} has ended while starting`);
		} catch (error) {
			await kill();
			throw new Error(`${(error as Error).message}. Its last words:\n${lastLines(readLog(), 30)}`);
		}
	}
	return { pid: child.pid!, log: readLog, stop, kill, isRunning: () => running, ended };
};
