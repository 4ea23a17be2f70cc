import { NodeApiError, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiRequest } from '../../../../nodes/CnEsign/runtime/http/apiTypes.js';
import type { RequestContext } from '../../../../nodes/CnEsign/runtime/http/requestContext.js';
import { openJournal } from '../../../../nodes/CnEsign/runtime/http/retryJournal.js';
import { sendRequest } from '../../../../nodes/CnEsign/runtime/http/sendRequest.js';
import { cancelled } from '../../../../nodes/CnEsign/runtime/http/waiting.js';
import { node, thrownBy } from '../../support.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const post: ApiRequest = {
	method: 'POST',
	url: 'https://sign.example/contract/draft',
	body: { subject: 'x' },
	readsOnly: false,
	name: '/contract/draft',
	isRateLimited: false,
	isOneAtATime: false,
};
const get: ApiRequest = {
	...post,
	method: 'GET',
	url: 'https://sign.example/contract/tasks',
	name: '/contract/tasks',
	body: undefined,
	readsOnly: true,
};

type Step = string | { status: number; text: string; headers?: Record<string, string> };

const ok = { status: 200, text: '{"code":10000}' };
const busy = { status: 200, text: '{"code":999999}' };

/** Answers the calls one after another; a text is the code of a lost connection. */
const run = async (
	steps: Step[],
	call: ApiRequest,
	settings: Partial<RequestContext['settings']> = {},
	more: Partial<RequestContext> = {},
) => {
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
	const caller: RequestContext = {
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
		outcomeOf: () => 'done',
		...more,
	};
	const outcome = sendRequest(caller, call).then(
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

	it.each([500, 502, 503, 504])('is not repeated for HTTP %i', async (status) => {
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

	it('is repeated when a gateway did not accept it', async () => {
		const { calls, answer } = await run([{ status: 429, text: '' }], post);
		expect(calls).toHaveLength(2);
		expect(answer?.text).toBe(ok.text);
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

describe('a call that goes alone', () => {
	// The tries of a call count for the origin, so each test has its own.
	const alone = (host: string): ApiRequest => ({
		...post,
		url: `https://${host}.example/contract/draft`,
		isOneAtATime: true,
	});
	const probe = (host: string): ApiRequest => ({
		...get,
		url: `https://${host}.example/signRes`,
	});
	const refusedTwice = ['ECONNREFUSED', 'ECONNREFUSED'];
	const urls = (calls: Array<Record<string, unknown>>) =>
		calls.map(({ url }) => String(url).replace(/^.*\//, ''));

	it('names the reason of its own tries, where these are the ones that had no answer', async () => {
		const { calls, thrown } = await run(
			[...refusedTwice, 'ECONNREFUSED'],
			alone('own'),
			{},
			{
				probe: probe('own'),
			},
		);
		expect(urls(calls)).toEqual(['draft', 'draft', 'signRes']);
		expect(thrown?.message).toBe('own.example could not be reached');
		expect(thrown?.description).toContain('Nothing was sent (ECONNREFUSED)');
	});

	it('says of the last calls where none of them was its own', async () => {
		const settings = [{ retries: 1 }, { probe: probe('others') }] as const;
		await run(refusedTwice, alone('others'), ...settings);
		const { calls, thrown } = await run(['ECONNREFUSED'], alone('others'), ...settings);
		expect(urls(calls)).toEqual(['signRes']);
		expect(thrown?.message).toContain('did not answer the last calls, so this one was not sent');
		expect(thrown?.context.outcomeUnknown).toBeUndefined();
	});

	it('goes on as soon as the server answers the call that only reads', async () => {
		const { calls, answer } = await run(
			[...refusedTwice, ok, ok],
			alone('back'),
			{},
			{
				probe: probe('back'),
			},
		);
		expect(urls(calls)).toEqual(['draft', 'draft', 'signRes', 'draft']);
		expect(answer?.text).toBe(ok.text);
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
		const thrown = await thrownBy(
			async () => await sendRequest(caller as unknown as RequestContext, get),
		);
		expect(thrown).toBeInstanceOf(NodeApiError);
	});
});

describe('a write of an item', () => {
	const outcomeOf: RequestContext['outcomeOf'] = ({ status, text }) => {
		if (status >= 500) return 'unknown';
		return text.includes('10000') ? 'done' : 'refused';
	};
	const refused = { status: 200, text: '{"code":31000}' };

	/** The attempts of one execution: n8n's retries go on with what the node has kept. */
	const attempts = () => {
		const kept = {};
		const exec = {
			getContext: () => kept,
			getNode: () => node,
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		} as unknown as IExecuteFunctions;
		return async (steps: Step[], call = post) =>
			await run(steps, call, { retries: 0 }, { outcomeOf, journal: openJournal(exec).forItem(0) });
	};

	it('is not sent again by a retry of n8n: it gets the earlier answer', async () => {
		const attempt = attempts();
		await attempt([ok]);
		const { calls, answer } = await attempt([]);
		expect(calls).toEqual([]);
		expect(answer).toMatchObject({ status: 200, text: ok.text });
		expect(answer?.earlier).toEqual({ isSame: true, about: {}, isAnswerGone: false });
		const changed = await attempt([], { ...post, body: { subject: 'y' } });
		expect([changed.calls.length, changed.answer?.earlier?.isSame]).toEqual([0, false]);
	});

	it.each<[string, Step]>([
		['was clearly refused', refused],
		['was not sent', 'ENOTFOUND'],
		['was refused before anything was sent', 'ECONNREFUSED'],
	])('that %s is sent again', async (_, step) => {
		const attempt = attempts();
		await attempt([step]);
		const { calls, answer } = await attempt([ok]);
		expect([calls.length, answer?.text]).toEqual([1, ok.text]);
	});

	it.each<[string, Step]>([
		['got no answer', 'ECONNRESET'],
		['got one that leaves it open', { status: 502, text: '' }],
	])('that %s is not: it may have been carried out', async (_, step) => {
		const attempt = attempts();
		await attempt([step]);
		const { calls, thrown } = await attempt([ok]);
		expect(calls).toEqual([]);
		expect(thrown?.message).toBe(
			'An earlier attempt was sent off, and whether it was carried out is unknown',
		);
		expect(thrown?.context.outcomeUnknown).toBe(true);
	});

	it('that may be repeated is sent again for another content, and where its answer was lost', async () => {
		const upload = { ...post, isRepeatable: true };
		const attempt = attempts();
		await attempt(['ECONNRESET'], upload);
		expect((await attempt([ok], upload)).calls).toHaveLength(1);
		expect((await attempt([], upload)).calls).toHaveLength(0);
		const other = { ...upload, body: { subject: 'y' } };
		expect((await attempt([ok], other)).calls).toHaveLength(1);
	});

	it('whose answer was too long to be kept is not sent again either', async () => {
		const attempt = attempts();
		await attempt([{ status: 200, text: `{"code":10000,"x":"${'x'.repeat(30_000)}"}` }]);
		const { calls, thrown } = await attempt([ok]);
		expect(calls).toEqual([]);
		expect(thrown?.message).toBe('An earlier attempt was carried out, but its answer was not kept');
	});
});
