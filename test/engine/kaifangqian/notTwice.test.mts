/** A call that may have been carried out is not sent again, and a run that stops says what it left behind. */
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actingOn, startKaifangqian, type Act, type KaifangqianSandbox } from '../kaifangqian.mjs';
import { forgetTurns } from '../turns.mjs';
import { lisi, pdfItem, personSigner } from './support.mjs';

let sandbox: KaifangqianSandbox;
let act: Act;
beforeAll(async () => {
	sandbox = await startKaifangqian();
	act = actingOn(sandbox);
});
beforeEach(() => {
	sandbox.reset();
	forgetTurns();
});
afterAll(async () => await sandbox.close());

const draft = () => ({
	operatorName: '={{ $json.name ?? "张三" }}',
	operatorContact: sandbox.operator.contact,
	signReId: { __rl: true, mode: 'list', value: sandbox.lines.free },
	signersInput: 'json',
	signersJson: JSON.stringify([personSigner()]),
	options: { send: '0' },
});
/** The same, started; every one of them with a document of its own. */
const start = async () => {
	const { items, error } = await act('document', 'upload', {}, { input: [await pdfItem()] });
	if (error) throw error;
	return { ...draft(), options: { send: '1' }, signDocumentList: items[0].json.docId };
};
const drafts = () => sandbox.requests.filter(({ path }) => path === '/contract/draft').length;

describe('a contract whose id holds the digits of the throttle', () => {
	it.each([
		'{"code":10000,"message":"成功","result":{"contractId":"18999999123"},"timestamp":1775999999000}',
		'{"code":"10000","message":"成功","result":{"contractId":"18999999123"}}',
		'{"code": 10000, "result": {"contractId": "18 999999 3"}}',
		'{"result":{"contractId":"999999"},"code":10000}',
	])('is started once: %s', async (body) => {
		const parameters = await start();
		sandbox.failNext('/contract/draft', { status: 200, body });
		// What is asked about it afterwards holds them as well.
		const task = { taskId: '999999', taskType: 'SIGN', partyType: 'PERSONAL', party: lisi };
		const result = { status: 'SIGNING', todoTaskList: [task] };
		sandbox.failNext('/contract/tasks', {
			status: 200,
			body: JSON.stringify({ code: 10000, message: '成功', result }),
		});
		const { items, error } = await act('contract', 'create', parameters);
		expect(error).toBeUndefined();
		expect(items[0].json.contractId).toMatch(/999999/);
		expect(items[0].json.note).toBeUndefined();
		expect(drafts()).toBe(1);
		expect(sandbox.requests.filter(({ path }) => path === '/contract/tasks')).toHaveLength(1);
	});

	it('is not sent again when the generic refusal only carries the digits in its time', async () => {
		const body =
			'{"success":false,"message":"操作失败，请联系管理员","code":500,"timestamp":1775999999000}';
		sandbox.failNext('/contract/draft', { status: 200, body });
		const { error } = await act('contract', 'create', await start());
		expect(error?.message).toContain('操作失败');
		expect(drafts()).toBe(1);
	});
});

it.each(['{"code":10000,"result":{"contractId":"999999"', '[{"contractId":"999999"'])(
	'a broken answer that holds the digits of the throttle is none: %s',
	async (body) => {
		sandbox.failNext('/contract/draft', { status: 200, body });
		const { error } = await act('contract', 'create', await start());
		expect(error?.message).toContain('whether the call was carried out is unknown');
		expect(error?.context.outcomeUnknown).toBe(true);
		expect(drafts()).toBe(1);
	},
);

