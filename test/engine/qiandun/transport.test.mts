import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { actingOn, startQiandun } from '../qiandun.mjs';
import { distinct, stage } from './support.mjs';

const { sandbox, act, sent } = await stage({ switches: { strictSignedHeaders: true } });
const { files, company, secondPerson } = sandbox.seeds;

const SEAL = '/open/seal/detail';
const START = sandbox.paths.start;

const getSeal = async (options = {}) => await act('seal', 'get', { sealId: '100000014', options });

const start = async (options = {}, more = {}) =>
	await act(
		'contract',
		'start',
		{
			path: START,
			initiatorAccountId: company.accountId,
			docs: { entry: [{ fileCode: files.onePage }] },
			signers: { entry: [{ accountId: secondPerson.accountId }] },
			options,
		},
		more,
	);

const outcomes = () => sandbox.requests.map(({ outcome }) => outcome);

/** The stand-in refuses a nonce that it has seen, so a second attempt with the first one's would show. */
const expectFresh = () => {
	expect(distinct(sandbox.requests.map(({ nonce }) => nonce))).toBe(sandbox.requests.length);
	const times = sandbox.requests.map(({ timestamp }) => Number(timestamp));
	expect(distinct(times)).toBe(times.length);
	for (const [at, { at: arrived }] of sandbox.requests.entries()) {
		expect(Math.abs(arrived - times[at])).toBeLessThan(1000);
	}
};

describe('a call that only reads', () => {
	it.each([
		['code 500', 'code500', 'fault:code500'],
		[
			'code 500 as a number',
			{ status: 200, body: '{"code":500,"msg":"服务繁忙"}' },
			'fault:status200',
		],
		['HTTP 429', { status: 429, body: '' }, 'fault:status429'],
		['HTTP 502', { status: 502, body: '<html>' }, 'fault:status502'],
		['a connection lost before', 'dropBefore', 'fault:dropBefore'],
		['a connection lost after', 'dropAfter', 'fault:dropAfter'],
	] as const)('is repeated after %s, signed anew', async (_what, fault, outcome) => {
		sandbox.failNext(SEAL, fault as never);
		const { items, error } = await getSeal();
		expect(error).toBeUndefined();
		expect(items[0].json.sealName).toBe('合同章');
		expect(outcomes()).toEqual([outcome, 'ok']);
		expectFresh();
	});

	it('is repeated as often as the user allows', async () => {
		sandbox.failNext(SEAL, 'code500', 9);
		const { error } = await getSeal({ retries: 1 });
		expect(error?.httpCode).toBe('500');
		expect(error?.message).toBe('服务繁忙,请重试.');
		expect(error?.description).toContain('busy');
		expect(outcomes()).toEqual(['fault:code500', 'fault:code500']);
		expectFresh();
		await getSeal({ retries: 0 });
		expect(sandbox.requests).toHaveLength(3);
	});

	it.each([400, 401, 403, 404])('is not repeated after HTTP %i', async (status) => {
		sandbox.failNext(SEAL, { status, body: '' });
		await getSeal();
		expect(sent(SEAL)).toHaveLength(1);
	});

	it('is not repeated after a business refusal', async () => {
		await act('seal', 'get', { sealId: '5' });
		expect(outcomes()).toEqual(['refused:oc_20001']);
	});
});

