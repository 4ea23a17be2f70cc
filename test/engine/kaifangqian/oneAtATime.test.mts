/** Calls that move a contract along never overlap at one installation (docs/api/kaifangqian.md, 3.4). */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { afterEach, describe, expect, it } from 'vitest';
import { sendBatch } from '../../conformance/kaifangqian/batch.mjs';
import { startKaifangqian } from '../../sandbox/kaifangqian/index.mjs';
import { withoutTurns } from '../turns.mjs';
import { fromList, lisi, operatorOf, pdf, personSigner, stage, wangwu } from './support.mjs';
import { itemWith, sending } from './sendFiles.support.mjs';

const setting = await stage();
const { act, sandbox, sent, upload, contract } = setting;
const send = sending(setting);

let putBack = () => {};
afterEach(() => {
	putBack();
	putBack = () => {};
});

const items = async (count: number): Promise<INodeExecutionData[]> =>
	await Promise.all(
		Array.from({ length: count }, async (_, index) =>
			itemWith({ data: [pdf, `合同 ${index + 1}.pdf`] }),
		),
	);

/** Whether two of these requests were at work at the same moment, as the stand-in saw it. */
const overlapped = (): boolean => sandbox.control.overlaps() > 0;

const target = () => ({
	isStandIn: true,
	name: '',
	mayWrite: true,
	credential: {},
	operator: sandbox.operator,
	signer: lisi,
	signReId: sandbox.lines.free,
	sealId: sandbox.sealId,
	companyName: sandbox.companyName,
	hasSealAuthorization: false,
	close: async () => {},
});

const operate = async (
	operation: string,
	parameters: IDataObject = {},
	input?: INodeExecutionData[],
) => {
	const [resource, value] = operation.split('.');
	const { items: output, error } = await act(resource, value, parameters, {
		...(input ? { input } : {}),
		continueOnFail: true,
	});
	if (error) throw error;
	return output;
};

describe('twenty contracts out of one run', () => {
	it('come out right, all of them', async () => {
		sandbox.switches.throttle = true;
		const { contractIds, wrong } = await sendBatch(operate, target(), 20);
		expect(wrong).toEqual([]);
		expect(new Set(contractIds).size).toBe(20);
		expect(overlapped()).toBe(false);
		// Nothing was put right on the way either: that would leave a draft, or a contract that was recalled.
		expect(sandbox.control.contracts()).toHaveLength(20);
		expect(sent('/contract/recall')).toEqual([]);
	});

	it('do not without the lock: the platform spoils what overlaps', async () => {
		putBack = withoutTurns();
		sandbox.switches.overlap = 'completeUnsigned';
		const { wrong } = await sendBatch(operate, target(), 20);
		expect(overlapped()).toBe(true);
		expect(wrong.length).toBeGreaterThan(0);
	});

	it('leave drafts behind without the lock, even where all come right in the end', async () => {
		putBack = withoutTurns();
		await sendBatch(operate, target(), 20);
		expect(overlapped()).toBe(true);
		expect(sandbox.control.contracts().length).toBeGreaterThan(20);
	});
});

