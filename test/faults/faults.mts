/** Everything that may happen to a call, and what the node has to make of it. */
import type { Kind } from './inputs/input.mjs';
import { endToEnd, type ConnectionFault, type Exchange, type RequestFault } from './proxy.mjs';

export type PlatformName = 'kaifangqian' | 'qiandun';

/** The sense of what the node answers for an item; `words.mts` knows them by their text. */
export type Said =
	| 'done'
	/** Nobody knows whether it was carried out. */
	| 'unknown'
	| 'not sent'
	/** A call that only reads got no answer. */
	| 'no answer'
	| 'broke off'
	| 'redirected'
	/** Somebody answered who is not the platform, or the platform in a way that nobody can read. */
	| 'foreign'
	| 'refused';

export interface Expected {
	said: Said;
	/** How often the call is made in all; a refused connection is no call. */
	calls: number;
}

/** What the surroundings lend a fault. */
export interface Surroundings {
	platform: PlatformName;
	bystander: string;
	/** Everything secret, as an answer may repeat it. */
	secrets: string[];
}

export interface Fault {
	name: string;
	/**
	 * `port`: from the second item on nobody listens. `whole`: no connection comes about in the whole
	 * run. `connection`, `request`: the second item's calls. `all`: everybody's. `clock`: no call at all.
	 */
	where: 'port' | 'whole' | 'connection' | 'request' | 'all' | 'clock';
	connection?: ConnectionFault;
	request?(surroundings: Surroundings, item: number): RequestFault;
	/** How many calls it strikes; all of them unless told. */
	times?: number;
	retries?: number;
	/** Seconds. */
	timeout?: number;
	expected(kind: Kind, platform: PlatformName): Expected;
}

const RETRIES = 1;
const AGAIN = RETRIES + 1;
const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html' };
const PAGE = '<html><body><h1>Bad Gateway</h1></body></html>';
// Waiting as long as the node waits by itself would take hours for the whole table.
const SOON = { 'retry-after': '0.05' };

const fine =
	(calls = 1) =>
	(): Expected => ({ said: 'done', calls });
const always = (said: Said, calls: number) => (): Expected => ({ said, calls });

/** No complete answer: a change stays unknown and is not repeated, what only reads is asked again. */
const lost = (kind: Kind): Expected =>
	kind === 'changes' ? { said: 'unknown', calls: 1 } : { said: 'no answer', calls: AGAIN };

/** As `lost`, but a file's first half has been taken for the answer by then. */
const lostHalfway = (kind: Kind): Expected =>
	kind === 'downloads' ? { said: 'broke off', calls: 1 } : lost(kind);

/** An answer that nobody can read, after which a change may have been carried out or not. */
const unreadable =
	(callsOfReads: number) =>
	(kind: Kind): Expected =>
		kind === 'changes' ? { said: 'unknown', calls: 1 } : { said: 'foreign', calls: callsOfReads };

const waitFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Done by the platform, and then something happens to the answer. */
const afterwards =
	(then: (exchange: Exchange, done: Awaited<ReturnType<Exchange['forward']>>) => unknown) =>
	(): RequestFault =>
	async (exchange) => {
		await then(exchange, await exchange.forward());
	};

const answering =
	(status: number, headers: Record<string, string>, body: string) =>
	(): RequestFault =>
	(exchange) =>
		exchange.answer(status, headers, body);

const noConnection: Fault[] = [
	{ name: 'connection refused', where: 'port', expected: always('not sent', 0) },
	{ name: 'connection refused, then not', where: 'port', times: 1, expected: fine() },
	{ name: 'TLS: the server speaks none', where: 'whole', expected: always('not sent', 0) },
	{ name: 'TLS: a certificate of its own', where: 'whole', expected: always('not sent', 0) },
	{ name: 'TLS: cut during the handshake', where: 'whole', expected: always('not sent', 0) },
];

