import type { IDataObject } from 'n8n-workflow';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { actingOn } from '../kaifangqian.mjs';
import { bodyOf, fromList, operatorOf, pdfItem, personSigner, rawText, stage } from './support.mjs';

const { sandbox, act, sent, contract, upload } = await stage();

const draft = ({ options, ...more }: IDataObject = {}): IDataObject => ({
	...operatorOf(sandbox),
	signReId: fromList(sandbox.lines.free),
	options: { send: '0', ...(options as IDataObject) },
	signersInput: 'json',
	signersJson: JSON.stringify([personSigner()]),
	...more,
});
const files = async (count: number) =>
	await Promise.all(Array.from({ length: count }, async () => await pdfItem()));

describe('the throttle', () => {
	it('is never met with the default pace', async () => {
		// The first call of a process is slow: it may be counted later than the node reckons with.
		await upload();
		sandbox.forgetRequests();
		sandbox.switches.throttle = true;
		const { items, error } = await actingOn(sandbox)(
			'document',
			'upload',
			{},
			{ input: await files(12) },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(12);
		// Each file once: nothing was refused and repeated.
		expect(sent('/document/file')).toHaveLength(12);
	});

	it('is waited out', async () => {
		sandbox.switches.throttle = true;
		const { items, error } = await act(
			'document',
			'upload',
			{ options: { itemsInParallel: 8, retries: 10 } },
			{ input: await files(8) },
		);
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.docId)).size).toBe(8);
		expect(sent('/document/file').length).toBeGreaterThan(8);
		// Without an operator account it would come as a 401 that speaks of the token (3.1).
		expect(sent('/document/file').map(({ statusCode }) => statusCode)).not.toContain(401);
	});

	it('makes one contract although the call is repeated', async () => {
		sandbox.failNext('/contract/draft', 'throttled1');
		const { items, error } = await act('contract', 'create', draft());
		expect(error).toBeUndefined();
		expect(sandbox.control.contracts().map(({ contractId }) => contractId)).toEqual([
			items[0].json.contractId,
		]);
		const [first, second] = sent('/contract/draft');
		expect(bodyOf(second)).toEqual(bodyOf(first));
		const codes = [first, second].map((request) => JSON.parse(rawText(request)).uniqueCode);
		expect(codes[0]).not.toBe(codes[1]);
	});

	it('on every attempt: refuses with code 999999', async () => {
		sandbox.failNext('/contract/draft', 'throttled1', 9);
		const { error } = await act('contract', 'create', draft({ options: { retries: 1 } }));
		expect(error?.message).toContain('请勿频繁操作');
		expect(error?.httpCode).toBe('999999');
		expect(error?.description).toContain("Lower 'Calls per Second'");
		expect(sent('/contract/draft')).toHaveLength(2);
		expect(sandbox.control.contracts()).toEqual([]);
	});

	it.each(['code 999999', '请勿频繁操作'])('is known by either of its signs: %s', async (sign) => {
		const headers = { 'content-type': 'text/html' };
		sandbox.failNext('/contract/draft', { status: 500, body: `<html>${sign}</html>`, headers });
		const { error } = await act('contract', 'create', draft());
		expect(error).toBeUndefined();
		expect(sent('/contract/draft')).toHaveLength(2);
	});

	it('is not waited out when retries are off', async () => {
		sandbox.failNext('/contract/draft', 'throttled1');
		const { error } = await act('contract', 'create', draft({ options: { retries: 0 } }));
		expect(error?.httpCode).toBe('999999');
		expect(sent('/contract/draft')).toHaveLength(1);
	});
});

