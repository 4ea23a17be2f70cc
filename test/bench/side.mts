import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Stand } from './n8n.mjs';

/** A process of its own that is called by name; `M` are the methods that it serves. */
export interface Side<M> {
	call<K extends keyof M>(
		method: K,
		...argument: M[K] extends () => unknown ? [] : M[K] extends (a: infer A) => unknown ? [A] : []
	): Promise<M[K] extends (...a: never[]) => infer R ? Awaited<R> : never>;
	stop(): Promise<void>;
}

interface Reply {
	id: number;
	result?: unknown;
	error?: string;
}

/** Generous, so that a busy machine does not end it, but nothing may hang for ever. */
const LONGEST_CALL = 300_000;

/** Starts `sides/<file>` and resolves when it can be called. */
export const startSide = async <M,>(
	stand: Stand,
	file: string,
	{ env = {}, args = [] }: { env?: Record<string, string>; args?: string[] } = {},
): Promise<Side<M>> => {
	const child = fork(join(import.meta.dirname, 'sides', file), args, {
		execPath: stand.node,
		execArgv: [
			'--expose-gc',
			...(file.endsWith('.mts') ? ['--import', 'tsx'] : []),
			...stand.nodeOptions,
		],
		env: { ...stand.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		serialization: 'advanced',
	});
	const waiting = new Map<number, (reply: Reply) => void>();
	let last = 0;
	const ended = new Promise<void>((resolve) => {
		child.once('exit', (code, signal) => {
			for (const [id, resolveCall] of waiting)
				resolveCall({ id, error: `${file} ended (${signal ?? code})` });
			resolve();
		});
	});
	const reply = async (id: number): Promise<unknown> =>
		await new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				waiting.delete(id);
				reject(new Error(`${file} gave no answer in ${LONGEST_CALL / 1000} s`));
			}, LONGEST_CALL);
			waiting.set(id, ({ error, result }) => {
				clearTimeout(timer);
				waiting.delete(id);
				if (error) reject(new Error(error));
				else resolve(result);
			});
		});
	child.on('message', (message: Reply) => waiting.get(message.id)?.(message));
	await reply(0);
	return {
		async call(method, ...[argument]) {
			const id = ++last;
			child.send({ id, method, argument });
			return (await reply(id)) as never;
		},
		async stop() {
			if (child.connected) child.disconnect();
			const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
			await ended;
			clearTimeout(timer);
		},
	};
};

/** Does the work with a side that is gone afterwards. */
export const withSide = async <M, R>(
	starting: Promise<Side<M>>,
	work: (side: Side<M>) => Promise<R>,
): Promise<R> => {
	const side = await starting;
	try {
		return await work(side);
	} finally {
		await side.stop();
	}
};