const lostConnection: Fault[] = [
	{
		name: 'reset before the first byte',
		where: 'connection',
		// Long enough for the request to have left the other side; nobody reads it.
		connection: (socket) => void setTimeout(() => socket.resetAndDestroy(), 20),
		expected: lost,
	},
	{
		name: 'reset in the middle of the request',
		where: 'connection',
		connection: (socket) => void socket.once('data', () => socket.resetAndDestroy()),
		expected: lost,
	},
	{
		name: 'reset after the request, nothing done',
		where: 'request',
		request: () => (exchange) => exchange.reset(),
		expected: lost,
	},
	{
		name: 'reset after the work, before the answer',
		where: 'request',
		request: afterwards((exchange) => exchange.reset()),
		expected: lost,
	},
	{
		name: 'closed after the work, before the answer',
		where: 'request',
		request: afterwards((exchange) => exchange.end()),
		expected: lost,
	},
	{
		name: 'reset in the middle of the answer',
		where: 'request',
		request: afterwards(async (exchange, done) => {
			await exchange.half(done);
			exchange.reset();
		}),
		expected: lostHalfway,
	},
	{
		name: 'closed in the middle of the answer',
		where: 'request',
		request: afterwards(async (exchange, done) => {
			await exchange.half(done);
			exchange.end();
		}),
		expected: lostHalfway,
	},
];

const silence: Fault[] = [
	{
		name: 'no connection in time',
		where: 'whole',
		timeout: 4,
		expected: always('not sent', 0),
	},
	{
		name: 'no answer, nothing done',
		where: 'request',
		timeout: 4,
		request: () => () => {},
		expected: lost,
	},
	{
		name: 'no answer after the work',
		where: 'request',
		timeout: 4,
		request: afterwards(() => {}),
		expected: lost,
	},
	{
		name: 'the answer stalls half-way',
		where: 'request',
		timeout: 4,
		request: afterwards(async (exchange, done) => await exchange.half(done)),
		expected: lostHalfway,
	},
];

const redirects = [301, 302, 303, 307, 308].map((status): Fault => ({
	name: `HTTP ${status} to another host`,
	where: 'request',
	request:
		({ bystander }) =>
		(exchange) =>
			exchange.answer(status, { location: `${bystander}${exchange.heard.path}` }),
	expected: always('redirected', 1),
}));

/** What a gateway says in the platform's place. With a page, the platform has done its work before. */
const statuses = [429, 500, 502, 503, 504].flatMap((status): Fault[] => {
	const expected = (kind: Kind, platform: PlatformName): Expected => {
		// Not accepted, says the status; Qiandun's gateway is taken at its word and asked again.
		if (status === 429 && platform === 'qiandun') return { said: 'refused', calls: AGAIN };
		if (status === 429) return { said: 'foreign', calls: kind === 'changes' ? 1 : AGAIN };
		return unreadable(status === 500 ? 1 : AGAIN)(kind);
	};
	const page: RequestFault = async (exchange) => {
		if (status !== 429) await exchange.forward();
		exchange.answer(status, { ...HTML_TYPE, ...SOON }, PAGE);
	};
	return [
		{
			name: `HTTP ${status} without a body`,
			where: 'request',
			request: answering(status, SOON, ''),
			expected,
		},
		{
			name: `HTTP ${status} with a page${status === 429 ? '' : ', after the work'}`,
			where: 'request',
			request: () => page,
			expected,
		},
	];
});

const truncated = '{"code":31000,"message":"业务处理失败","res';

const strangeAnswers: Fault[] = [
	{
		name: '{success:false}',
		where: 'request',
		request: answering(
			200,
			JSON_TYPE,
			'{"success":false,"message":"操作失败","msg":"操作失败","code":510}',
		),
		expected: always('refused', 1),
	},
	{
		name: 'HTML instead of an answer',
		where: 'request',
		request: answering(200, HTML_TYPE, PAGE),
		expected: unreadable(1),
	},
	{
		name: 'HTML after the work',
		where: 'request',
		request: afterwards((exchange) => exchange.answer(200, HTML_TYPE, PAGE)),
		expected: unreadable(1),
	},
	{
		name: 'nothing after the work',
		where: 'request',
		request: afterwards((exchange) => exchange.answer(200, {})),
		expected: unreadable(1),
	},
	{
		name: 'truncated JSON after the work',
		where: 'request',
		request: afterwards((exchange, { headers, body }) => {
			const isJson = String(headers['content-type']).includes('json');
			const text = isJson ? body.toString() : truncated;
			exchange.answer(200, JSON_TYPE, text.slice(0, Math.ceil(text.length / 2)));
		}),
		expected: unreadable(1),
	},
	{
		name: 'a wrong content type',
		where: 'request',
		request: afterwards((exchange, { body }) => exchange.answer(200, HTML_TYPE, body)),
		expected: (kind) => (kind === 'downloads' ? { said: 'foreign', calls: 1 } : fine()()),
	},
	{
		name: 'gzip that is none',
		where: 'request',
		request: afterwards((exchange, { headers, body }) =>
			exchange.answer(200, { ...endToEnd(headers), 'content-encoding': 'gzip' }, body),
		),
		expected: lostHalfway,
	},
];