describe('calls of every kind that move a contract', () => {
	it('wait for each other across operations and runs', async () => {
		const running = await contract({ options: { autoFinish: false } });
		const docId = await upload();
		sandbox.switches.startMs = 150;
		const start = async (subject: string) =>
			await act('contract', 'create', {
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				subject,
				signDocumentList: docId,
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner()]),
			});
		const asRequest = async (sends: unknown) =>
			await act('api', 'request', {
				method: 'POST',
				path: '/contract/draft',
				body: JSON.stringify({
					operator: sandbox.operator,
					signReId: sandbox.lines.free,
					send: sends,
					signDocumentList: [{ docId }],
					signerList: [personSigner()],
				}),
			});
		const results = await Promise.all([
			start('eins'),
			start('zwei'),
			asRequest('1'),
			asRequest(1),
			act('contract', 'addSigners', {
				contractId: running,
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner({ signerOrder: '2', receiver: wangwu })]),
			}),
		]);
		expect(results.map(({ error }) => error)).toEqual(Array(5).fill(undefined));
		expect(overlapped()).toBe(false);
		const ids = new Set(sandbox.control.contracts().map(({ contractId }) => contractId));
		expect(ids.size).toBe(5);
	});

	it('are sent in the order in which they come', async () => {
		const { error } = await send(await items(8), { options: { itemsInParallel: 8 } });
		expect(error).toBeUndefined();
		const subjects = sent('/contract/draft').map(
			({ rawBody }) => (JSON.parse(String(rawBody)) as IDataObject).subject,
		);
		const uploads = sent('/document/file').map(({ at }) => at);
		expect([...uploads]).toEqual([...uploads].sort((a, b) => a - b));
		expect(new Set(subjects).size).toBe(8);
	});

	it('do not hold up uploads, drafts that are not sent, reads and recalls', async () => {
		const first = await contract();
		sandbox.switches.startMs = 2500;
		const docId = await upload();
		let isOver = false;
		const slow = contract().then(() => {
			isOver = true;
		});
		// Once the start is at work.
		while (sent('/contract/draft').length < 2) await new Promise((go) => setTimeout(go, 5));
		const free = await Promise.all([
			upload(),
			act('contract', 'create', {
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				signDocumentList: docId,
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner()]),
				options: { send: '0' },
			}),
			act('contract', 'getStatus', { contractId: first }),
			act('contract', 'recall', { contractId: first }),
		]);
		expect(isOver).toBe(false);
		for (const result of free) if (typeof result === 'object') expect(result.error).toBeUndefined();
		await slow;
	});

	it('of another installation do not wait', async () => {
		const other = await startKaifangqian({ switches: { startMs: 1000 } });
		try {
			sandbox.switches.startMs = 1000;
			other.switches.throttle = false;
			const input = await items(1);
			const results = await Promise.all([
				send(input),
				send(
					input,
					{ signReId: fromList(other.lines.free) },
					{ credential: { baseUrl: other.baseUrl, appAuthToken: other.token } },
				),
			]);
			expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
			const [ours] = sent('/contract/draft');
			const [theirs] = other.requests.filter(({ path }) => path === '/contract/draft');
			expect(Math.abs(ours.at - theirs.at)).toBeLessThan(1000);
		} finally {
			await other.close();
		}
	});
});

describe('an installation that does not answer', () => {
	const port = async (): Promise<number> => {
		const gone = await startKaifangqian();
		const { port: free } = new URL(gone.origin);
		await gone.close();
		return Number(free);
	};

	const start = async (baseUrl: string, token: string, line: string, count: number) =>
		await act(
			'contract',
			'create',
			{
				...operatorOf(sandbox),
				signReId: fromList(line),
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner()]),
				options: { retries: 0, itemsInParallel: count },
			},
			{
				credential: { baseUrl, appAuthToken: token },
				input: Array.from({ length: count }, () => ({ json: {} })),
				continueOnFail: true,
			},
		);

	it('is tried twice; who waits or comes then is not sent, until it answers a call that reads', async () => {
		const free = await port();
		const baseUrl = sandbox.baseUrl.replace(/:\d+/, `:${free}`);
		const { items: output } = await start(baseUrl, 'TOKEN001', 'line-0001', 6);
		const errors = output.map(({ json }) => String((json.error as IDataObject).message));
		expect(errors.filter((text) => text.includes('could not be reached'))).toHaveLength(2);
		const waiting = errors.filter((text) => text.includes('did not answer the last calls'));
		expect(waiting).toHaveLength(4);
		for (const { json } of output) {
			expect((json.error as IDataObject).hint).toContain('Nothing was sent');
			expect((json.error as IDataObject).outcomeUnknown).toBeUndefined();
		}
		// Still not there.
		const [later] = (await start(baseUrl, 'TOKEN001', 'line-0001', 1)).items;
		expect((later.json.error as IDataObject).message).toContain('did not answer the last calls');

		const back = await startKaifangqian({ port: free });
		try {
			await start(back.baseUrl, back.token, back.lines.free, 3);
			expect(back.requests.filter(({ path }) => path === '/contract/draft')).toHaveLength(3);
			// One question for all three.
			expect(back.requests.filter(({ path }) => path === '/signRes')).toHaveLength(1);
		} finally {
			await back.close();
		}
	});
});

describe('a run that is canceled', () => {
	it('leaves the queue without sending, and says so', async () => {
		sandbox.switches.startMs = 1000;
		const first = contract();
		while (sent('/contract/draft').length < 1) await new Promise((go) => setTimeout(go, 5));
		let cancel = () => {};
		const waiting = send(await items(1), {}, { onStart: (stop) => (cancel = stop) });
		while (sent('/document/file').length < 2) await new Promise((go) => setTimeout(go, 5));
		await new Promise((go) => setTimeout(go, 100));
		cancel();
		const { error } = await waiting;
		await first;
		expect(error?.message).toContain('canceled');
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(error?.description).toContain('No contract was started');
		expect(sent('/contract/draft')).toHaveLength(1);
	});
});
