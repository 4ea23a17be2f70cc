import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import {
	createTurnQueue,
	LOST_CALL_HOLDS,
	NotAnsweringError,
	turnQueueFor,
	type TurnEnd,
	type TurnQueue,
	type TurnRequest,
} from '../../../../nodes/CnEsign/runtime/http/turnQueue.js';
import { cancelled } from '../../../../nodes/CnEsign/runtime/http/waiting.js';
import { thrownBy } from '../../support.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answering = async () => true;
const silent = async () => false;

const later = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Takes a turn, holds it for a while, and notes when it had it. */
const call = async (
	queue: TurnQueue,
	log: string[],
	name: string,
	{
		takes = 100,
		end = 'answered',
		...request
	}: Partial<TurnRequest> & { takes?: number; end?: TurnEnd } = {},
) => {
	const turn = await queue.take({ isAnswering: answering, ...request });
	log.push(`${name} begins`);
	await later(takes);
	log.push(`${name} ends`);
	turn.end(end);
};

describe('turns', () => {
	it('never overlap, and are given first come first served', async () => {
		const queue = createTurnQueue();
		const log: string[] = [];
		void Promise.all(['a', 'b', 'c'].map(async (name) => await call(queue, log, name)));
		await vi.runAllTimersAsync();
		expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	it('never overlap whatever happens to the calls', async () => {
		const plan = fc.record({
			asks: fc.nat(500),
			takes: fc.nat(300),
			end: fc.constantFrom<TurnEnd>('answered', 'cancelled', 'notSent'),
			givesUpAfter: fc.option(fc.nat(200), { nil: undefined }),
			pace: fc.option(fc.nat(300), { nil: undefined }),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(plan, { maxLength: 15 }), async (plans) => {
				const queue = createTurnQueue(200);
				let inside = 0;
				let most = 0;
				const all = plans.map(async ({ asks, takes, end, givesUpAfter, pace }) => {
					await later(asks);
					const asked = Date.now();
					const controller = new AbortController();
					if (givesUpAfter !== undefined) setTimeout(() => controller.abort(), givesUpAfter);
					const turn = await queue
						.take({
							isAnswering: answering,
							signal: controller.signal,
							tryStart: () => Math.max(0, asked + (pace ?? 0) - Date.now()),
						})
						.catch(() => undefined);
					if (!turn) return;
					most = Math.max(most, ++inside);
					await later(takes);
					inside -= 1;
					turn.end(end);
				});
				await vi.runAllTimersAsync();
				await Promise.all(all);
				expect(most).toBeLessThanOrEqual(1);
				// Nobody is forgotten: the queue serves the next one.
				const last = queue.take({ isAnswering: answering });
				await vi.runAllTimersAsync();
				(await last).end('answered');
			}),
			{ numRuns: 100 },
		);
	});

	it('let others go first while a call waits for its rate limit', async () => {
		const queue = createTurnQueue();
		const log: string[] = [];
		const opens = Date.now() + 1000;
		void call(queue, log, 'paced', { tryStart: () => Math.max(0, opens - Date.now()) });
		void call(queue, log, 'other');
		await vi.runAllTimersAsync();
		expect(log).toEqual(['other begins', 'other ends', 'paced begins', 'paced ends']);
		expect(Date.now() - opens).toBeGreaterThanOrEqual(100);
	});

	it('end once, however often that is said', async () => {
		const queue = createTurnQueue();
		const first = await queue.take({ isAnswering: answering });
		first.end('answered');
		const second = await queue.take({ isAnswering: answering });
		first.end('answered');
		let third = false;
		void queue.take({ isAnswering: answering }).then(() => (third = true));
		await vi.runAllTimersAsync();
		expect(third).toBe(false);
		second.end('answered');
		await vi.runAllTimersAsync();
		expect(third).toBe(true);
	});
});

describe('cancelling', () => {
	it('leaves the queue without a turn, and lets the others go on', async () => {
		const queue = createTurnQueue();
		const log: string[] = [];
		const controller = new AbortController();
		void call(queue, log, 'first');
		const gaveUp = thrownBy(
			async () => await call(queue, log, 'gives up', { signal: controller.signal }),
		);
		void call(queue, log, 'last');
		await vi.advanceTimersByTimeAsync(50);
		controller.abort();
		expect((await gaveUp).message).toBe(cancelled().message);
		await vi.runAllTimersAsync();
		expect(log).toEqual(['first begins', 'first ends', 'last begins', 'last ends']);
	});

	it('before asking gives no turn', async () => {
		const queue = createTurnQueue();
		const thrown = await thrownBy(
			async () => await queue.take({ isAnswering: answering, signal: AbortSignal.abort() }),
		);
		expect(thrown.message).toBe(cancelled().message);
	});
});

describe('a call that is lost', () => {
	it.each<TurnEnd>(['lost', 'cancelled'])(
		'keeps its turn until 30 s after it was sent (%s)',
		async (end) => {
			const queue = createTurnQueue();
			const log: string[] = [];
			const began = Date.now();
			void call(queue, log, 'lost', { takes: 5000, end });
			let next = 0;
			void queue.take({ isAnswering: answering }).then(() => (next = Date.now() - began));
			await vi.runAllTimersAsync();
			expect(next).toBe(LOST_CALL_HOLDS);
			expect(LOST_CALL_HOLDS).toBe(30_000);
		},
	);

	it('that has taken longer than that holds up nobody', async () => {
		const queue = createTurnQueue();
		const began = Date.now();
		void call(queue, [], 'lost', { takes: 40_000, end: 'lost' });
		let next = 0;
		void queue.take({ isAnswering: answering }).then(() => (next = Date.now() - began));
		await vi.runAllTimersAsync();
		expect(next).toBe(40_000);
	});

	it.each<TurnEnd>(['answered', 'unreachable', 'notSent'])(
		'is none that holds the turn when nothing is under way (%s)',
		async (end) => {
			const queue = createTurnQueue();
			const began = Date.now();
			void call(queue, [], 'first', { takes: 10, end });
			let next = 0;
			void queue.take({ isAnswering: answering }).then(() => (next = Date.now() - began));
			await vi.runAllTimersAsync();
			expect(next).toBe(10);
		},
	);
});

describe('a server that does not answer', () => {
	const twoLost = async (ends: TurnEnd[] = ['lost', 'unreachable']) => {
		const queue = createTurnQueue(1000);
		for (const end of ends) {
			const turn = queue.take({ isAnswering: answering });
			await vi.runAllTimersAsync();
			(await turn).end(end);
		}
		return queue;
	};

	it('ends the waiting of all after two calls in a row', async () => {
		const queue = createTurnQueue(1000);
		const first = await queue.take({ isAnswering: answering });
		const second = queue.take({ isAnswering: answering });
		const waiting = [1, 2, 3].map(
			async () => await thrownBy(async () => await queue.take({ isAnswering: answering })),
		);
		first.end('lost');
		await vi.advanceTimersByTimeAsync(1000);
		(await second).end('lost');
		for (const thrown of await Promise.all(waiting))
			expect(thrown).toBeInstanceOf(NotAnsweringError);
	});

	it('gives no turn to those who come until it answers a call that reads', async () => {
		const queue = await twoLost();
		expect(await thrownBy(async () => await queue.take({ isAnswering: silent }))).toBeInstanceOf(
			NotAnsweringError,
		);
		const turn = queue.take({ isAnswering: answering });
		await vi.runAllTimersAsync();
		(await turn).end('answered');
	});

	it('is asked once by all who come at the same time', async () => {
		const queue = await twoLost();
		let asked = 0;
		const isAnswering = async () => {
			asked += 1;
			await later(100);
			return true;
		};
		const turns = [1, 2, 3].map(async () => (await queue.take({ isAnswering })).end('answered'));
		await vi.runAllTimersAsync();
		await Promise.all(turns);
		expect(asked).toBe(1);
	});

	it.each<TurnEnd[][]>([
		[['lost', 'answered', 'lost']],
		[['lost', 'cancelled']],
		[['lost', 'notSent']],
		[['unreachable']],
	])('is not concluded from %j', async (ends) => {
		const queue = await twoLost(ends);
		let asked = false;
		const turn = queue.take({
			isAnswering: async () => {
				asked = true;
				return true;
			},
		});
		await vi.runAllTimersAsync();
		(await turn).end('answered');
		expect(asked).toBe(false);
	});

	it('does not hold up who cancels while it is asked', async () => {
		const queue = await twoLost();
		const controller = new AbortController();
		const thrown = thrownBy(
			async () =>
				await queue.take({
					signal: controller.signal,
					isAnswering: async () => {
						await later(10_000);
						return true;
					},
				}),
		);
		controller.abort();
		expect((await thrown).message).toBe(cancelled().message);
	});
});

it('there is one queue for an origin', () => {
	const one = turnQueueFor('https://a.example:8899');
	expect(turnQueueFor('https://a.example:8899')).toBe(one);
	expect(turnQueueFor('https://a.example')).not.toBe(one);
});