const throttle =
	() =>
	({ platform }: Surroundings): RequestFault =>
	(exchange) =>
		platform === 'qiandun'
			? exchange.answer(429, { ...JSON_TYPE, ...SOON }, '{}')
			: exchange.answer(200, { ...JSON_TYPE, ...SOON }, '{"code":999999,"message":"请勿频繁操作"}');

const throttles: Fault[] = [
	{ times: 1, retries: RETRIES, expected: fine(2) },
	{ times: 3, retries: 3, expected: fine(4) },
	{ times: Infinity, retries: RETRIES, expected: always('refused', AGAIN) },
].map((more) => ({
	name: `throttled ${more.times === Infinity ? 'for ever' : `${more.times} ×`}`,
	where: 'request',
	request: throttle(),
	...more,
}));

const order: Fault[] = [
	{
		name: 'a late answer',
		where: 'request',
		request: afterwards(async (exchange, { status, headers, body }) => {
			await waitFor(400);
			exchange.answer(status, endToEnd(headers), body);
		}),
		expected: fine(),
	},
	{
		name: 'answers in the wrong order',
		where: 'all',
		request: (_surroundings, item) => async (exchange) => {
			const { status, headers, body } = await exchange.forward();
			await waitFor((2 - item) * 150);
			exchange.answer(status, endToEnd(headers), body);
		},
		expected: fine(),
	},
	{ name: 'a clock 10 minutes fast', where: 'clock', expected: fine() },
	{ name: 'a clock 10 minutes slow', where: 'clock', expected: fine() },
];

/** All that was sent and all that is secret, as text. */
const echo = ({ secrets }: Surroundings, { heard }: Exchange) =>
	`${secrets.join(' ')} ${heard.text} ${JSON.stringify(heard.headers)}`;

const echoes: Fault[] = [
	{
		name: 'a refusal that repeats everything',
		where: 'request',
		request: (around) => (exchange) => {
			const said = echo(around, exchange);
			const body = JSON.stringify({ code: 31000, message: said, msg: said, logKey: said });
			exchange.answer(200, JSON_TYPE, body);
		},
		expected: always('refused', 1),
	},
	{
		name: 'a page that repeats everything',
		where: 'request',
		request: (around) => (exchange) =>
			exchange.answer(500, HTML_TYPE, `<html>${echo(around, exchange)}</html>`),
		expected: unreadable(1),
	},
	{
		name: 'headers that repeat everything',
		where: 'request',
		request: (around) => (exchange) => {
			const said = encodeURI(echo(around, exchange)).slice(0, 6000);
			exchange.answer(403, { 'x-ca-error-message': said, 'x-said': said });
		},
		expected: (_kind, platform) => ({
			said: platform === 'qiandun' ? 'refused' : 'foreign',
			calls: 1,
		}),
	},
	{
		name: 'a redirect that repeats everything',
		where: 'request',
		request: (around) => (exchange) => {
			const query = encodeURIComponent(echo(around, exchange).slice(0, 2000));
			exchange.answer(302, { location: `${around.bystander}/?${query}` });
		},
		expected: always('redirected', 1),
	},
];

/** Under the headings of the table. */
export const faultGroups: Array<[heading: string, faults: Fault[]]> = [
	['No connection', noConnection],
	['A connection that is lost', lostConnection],
	['Silence', silence],
	['Redirects', redirects],
	['Another status', statuses],
	['Another answer', strangeAnswers],
	['The throttle (Kaifangqian: 999999, Qiandun: 429)', throttles],
	['Order and clocks', order],
	['Answers that repeat all they were told', echoes],
];

export const allFaults = faultGroups.flatMap(([, faults]) => faults);
