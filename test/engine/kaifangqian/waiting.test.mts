import dns from 'node:dns';
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { startServer } from '../localServer.mjs';
import { fromList, queryOf, redirectTo, stage } from './support.mjs';

const { sandbox, act, sent, contract } = await stage();

/** A contract that is started; what was asked about it meanwhile does not count. */
const running = async (more: IDataObject = {}): Promise<string> => {
	const contractId = await contract(more);
	sandbox.forgetRequests();
	return contractId;
};

const wait = async (parameters: IDataObject) => await act('contract', 'waitForStatus', parameters);
/** Does something once the platform has been asked for the first time. */
const afterFirstQuestion = async (action: () => void): Promise<void> => {
	for (let count = 0; count < 500 && sent('/contract/tasks').length === 0; count += 1)
		await new Promise((resolve) => setTimeout(resolve, 10));
	action();
};

describe('contract.waitForStatus', () => {
	it('ends at once when the status is already reached', async () => {
		const contractId = await running();
		sandbox.control.signAll(contractId);
		const { items, error } = await wait({
			contractId,
			options: { operatorAccount: 'your-account-001' },
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					reached: true,
					timedOut: false,
					contractId,
					status: 'COMPLETE',
					statusName: 'Completed (已完成)',
					isFinal: true,
					isCompleted: true,
					tasks: [],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(sent('/contract/tasks').map(queryOf)).toEqual([
			{ contractId, operatorAccount: 'your-account-001' },
		]);
	});

	it.each(['server', 'public'] as const)(
		'ends when it is reached (%s spelling)',
		async (spelling) => {
			sandbox.switches.statusSpelling = spelling;
			const contractId = await running();
			const [{ items }] = await Promise.all([
				wait({ contractId }),
				afterFirstQuestion(() => sandbox.control.signAll(contractId)),
			]);
			expect(items[0].json).toMatchObject({ reached: true, timedOut: false, status: 'COMPLETE' });
			expect(sent('/contract/tasks').length).toBeGreaterThan(1);
		},
	);

	it('ends when the contract ends in another way', async () => {
		const contractId = await running();
		const [{ items }] = await Promise.all([
			wait({ contractId, maxWait: 3600 }),
			afterFirstQuestion(() => sandbox.control.refuseSign(contractId)),
		]);
		expect(items[0].json).toEqual({
			reached: false,
			timedOut: false,
			contractId,
			status: 'REFUSAL_SIGN',
			statusName: 'Signing Declined (已拒签)',
			isFinal: true,
			isCompleted: false,
			tasks: [],
		});
	});

	it('may wait for a status that is not final', async () => {
		const contractId = await running({ signReId: fromList(sandbox.lines.writing) });
		const [{ items }] = await Promise.all([
			wait({ contractId, targetStatuses: ['SIGNING', 'COMPLETE'] }),
			afterFirstQuestion(() => sandbox.control.write(contractId)),
		]);
		expect(items[0].json).toMatchObject({ reached: true, timedOut: false, status: 'SIGNING' });
	});

	it('gives up in time and says what is still open', async () => {
		const contractId = await running();
		const { items, error } = await wait({ contractId, maxWait: 1 });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ reached: false, timedOut: true, status: 'SIGNING' });
		expect(items[0].json.tasks).toHaveLength(1);
		expect(sent('/contract/tasks')).toHaveLength(2);
	});

	it('asks once when it shall not wait', async () => {
		const contractId = await running();
		const { items } = await wait({ contractId, maxWait: 0 });
		expect(items[0].json).toMatchObject({ reached: false, timedOut: true });
		expect(sent('/contract/tasks')).toHaveLength(1);
	});

	it('is ended at once by cancelling the execution', async () => {
		const contractId = await running();
		let cancel = () => {};
		const started = Date.now();
		const [{ run }] = await Promise.all([
			act(
				'contract',
				'waitForStatus',
				{ contractId, maxWait: 3600 },
				{ onStart: (stop) => (cancel = stop) },
			),
			// In the pause between two questions.
			afterFirstQuestion(() => setTimeout(() => cancel(), 200)),
		]);
		expect(run.status).toBe('canceled');
		expect(Date.now() - started).toBeLessThan(10_000);
		const asked = sent('/contract/tasks').length;
		await new Promise((resolve) => setTimeout(resolve, 2000));
		expect(sent('/contract/tasks')).toHaveLength(asked);
	});

	it('starts no further item once the execution is cancelled', async () => {
		const contractId = await running();
		let cancel = () => {};
		sandbox.switches.latencyMs = 50;
		const [{ run }] = await Promise.all([
			act(
				'contract',
				'getStatus',
				{ contractId, options: { itemsInParallel: 1 } },
				{
					input: Array.from({ length: 50 }, () => ({ json: {} })),
					onStart: (stop) => (cancel = stop),
					continueOnFail: true,
				},
			),
			afterFirstQuestion(() => cancel()),
		]);
		expect(run.status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(sent('/contract/tasks').length).toBeLessThan(5);
	});

	it.each([
		[{ targetStatuses: [] }, "'Wait For' is empty"],
		[{ targetStatuses: ['DONE'] }, "'Wait For' holds an unknown status"],
		[{ maxWait: '={{ 3601 }}' }, "'Longest Wait (Seconds)' is out of range"],
		[{ maxWait: '={{ -1 }}' }, "'Longest Wait (Seconds)' is out of range"],
		[{ maxWait: '={{ "soon" }}' }, "'Longest Wait (Seconds)' is not a number"],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const { error } = await wait({ contractId: '1', ...parameters });
		expect(error?.message).toBe(message);
		expect(sent()).toEqual([]);
	});

	it('ends with the refusal of an unknown contract', async () => {
		const { error } = await wait({ contractId: '404' });
		expect(error?.message).toBe('业务处理失败,contractId：404数据不存在');
	});

	const page = (status: number): Fault => ({ status, body: '<html>', headers: {} });

	it.each<[string, Fault, string]>([
		['a page that is not there', page(404), 'There is nothing at this address (HTTP 404)'],
		['a page that is something else', page(200), "did not come from Kaifangqian's API"],
		['a firewall', page(403), 'does not let the call through'],
		['a redirect', redirectTo('http://127.0.0.1:9'), 'redirects to another one'],
	])('ends at once on what cannot heal: %s', async (_what, fault, words) => {
		sandbox.failNext('/contract/tasks', fault, 9);
		const { error } = await wait({ contractId: '1', maxWait: 3600 });
		expect(error?.message).toContain(words);
		expect(sent('/contract/tasks')).toHaveLength(1);
	});

	it.each([
		['a host that there is not', 'http://nobody.test/openAPI/V2', 'could not be reached'],
		['a server without TLS', 'https', 'does not answer in TLS'],
	])('ends at once on what cannot heal: %s', async (_what, address, words) => {
		const plain = await startServer((_request, response) => response.end());
		const baseUrl = address === 'https' ? plain.replace('http:', 'https:') : address;
		const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
		// No name is looked up outside this machine.
		vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, ...rest: unknown[]) => {
			(rest.at(-1) as (error: Error) => void)(notFound);
		}) as typeof dns.lookup);
		const started = Date.now();
		const { error } = await act(
			'contract',
			'waitForStatus',
			{ contractId: '1', maxWait: 3600 },
			{ credential: { baseUrl } },
		);
		expect(error?.message).toContain(words);
		expect(Date.now() - started).toBeLessThan(5000);
	});
});