it.each([
	'{"code":91000,"message":"服务器未知错误"}',
	'{"success":false,"message":"操作失败，请联系管理员","code":500}',
	'{"success":false,"message":"操作失败，请联系管理员"}',
	'{"success":false,"message":"操作失败，请联系管理员","code":70001}',
])(
	'a trouble of the platform’s own leaves the outcome open, and nobody is told to just try again: %s',
	async (body) => {
		const { items } = await act('contract', 'create', await start());
		const { contractId } = items[0].json;
		const calls = [
			['/contract/draft', 'create', await start()],
			['/contract/recall', 'recall', { contractId }],
		] as const;
		for (const [path, operation, parameters] of calls) {
			sandbox.failNext(path, { status: 200, body });
			const { error } = await act('contract', operation, parameters);
			expect(error?.context.outcomeUnknown).toBe(true);
			expect(error?.description).toContain("Check on Kaifangqian's own pages");
			expect(error?.description).not.toContain('try again');
		}
		expect(drafts()).toBe(2);
		sandbox.failNext('/contract/tasks', { status: 200, body }, 9);
		const { error } = await act('contract', 'getStatus', { contractId, options: { retries: 0 } });
		expect(error?.context.outcomeUnknown).toBeUndefined();
	},
);

it.each([
	'{"success":false,"message":"操作失败，请联系管理员","code":500}',
	'{"success":false,"message":"操作失败，请联系管理员"}',
])(
	'of a draft that is not sent, the generic refusal says that nothing was done: %s',
	async (body) => {
		sandbox.failNext('/contract/draft', { status: 200, body });
		const { error } = await act('contract', 'create', draft());
		expect(error?.message).toContain('操作失败');
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(error?.description).not.toContain("Check on Kaifangqian's own pages");
		expect(drafts()).toBe(1);
	},
);

it('a run that stops puts first what nobody knows the outcome of, and names all that was refused', async () => {
	sandbox.failNext('/contract/draft', 'dropAfter');
	const input = [{ json: { name: '' } }, { json: { name: '李四' } }];
	const { error } = await act('contract', 'create', await start(), { input });
	expect(error?.message).toMatch(/whether the call was carried out is unknown \[Item 1\]$/);
	expect(error?.description).toContain("'Sender Name' is empty for this item [Item 0]");
	expect(sandbox.control.contracts()).toHaveLength(1);
});

it('a wait outlives an outage in the middle', async () => {
	const { items } = await act('contract', 'create', draft());
	const contractId = items[0].json.contractId as string;
	sandbox.failNext('/contract/tasks', { status: 503, body: 'Bad Gateway' }, 2);
	const waited = await act('contract', 'waitForStatus', {
		contractId,
		targetStatuses: ['DRAFT'],
		maxWait: 20,
		options: { retries: 0 },
	});
	expect(waited.error).toBeUndefined();
	expect(waited.items[0].json).toMatchObject({ reached: true, status: 'DRAFT' });
});

it('a path that is throttled is paced for the generic request as well', async () => {
	const body = JSON.stringify({ contractId: 'x' });
	const input = Array.from({ length: 8 }, () => ({ json: {} }));
	const { run } = await act(
		'api',
		'request',
		{ method: 'POST', path: '/contract/draft', body },
		{ input, continueOnFail: true },
	);
	expect(run.status).toBe('success');
	// Eight calls, none of them a repetition: the platform never had to refuse one for its pace.
	expect(drafts()).toBe(8);
});

it('a date with a zone is the day that it is in China', async () => {
	const expireDate = '2099-06-28T16:00:00.000Z';
	await act('contract', 'create', { ...draft(), options: { send: '0', expireDate } });
	const sent = sandbox.requests.find(({ path }) => path === '/contract/draft')!;
	expect(JSON.parse((sent.rawBody as Buffer).toString())).toMatchObject({
		expireDate: '2099-06-29',
	});
});

it('an outcome that nobody knows is marked in the item that goes on, a refusal is not', async () => {
	const lost = { status: 200, body: '{"code":91000,"message":"服务器未知错误"}' };
	const refused = { status: 200, body: '{"code":43001,"message":"合同不存在"}' };
	for (const [answer, mark] of [
		[lost, true],
		[refused, undefined],
	] as const) {
		sandbox.failNext('/contract/draft', answer);
		const { items } = await act('contract', 'create', draft(), { continueOnFail: true });
		expect(items).toHaveLength(1);
		expect((items[0].json.error as IDataObject).outcomeUnknown).toBe(mark);
	}
});
