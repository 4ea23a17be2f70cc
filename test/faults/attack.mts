/** What the attacks on the trigger share: the attacker's process, and watching n8n's own. */
import { fork } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll } from 'vitest';

export interface Shot {
	url: string;
	body?: string | Buffer;
	method?: string;
	headers?: Record<string, string>;
}

export interface Hit {
	/** 0: no answer. */
	status: number;
	text: string;
	ms: number;
}

export type Attack = (shots: Shot[], parallel?: number) => Promise<Hit[]>;

/** A process that sends; it lives as long as the file's tests. */
export const attacker = (): Attack => {
	let child: ReturnType<typeof fork>;
	let last = 0;
	beforeAll(() => void (child = fork(new URL('attacker.mjs', import.meta.url), { execArgv: [] })));
	afterAll(() => void child.kill());
	return async (shots, parallel = 1000) =>
		await new Promise((resolve, reject) => {
			const id = ++last;
			const requests = shots.map(({ body, ...rest }) => ({
				...rest,
				body: body === undefined ? undefined : Buffer.from(body).toString('base64'),
			}));
			const heard = (message: unknown) => {
				const answer = message as { id: number; answers: Hit[] };
				if (answer.id !== id) return;
				child.off('message', heard);
				resolve(answer.answers);
			};
			child.on('message', heard);
			child.send({ id, requests, parallel }, (error) => error && reject(error));
		});
};

/** How often each status came. */
export const statuses = (hits: Hit[]): Record<number, number> => {
	const counts: Record<number, number> = {};
	for (const { status } of hits) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
};

/** What nobody caught, counted from now on. */
export const uncaught = (): { count: number } => {
	const seen = { count: 0 };
	const count = () => void (seen.count += 1);
	beforeAll(() => {
		process.on('unhandledRejection', count);
		process.on('uncaughtException', count);
	});
	afterAll(() => {
		process.off('unhandledRejection', count);
		process.off('uncaughtException', count);
	});
	return seen;
};

/** The delay of the event loop while `work` is done, in milliseconds. */
export const delayDuring = async <T,>(work: () => Promise<T>) => {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const result = await work();
	delay.disable();
	const ms = (nanoseconds: number) => nanoseconds / 1e6;
	return { result, p99: ms(delay.percentile(99)), max: ms(delay.max) };
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes on the heap once everything that can go is gone. */
export const heapUsed = async (): Promise<number> => {
	for (let round = 0; round < 4; round += 1) {
		collect();
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return process.memoryUsage().heapUsed;
};

/** The same order in every run, unless FC_SEED asks for another. */
export const shuffled = <T,>(list: T[]): T[] =>
	fc.sample(fc.shuffledSubarray(list, { minLength: list.length }), 1)[0];
