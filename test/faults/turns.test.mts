/**
 * Calls that move a contract go one at a time, and who may still be at work keeps the others waiting. The
 * time for that is 30 s; here it is shorter, and everything else is the node's own.
 */
import type { IDataObject } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runNode, type NodeRun } from '../engine/node.mjs';
import { forgetTurns, shortenHolds } from '../engine/turns.mjs';
import type { KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';
import { huntIn } from './hunt.mjs';
import { kaifangqianInputs } from './inputs/kaifangqian.mjs';
import { operationOf } from './inputs/input.mjs';
import { endToEnd, startBystander, type Exchange, type RequestFault } from './proxy.mjs';
import { kaifangqianStage } from './stages.mjs';
import { openField, resultsOf, type Field } from './strike.mjs';

const HOLD = 1500;
// A machine that does other things as well takes its time until a call is there.
const AT_LEAST = HOLD - 500;

/** Where nothing is to wait: long enough to be told from whatever else takes its time. */
const LONG = 20_000;
const AT_ONCE = LONG / 2;

const bystander = await startBystander();
let field: Field<KaifangqianSandbox>;
let asUsual = () => {};
beforeAll(async () => {
	field = await openField(kaifangqianStage, bystander.origin);
});
beforeEach(async () => {
	asUsual = shortenHolds(HOLD);
	await field.proxy.open();
	field.proxy.reset();
	field.running.reset();
});
afterEach(() => asUsual());
afterAll(async () => {
	await field.proxy.close();
	await field.running.close();
	await bystander.close();
});

interface Run {
	name?: string;
	/** How many of the three items. */
	items?: number;
	options?: IDataObject;
	onStart?(cancel: () => void): void;
}

const prepared = async (name: string) => {
	// What is prepared is not signed.
	field.running.sandbox.switches.strictSign = false;
	const input = await kaifangqianInputs[name].prepare(field.running.sandbox);
	field.running.arm();
	return input;
};

const run = async ({ name = 'contract.create', items: count = 1, options, onStart }: Run = {}) => {
	const { parameters, items } = await prepared(name);
	const [resource, operation] = operationOf(name);
	return await runNode(
		{
			...{ platform: 'kaifangqian', resource, operation, ...parameters },
			options: {
				...(parameters.options as IDataObject),
				...{ callsPerSecond: 0, retries: 0, timeout: 30 },
				...options,
			},
		},
		{
			secrets: field.running.credential(field.proxy.origin),
			input: items.slice(0, count),
			node: { onError: 'continueRegularOutput' },
			...(onStart ? { onStart } : {}),
		},
	);
};

const saidOf = (came: NodeRun) =>
	resultsOf(came, 'continue').flatMap((result) =>
		result.state === 'not started' ? [] : [result.state === 'failed' ? result.said : result.state],
	);

const callsTo = (ending: string) => field.proxy.heard.filter(({ path }) => path.endsWith(ending));
const starts = () => callsTo('/contract/draft');

/** Something happens to the first so many starts. */
const toStarts = (fault: RequestFault, times = 1): void => {
	let left = times;
	field.proxy.onRequest = ({ path }) =>
		path.endsWith('/contract/draft') && left-- > 0 ? fault : undefined;
};

const until = async (condition: () => boolean): Promise<void> => {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const done = async (exchange: Exchange) => await exchange.forward();
const answered = async (exchange: Exchange): Promise<void> => {
	const { status, headers, body } = await exchange.forward();
	exchange.answer(status, endToEnd(headers), body);
};

describe('a start that may still be at work', () => {
	const lost: Array<[string, RequestFault, IDataObject?]> = [
		['reset, nothing done', (exchange) => exchange.reset()],
		['reset after the work', async (exchange) => void (await done(exchange), exchange.reset())],
		[
			'reset in the middle of the answer',
			async (exchange) => {
				await exchange.half(await done(exchange));
				exchange.reset();
			},
		],
		['no answer in time', () => {}, { timeout: 1 }],
		...[502, 503, 504].map((status): [string, RequestFault] => [
			`HTTP ${status}`,
			(exchange) => exchange.answer(status, {}, ''),
		]),
	];

	it.each(lost)(
		'keeps its turn until so long after it was sent: %s',
		async (_what, fault, options) => {
			toStarts(fault);
			const first = await run({ options });
			expect(saidOf(first)).toEqual(['unknown']);
			// Another execution, of another operation.
			const next = await run({ name: 'contract.sendFiles' });
			expect(saidOf(next)).toEqual(['done']);
			const [lostOne, nextOne, ...more] = starts();
			expect(more).toEqual([]);
			const pause = nextOne.at - lostOne.at;
			expect(pause).toBeGreaterThan(AT_LEAST);
			expect(pause).toBeLessThan(10_000);
			expect(field.running.overlaps()).toBe(0);
		},
	);

	it('keeps it as well when its execution is canceled under way', async () => {
		toStarts(() => {});
		let cancel = () => {};
		const first = run({ onStart: (stop) => (cancel = stop) });
		await until(() => starts().length === 1);
		cancel();
		expect((await first).run.status).toBe('canceled');
		expect(saidOf(await run())).toEqual(['done']);
		const [lostOne, nextOne] = starts();
		expect(nextOne.at - lostOne.at).toBeGreaterThan(AT_LEAST);
	});

	/** Nothing waits in what follows. */
	const withLongHolds = () => {
		asUsual();
		asUsual = shortenHolds(LONG);
	};

	const over: Array<[string, RequestFault]> = [
		['granted', answered],
		['refused', (exchange) => exchange.answer(200, {}, '{"code":31000,"message":"业务处理失败"}')],
		['HTTP 500', (exchange) => exchange.answer(500, {}, '')],
		['a page', (exchange) => exchange.answer(200, { 'content-type': 'text/html' }, '<html>')],
	];
	it.each(over)('is none once an answer has come: %s', async (_what, fault) => {
		withLongHolds();
		toStarts(fault);
		await run();
		await run();
		const [first, next] = starts();
		expect(next.at - first.at).toBeLessThan(AT_ONCE);
	});

	it('is none where no connection came about', async () => {
		withLongHolds();
		const { proxy } = field;
		proxy.shut();
		expect(saidOf(await run())).toEqual(['not sent']);
		await proxy.open();
		const began = performance.now();
		expect(saidOf(await run())).toEqual(['done']);
		expect(starts()[0].at - began).toBeLessThan(AT_ONCE);
	});

	it.each([
		['document.upload'],
		['contract.create (draft)'],
		['contract.getStatus'],
		['contract.recall'],
		['contract.finish'],
		['contract.download'],
	])('does not hold up %s', async (name) => {
		withLongHolds();
		toStarts((exchange) => exchange.reset());
		await run();
		const [lostOne] = starts();
		expect(saidOf(await run({ name }))).toEqual(['done']);
		expect(performance.now() - lostOne.at).toBeLessThan(AT_ONCE);
	});

	it.each([
		['contract.addSigners', '/signer/add'],
		['contract.approve', '/approval'],
		['contract.signOnBehalf', '/personal/proxy'],
		['api.request (start)', '/contract/draft'],
	])('holds up %s', async (name, path) => {
		toStarts((exchange) => exchange.reset());
		await run();
		const [lostOne] = starts();
		expect(saidOf(await run({ name }))).toEqual(['done']);
		expect(callsTo(path).at(-1)!.at - lostOne.at).toBeGreaterThan(AT_LEAST);
	});

	it('holds up for 30 s by itself; who is canceled meanwhile has sent nothing', async () => {
		asUsual();
		forgetTurns();
		toStarts((exchange) => exchange.reset());
		await run();
		let cancel = () => {};
		const waiting = run({ onStart: (stop) => (cancel = stop) });
		await new Promise((resolve) => setTimeout(resolve, 2 * HOLD));
		expect(starts()).toHaveLength(1);
		cancel();
		const came = await waiting;
		expect(came.run.status).toBe('canceled');
		expect(starts()).toHaveLength(1);
		expect(came.error?.context.outcomeUnknown).toBeUndefined();
	});

	it('does not go on for ever where the answer drips in', async () => {
		const drips: Array<ReturnType<typeof setInterval>> = [];
		toStarts((exchange) => {
			const drip = exchange.drip();
			drips.push(setInterval(drip, 100));
		});
		const began = performance.now();
		expect(saidOf(await run({ options: { timeout: 1 } }))).toEqual(['unknown']);
		expect(performance.now() - began).toBeLessThan(HOLD + 1000 + 10_000);
		drips.forEach(clearInterval);
	});
});

describe('an installation that has not answered two calls', () => {
	// How long the lost ones hold does not matter here.
	beforeEach(() => {
		asUsual();
		asUsual = shortenHolds(100);
	});

	/** Two starts that are lost; then nothing is sent any more without a question. */
	const silenced = async () => {
		toStarts((exchange) => exchange.reset(), 2);
		expect(saidOf(await run({ items: 2, options: { itemsInParallel: 2 } }))).toEqual([
			'unknown',
			'unknown',
		]);
		field.proxy.heard = [];
	};
	const toQuestion = (fault: RequestFault) => {
		field.proxy.onRequest = ({ path }) => (path.endsWith('/signRes') ? fault : undefined);
	};
	const questions = () => callsTo('/signRes');

	it('is sent nothing by those who waited', async () => {
		toStarts((exchange) => exchange.reset(), 3);
		const came = await run({ items: 3, options: { itemsInParallel: 3 } });
		expect(saidOf(came)).toEqual(['unknown', 'unknown', 'held back']);
		expect(starts()).toHaveLength(2);
		const held = resultsOf(came, 'continue')[2];
		expect(held).toMatchObject({ outcomeUnknown: false, leftBehind: undefined });
	});

	const echo = ({ heard }: Exchange) => `${heard.text} ${JSON.stringify(heard.headers)}`;
	const silent: Array<[string, RequestFault]> = [
		['reset', (exchange) => exchange.reset()],
		['no answer in time', () => {}],
		[
			'half an answer',
			async (exchange) => {
				await exchange.half(await done(exchange));
				exchange.reset();
			},
		],
		...[502, 503, 504].map((status): [string, RequestFault] => [
			`HTTP ${status} that repeats everything`,
			(exchange) => exchange.answer(status, { 'content-type': 'text/html' }, echo(exchange)),
		]),
	];
	it.each(silent)(
		'is asked, and sent nothing where that has no answer either: %s',
		async (_what, fault) => {
			await silenced();
			toQuestion(fault);
			const came = await run({ items: 3, options: { itemsInParallel: 3, timeout: 1, retries: 3 } });
			expect(saidOf(came)).toEqual(['held back', 'held back', 'held back']);
			// One question for all of them, and not again and again.
			expect(questions()).toHaveLength(1);
			expect(starts()).toHaveLength(0);
			expect(huntIn(came, field.running.marks)).toEqual([]);
		},
	);

	it('is asked, and sent nothing where no connection comes about', async () => {
		await silenced();
		field.proxy.shut();
		const came = await run({ items: 2, options: { itemsInParallel: 2 } });
		expect(saidOf(came)).toEqual(['held back', 'held back']);
		expect(huntIn(came, field.running.marks)).toEqual([]);
	});

	const says = (
		status: number,
		body: string,
		headers: Record<string, string> = {},
	): RequestFault => {
		return (exchange) => exchange.answer(status, headers, body);
	};
	const awake: Array<[string, RequestFault]> = [
		['its own answer', answered],
		['a refusal of the token', says(200, '{"code":41000,"message":"token无效"}')],
		['the throttle', says(200, '{"code":999999,"message":"请勿频繁操作"}')],
		['form 2', says(200, '{"success":false,"message":"操作失败","code":500}')],
		['form 3', says(401, '{"success":true,"message":"应用Token失效，请重新授权!","code":401}')],
		['HTTP 500 with a page', says(500, '<html>', { 'content-type': 'text/html' })],
		['HTTP 404', says(404, '')],
		['HTTP 429', says(429, '')],
		['a redirect', says(302, '', { location: `${bystander.origin}/` })],
	];
	it.each(awake)(
		'is sent calls again once it answers anything at all: %s',
		async (_what, fault) => {
			await silenced();
			toQuestion(fault);
			const came = await run({ items: 3, options: { itemsInParallel: 3 } });
			expect(saidOf(came)).toEqual(['done', 'done', 'done']);
			expect(questions()).toHaveLength(1);
			expect(starts()).toHaveLength(3);
			expect(field.running.overlaps()).toBe(0);
			expect(huntIn(came, field.running.marks)).toEqual([]);
			expect(bystander.heard).toEqual([]);
		},
	);

	it('is asked with nothing that tells of anybody', async () => {
		await silenced();
		await run();
		const [{ method, text }] = questions();
		expect(method).toBe('GET');
		for (const mark of field.running.marks.personal) expect(text).not.toContain(mark);
	});

	it('tells an item whose own tries these were what became of them', async () => {
		field.proxy.shut();
		const came = await run({ options: { retries: 2 } });
		expect(saidOf(came)).toEqual(['not sent']);
		const [{ json }] = came.items;
		expect(json.error).toMatchObject({
			message: expect.stringContaining('could not be reached'),
			hint: expect.stringContaining('ECONNREFUSED'),
		});
	});

	it('goes on with an item whose own tries these were once it is there again', async () => {
		field.proxy.shut();
		const running = run({ options: { retries: 5 } });
		// After the second try.
		await new Promise((resolve) => setTimeout(resolve, 2500));
		await field.proxy.open();
		expect(saidOf(await running)).toEqual(['done']);
		expect(starts()).toHaveLength(1);
	});

	it('does not hold up what only reads, uploads, or belongs to another installation', async () => {
		await silenced();
		toQuestion(() => {});
		expect(saidOf(await run({ name: 'document.upload' }))).toEqual(['done']);
		expect(saidOf(await run({ name: 'contract.getStatus' }))).toEqual(['done']);
		expect(questions()).toHaveLength(0);
		const other = await openField(kaifangqianStage, bystander.origin);
		const here = field;
		field = other;
		expect(saidOf(await run())).toEqual(['done']);
		field = here;
		await other.proxy.close();
		await other.running.close();
	});
});