describe.each([
	['a draft', '0'],
	['a contract that is started', '1'],
])('%s is never made twice', (_what, send) => {
	const create = async (options: IDataObject = {}) =>
		await act(
			'contract',
			'create',
			draft({
				options: { send, ...options },
				...(send === '1' ? { signDocumentList: await upload() } : {}),
			}),
		);

	it('when the connection is lost after the platform has made it', async () => {
		sandbox.failNext('/contract/draft', 'dropAfter', 9);
		const { items, error } = await create();
		expect(items).toEqual([]);
		expect(sent('/contract/draft')).toHaveLength(1);
		expect(sandbox.control.contracts()).toHaveLength(1);
		expect(error?.message).toMatch(/^The connection to 127\.0\.0\.1:\d+ was lost .* unknown$/);
		expect(error?.message).toContain('whether the call was carried out is unknown');
		expect(error?.description).toContain('The call was not repeated');
		expect(error?.description).toContain("Check on Kaifangqian's own pages");
	});

	it('when the connection is lost before', async () => {
		sandbox.failNext('/contract/draft', 'dropBefore', 9);
		const { error } = await create();
		expect(sent('/contract/draft')).toHaveLength(1);
		expect(sandbox.control.contracts()).toEqual([]);
		expect(error?.message).toContain('unknown');
	});

	it('when the answer is late', async () => {
		sandbox.failNext('/contract/draft', { delayMs: 1500 }, 9);
		const { error } = await create({ timeout: 1 });
		expect(sent('/contract/draft')).toHaveLength(1);
		expect(error?.message).toMatch(
			/did not answer in time: whether the call was carried out is unknown/,
		);
		// It is carried out all the same, a moment later.
		await expect.poll(() => sandbox.control.contracts(), { timeout: 5000 }).toHaveLength(1);
	});

	it.each([
		['form2', 'form2'],
		['a web page with HTTP 500', 'html500'],
		['HTTP 502', { status: 502, body: 'Bad Gateway', headers: { 'content-type': 'text/plain' } }],
		['HTTP 503', { status: 503, body: '', headers: { 'retry-after': '1' } }],
		['HTTP 401', { status: 401, body: '{}' }],
		['half an answer', 'truncatedJson'],
	] as const)('when the answer is %s', async (_what, fault) => {
		sandbox.failNext('/contract/draft', fault, 9);
		const { error } = await create();
		expect(error?.name).toBe('NodeApiError');
		expect(sent('/contract/draft')).toHaveLength(1);
	});
});

describe('a call that only reads is repeated', () => {
	const badGateway = { status: 502, body: '', headers: { 'content-type': 'text/plain' } };

	it.each([
		['a lost connection', 'dropBefore'],
		['a lost answer', 'dropAfter'],
		['HTTP 502', badGateway],
		['a refusal of the throttle', 'throttled1'],
	] as const)('after %s', async (_what, fault) => {
		const contractId = await contract();
		sandbox.forgetRequests();
		sandbox.failNext('/contract/tasks', fault);
		const { items, error } = await act('contract', 'getStatus', { contractId });
		expect(error).toBeUndefined();
		expect(items[0].json.status).toBe('SIGNING');
		expect(sent('/contract/tasks')).toHaveLength(2);
	});

	it('but not without end', async () => {
		sandbox.failNext('/contract/tasks', 'dropBefore', 9);
		const { error } = await act('contract', 'getStatus', {
			contractId: '1',
			options: { retries: 1 },
		});
		expect(sent('/contract/tasks')).toHaveLength(2);
		expect(error?.message).toContain('was lost before the answer was complete');
		expect(error?.description).toContain('nothing was changed');
	});
});

describe('a refused connection', () => {
	it('is tried again, also for a call that changes something', async () => {
		// A port that nobody listens on, until the first attempt has been refused.
		const port = await freePort();
		const opening = (async () => {
			await new Promise((resolve) => setTimeout(resolve, 700));
			return await listening(port, '{"code":10000,"message":"成功","result":{"contractId":"1"}}');
		})();
		const { items, error } = await act('contract', 'create', draft(), {
			credential: { baseUrl: `http://127.0.0.1:${port}` },
		});
		const server = await opening;
		server.close();
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({ contractId: '1' });
		expect(server.calls).toBe(1);
	});

	it('that stays refused says so', async () => {
		const port = await freePort();
		const { error } = await act('contract', 'create', draft({ options: { retries: 1 } }), {
			credential: { baseUrl: `http://127.0.0.1:${port}` },
		});
		expect(error?.message).toBe(`127.0.0.1:${port} could not be reached`);
		expect(error?.description).toContain('Nothing was sent (ECONNREFUSED)');
		expect(error?.description).toContain("'Base URL'");
	});
});

const freePort = async (): Promise<number> => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	return port;
};

const listening = async (port: number, body: string) => {
	const sockets = new Set<Socket>();
	const state = { calls: 0, close: () => {} };
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.once('data', () => {
			state.calls += 1;
			socket.end(
				`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	state.close = () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	};
	return state;
};