describe('a call that does something', () => {
	it.each([
		['code 500', 'code500'],
		['HTTP 401', { status: 401, body: '' }],
		['HTTP 500', { status: 500, body: '' }],
		['HTTP 503', { status: 503, body: '' }],
	] as const)('is not repeated after %s', async (_what, fault) => {
		sandbox.failNext(START, fault as never, 2);
		const { error } = await start();
		expect(error).toBeDefined();
		expect(sent(START)).toHaveLength(1);
		expect(sandbox.control.contracts()).toHaveLength(1);
	});

	it('is repeated after HTTP 429, which says that it was not accepted, signed anew', async () => {
		sandbox.failNext(START, { status: 429, body: '' });
		const { items } = await start();
		expect(items[0].json.contractId).toBe('1900000000000000001');
		expect(outcomes()).toEqual(['fault:status429', 'ok']);
		expectFresh();
		expect(sandbox.control.contracts()).toHaveLength(2);
	});

	it.each(['dropBefore', 'dropAfter'] as const)(
		'is made once when the connection is lost (%s), and it says that nobody knows',
		async (fault) => {
			sandbox.failNext(START, fault, 2);
			const { error } = await start();
			expect(error?.message).toMatch(/was lost .*whether the call was carried out is unknown$/);
			expect(error?.description).toContain('The call was not repeated');
			expect(error?.description).toContain("Check on Qiandun's own pages");
			expect(sent(START)).toHaveLength(1);
			expect(sandbox.control.contracts()).toHaveLength(fault === 'dropAfter' ? 2 : 1);
		},
	);

	it('is made once when the answer does not come in time, and it says that nobody knows', async () => {
		sandbox.failNext(START, { delayMs: 2500 });
		const { error } = await start({ timeout: 1 });
		expect(error?.message).toMatch(/did not answer in time: whether .* is unknown$/);
		expect(sent(START)).toHaveLength(1);
	});

	it('is made once when the answer breaks off', async () => {
		sandbox.failNext(START, 'truncatedJson');
		const { error } = await start();
		expect(error?.message).toContain('no JSON');
		expect(sent(START)).toHaveLength(1);
	});

	it('counts a check that costs money as doing something', async () => {
		const parameters = {
			psnName: '张三',
			psnIDCardNum: '110101199001011234',
			psnMobile: '13800138000',
		};
		sandbox.failNext('/open/psnCert/3element', 'dropAfter');
		const { error } = await act('identity', 'verifyPerson', parameters);
		expect(error?.message).toContain('unknown');
		expect(sent('/open/psnCert/3element')).toHaveLength(1);
	});
});

describe('a connection that is refused', () => {
	const freePort = async (): Promise<number> => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		await new Promise((resolve) => server.close(resolve));
		return port;
	};

	it('is tried again for any call, since nothing was sent', async () => {
		const port = await freePort();
		const running = start({}, { credential: { baseUrl: `http://127.0.0.1:${port}/api` } });
		// The first attempt finds nobody at home, the second comes after a second.
		await new Promise((resolve) => setTimeout(resolve, 400));
		const late = await startQiandun({ port, controlApi: false });
		onTestFinished(async () => await late.close());
		const { items, error } = await running;
		expect(error).toBeUndefined();
		expect(items[0].json.contractId).toBe('1900000000000000001');
		expect(late.requests.map(({ outcome }) => outcome)).toEqual(['ok']);
		// Signed when it was sent, not when the first attempt was made.
		expect(Math.abs(late.requests[0].at - Number(late.requests[0].timestamp))).toBeLessThan(500);
	});

	it('ends with a message that says that nothing was sent', async () => {
		const { error } = await start(
			{ retries: 0 },
			{ credential: { baseUrl: `http://127.0.0.1:${await freePort()}/api` } },
		);
		expect(error?.message).toMatch(/^127\.0\.0\.1:\d+ could not be reached$/);
		expect(error?.description).toContain('Nothing was sent (ECONNREFUSED)');
	});
});

describe('many items', () => {
	it('each get a nonce of their own, and keep their order', async () => {
		sandbox.switches.latencyMs = 30;
		const ids = Array.from({ length: 30 }, (_, at) => 100000014 + (at % 4));
		const { items } = await actingOn(sandbox)(
			'seal',
			'get',
			{ sealId: '={{ $json.sealId }}', options: { itemsInParallel: 10 } },
			{ input: ids.map((sealId) => ({ json: { sealId } })) },
		);
		expect(items.map(({ json }) => json.sealId)).toEqual(ids.map(String));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(distinct(sandbox.requests.map(({ nonce }) => nonce))).toBe(30);
		expect(outcomes()).toEqual(ids.map(() => 'ok'));
		expect(sandbox.maxInFlight).toBeGreaterThan(1);
		expect(sandbox.maxInFlight).toBeLessThanOrEqual(10);
	});
});
