/** What networks, gateways and clocks do to a call of either platform. */
import {
	AGAIN,
	afterwards,
	always,
	answering,
	fine,
	HTML_TYPE,
	JSON_TYPE,
	lost,
	lostHalfway,
	PAGE,
	RETRIES,
	SOON,
	TIMEOUT,
	unreadable,
	waitFor,
	type Expected,
	type Fault,
	type Surroundings,
	type Target,
} from './fault.mjs';
import { form2Says } from './kaifangqianFaults.mjs';
import { endToEnd, type Exchange, type RequestFault } from './proxy.mjs';

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
		silent: true,
		expected: lost,
	},
	{
		name: 'reset in the middle of the request',
		where: 'connection',
		connection: (socket) => void socket.once('data', () => socket.resetAndDestroy()),
		silent: true,
		expected: lost,
	},
	{
		name: 'reset after the request, nothing done',
		where: 'request',
		request: () => (exchange) => exchange.reset(),
		silent: true,
		expected: lost,
	},
	{
		name: 'reset after the work, before the answer',
		where: 'request',
		request: afterwards((exchange) => exchange.reset()),
		silent: true,
		expected: lost,
	},
	{
		name: 'closed after the work, before the answer',
		where: 'request',
		request: afterwards((exchange) => exchange.end()),
		silent: true,
		expected: lost,
	},
	{
		name: 'reset in the middle of the answer',
		where: 'request',
		request: afterwards(async (exchange, done) => {
			await exchange.half(done);
			exchange.reset();
		}),
		silent: true,
		expected: lostHalfway,
	},
	{
		name: 'closed in the middle of the answer',
		where: 'request',
		request: afterwards(async (exchange, done) => {
			await exchange.half(done);
			exchange.end();
		}),
		silent: true,
		expected: lostHalfway,
	},
];

const silence: Fault[] = [
	{
		name: 'no connection in time',
		where: 'whole',
		timeout: 1,
		expected: always('not sent', 0),
	},
	{
		name: 'no answer, nothing done',
		where: 'request',
		timeout: TIMEOUT,
		request: () => () => {},
		silent: true,
		expected: lost,
	},
	{
		name: 'no answer after the work',
		where: 'request',
		timeout: TIMEOUT,
		request: afterwards(() => {}),
		silent: true,
		expected: lost,
	},
	{
		name: 'the answer stalls half-way',
		where: 'request',
		timeout: TIMEOUT,
		request: afterwards(async (exchange, done) => await exchange.half(done)),
		silent: true,
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
	const expected = (target: Target): Expected => {
		const { platform } = target;
		// Not accepted, says the status; Qiandun's own gateway says so, too.
		if (status === 429)
			return { said: platform === 'qiandun' ? 'refused' : 'foreign', calls: AGAIN };
		return unreadable(status === 500 ? 1 : AGAIN)(target);
	};
	const page: RequestFault = async (exchange) => {
		if (status !== 429) await exchange.forward();
		exchange.answer(status, { ...HTML_TYPE, ...SOON }, PAGE);
	};
	// Of a gateway, which has had no answer either.
	const silent = status > 500;
	return [
		{
			name: `HTTP ${status} without a body`,
			where: 'request',
			request: answering(status, SOON, ''),
			silent,
			expected,
		},
		{
			name: `HTTP ${status} with a page${status === 429 ? '' : ', after the work'}`,
			where: 'request',
			request: () => page,
			silent,
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
		expected: (target) =>
			target.platform === 'kaifangqian'
				? form2Says(target, '')
				: always(target.kind === 'changes' ? 'unknown' : 'refused', 1)(),
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
		expected: ({ kind }) => (kind === 'downloads' ? { said: 'foreign', calls: 1 } : fine()()),
	},
	{
		name: 'gzip that is none',
		where: 'request',
		request: afterwards((exchange, { headers, body }) =>
			exchange.answer(200, { ...endToEnd(headers), 'content-encoding': 'gzip' }, body),
		),
		silent: true,
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
		expected: ({ platform }) => ({
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
export const networkFaults: Array<[heading: string, faults: Fault[]]> = [
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
