import { NodeApiError, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exchange, type Call, type Caller } from '../../../nodes/CnEsign/runtime/exchange.js';
import { cancelled } from '../../../nodes/CnEsign/runtime/waiting.js';
import { node, thrownBy } from '../support.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const post: Call = {
	method: 'POST',
	url: 'https://sign.example/contract/draft',
	body: { subject: 'x' },
	readsOnly: false,
};
const get: Call = { method: 'GET', url: 'https://sign.example/contract/tasks', readsOnly: true };

type Step = string | { status: number; text: string; headers?: Record<string, string> };

const ok = { status: 200, text: '{"code":10000}' };
const busy = { status: 200, text: '{"code":999999}' };

/** Answers the calls one after another; a text is the code of a lost connection. */
const run = async (steps: Step[], call: Call, settings: Partial<Caller['settings']> = {}) => {
	const calls: Array<Record<string, unknown>> = [];
	const times: number[] = [];
	const httpRequestWithAuthentication = async (_: string, options: Record<string, unknown>) => {
		calls.push(options);
		times.push(Date.now());
		const step = steps[calls.length - 1] ?? ok;
		if (typeof step !== 'string')
			return { statusCode: step.status, headers: step.headers ?? {}, body: step.text };
		const cause = Object.assign(new Error(`lost ${step}`), { code: step });
		throw new NodeApiError(node, cause as unknown as JsonObject);
	};
	const caller: Caller = {
		exec: {
			getNode: () => node,
			helpers: { httpRequestWithAuthentication },
		} as unknown as IExecuteFunctions,
		itemIndex: 2,
		credential: {},
		settings: {
			itemsInParallel: 1,
			callsPerSecond: 0,
			retries: 3,
			timeout: 120_000,
			signal: undefined,
			...settings,
		},
		isThrottled: ({ text }) => text.includes('999999'),
		platformName: 'Kaifangqian',
	};
	const outcome = exchange(caller, call).then(
		(answer) => ({ answer, thrown: undefined }),
		(thrown: NodeApiError) => ({ answer: undefined, thrown }),
	);
	await vi.runAllTimersAsync();
	return { ...(await outcome), calls, times };
};

describe('a call that may change something', () => {
	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE'])(
		'is never repeated once it may have been carried out (%s)',
		async (code) => {
			const { calls, thrown } = await run([code], post);
			expect(calls).toHaveLength(1);
			expect(thrown).toBeInstanceOf(NodeApiError);
			expect(thrown?.message).toContain('whether the call was carried out is unknown');
			expect(thrown?.context.itemIndex).toBe(2);
		},
	);

	it.each([429, 500, 502, 503, 504])('is not repeated for HTTP %i', async (status) => {
		const { calls, answer } = await run([{ status, text: '' }], post);
		expect(calls).toHaveLength(1);
		expect(answer?.status).toBe(status);
	});

	it('is repeated when the platform did not accept it', async () => {
		const { calls, answer, times } = await run([busy, busy], post);
		expect(calls).toHaveLength(3);
		expect(answer?.text).toBe(ok.text);
		// The throttle counts one second.
		expect(times[1] - times[0]).toBeGreaterThan(1000);
		expect(times[2] - times[1]).toBeGreaterThan(1000);
	});

	it('is repeated when the connection was refused before anything was sent', async () => {
		const { calls, answer } = await run(['ECONNREFUSED'], post);
		expect(calls).toHaveLength(2);
		expect(answer?.text).toBe(ok.text);
	});

	it('is not repeated where waiting does not help', async () => {
		const { calls, thrown } = await run(['ENOTFOUND'], post);
		expect(calls).toHaveLength(1);
		expect(thrown?.message).toBe('sign.example could not be reached');
	});

	it('gives up after the retries that are allowed', async () => {
		const refused = await run(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'], post, {
			retries: 2,
		});
		expect(refused.calls).toHaveLength(3);
		expect(refused.thrown?.description).toContain('Nothing was sent');
		const throttled = await run([busy], post, { retries: 0 });
		expect(throttled.calls).toHaveLength(1);
		expect(throttled.answer?.text).toBe(busy.text);
	});
});

describe('a call that only reads', () => {
	it.each<Step>(['ECONNRESET', 'ETIMEDOUT', { status: 503, text: '' }, { status: 429, text: '' }])(
		'is repeated after %j',
		async (step) => {
			const { calls, answer } = await run([step], get);
			expect(calls).toHaveLength(2);
			expect(answer?.text).toBe(ok.text);
		},
	);

	it.each([400, 401, 404, 500])(
		'is not repeated for HTTP %i, which will stay so',
		async (status) => {
			expect((await run([{ status, text: '' }], get)).calls).toHaveLength(1);
		},
	);

	it('waits as long as the answer asks, within a minute', async () => {
		const wait = async (seconds: string) => {
			const { times } = await run(
				[{ status: 503, text: '', headers: { 'Retry-After': seconds } }],
				get,
			);
			return times[1] - times[0];
		};
		expect(await wait('20')).toBe(20_000);
		expect(await wait('999999')).toBe(60_000);
		expect(await wait('soon')).toBeLessThan(2000);
	});
});

describe('what is handed to n8n', () => {
	it('keeps digits, refusals and redirects in our hands', async () => {
		const { calls } = await run([], { ...post, query: { a: 1 }, timeout: 5 });
		expect(calls[0]).toMatchObject({
			method: 'POST',
			url: post.url,
			body: post.body,
			qs: { a: 1 },
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 5,
		});
		expect((await run([], get)).calls[0]).toMatchObject({ timeout: 120_000 });
	});
});

describe('cancelling', () => {
	it('ends the wait for the next attempt at once', async () => {
		const controller = new AbortController();
		const pending = run(['ECONNREFUSED'], post, { signal: controller.signal });
		controller.abort();
		const { calls, thrown } = await pending;
		expect(calls).toHaveLength(1);
		expect(thrown?.message).toBe(cancelled().message);
	});

	it('of a call under way says so instead of speaking of the connection', async () => {
		const { thrown } = await run(['ERR_CANCELED'], post, { signal: AbortSignal.abort() });
		expect(thrown?.message).toBe(cancelled().message);
	});

	it('never throws anything but an error of the node', async () => {
		const caller = {
			exec: { getNode: () => node, helpers: {} },
			itemIndex: 0,
			settings: { retries: 0 },
		};
		const thrown = await thrownBy(async () => await exchange(caller as unknown as Caller, get));
		expect(thrown).toBeInstanceOf(NodeApiError);
	});
});
