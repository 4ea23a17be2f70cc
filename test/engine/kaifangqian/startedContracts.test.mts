/** What the node does about a contract that the platform has mixed up (docs/api/kaifangqian.md, 3.4). */
import type { IDataObject } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Spoiling } from '../../sandbox/kaifangqian/switches.mjs';
import { shortenPauses } from '../pauses.mjs';
import { fromList, lisi, operatorOf, pdf, personSigner, stage } from './support.mjs';
import { itemWith, row, rows, sending } from './sendFiles.support.mjs';

const setting = await stage();
const { act, sandbox, sent, upload } = setting;
const sendFiles = sending(setting);

const file = async () => await itemWith({ data: [pdf, '合同.pdf'] });

const send = async (parameters: IDataObject = {}, more: Parameters<typeof sendFiles>[2] = {}) =>
	await sendFiles([await file()], parameters, more);

const create = async (parameters: IDataObject = {}, signers: IDataObject[] = [personSigner()]) =>
	await act('contract', 'create', {
		...operatorOf(sandbox),
		signReId: fromList(sandbox.lines.free),
		subject: '服务合同',
		signDocumentList: await upload(),
		signersInput: 'json',
		signersJson: JSON.stringify(signers),
		...parameters,
	});

const spoil = (...outcomes: Spoiling[]) => {
	sandbox.switches.spoilNext = outcomes;
};
const starts = () => sent('/contract/draft').length;
const statusOf = (contractId: unknown) => sandbox.control.contract(String(contractId)).status;
const contractsIn = (leftBehind: unknown) =>
	((leftBehind as IDataObject).contracts ?? []) as Array<{ id: string; status: string }>;

/** For tests of what the node does, not of when. */
const hurrying = () => {
	let asUsual = () => {};
	beforeEach(() => {
		asUsual = shortenPauses(20);
	});
	afterEach(() => asUsual());
};

const leftIn = (error: { context: IDataObject } | undefined) => error?.context.leftBehind;

describe.each([
	['Send Files', send],
	['Create', create],
])('%s', (_name, start) => {
	hurrying();

	it('starts once and looks once where all is well', async () => {
		const { items, error } = await start();
		expect(error).toBeUndefined();
		expect(starts()).toBe(1);
		expect(sent('/contract/tasks')).toHaveLength(1);
		expect(items[0].json).not.toHaveProperty('leftBehind');
		expect(items[0].json).not.toHaveProperty('note');
	});

	it.each([1, 2])(
		'repeats a start that was refused because calls had met (%i times)',
		async (times) => {
			spoil(...Array<Spoiling>(times).fill('refused'));
			const { items, error } = await start();
			expect(error).toBeUndefined();
			expect(starts()).toBe(times + 1);
			expect(statusOf(items[0].json.contractId)).toBe('SIGNING');
			expect(items[0].json.leftBehind).toEqual({ drafts: times });
		},
	);

	it('gives up after two repetitions, and says that nobody has been asked', async () => {
		spoil('refused', 'refused', 'refused', 'refused');
		const { error } = await start();
		expect(starts()).toBe(3);
		expect(error?.message).toContain('驱动流程错误');
		expect(error?.description).toContain('Nobody has been asked to sign');
		expect(error?.description).not.toContain('No contract was started');
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(leftIn(error)).toMatchObject({ drafts: 3 });
	});

	it('recalls a contract that asks nobody, and sends it again', async () => {
		spoil('signingWithoutTask');
		const { items, error } = await start();
		expect(error).toBeUndefined();
		expect(starts()).toBe(2);
		const [left] = contractsIn(items[0].json.leftBehind);
		expect(left.status).toBe('RECALLED');
		expect(statusOf(left.id)).toBe('RECALLED');
		expect(left.id).not.toBe(items[0].json.contractId);
		expect(statusOf(items[0].json.contractId)).toBe('SIGNING');
	});

	it('leaves a contract that is stuck in START, and sends it again', async () => {
		spoil('stuckInStart');
		const { items, error } = await start();
		expect(error).toBeUndefined();
		expect(starts()).toBe(2);
		expect(sent('/contract/recall')).toHaveLength(0);
		expect(contractsIn(items[0].json.leftBehind).map(({ status }) => status)).toEqual(['START']);
	});

	it('gives up after two more, and names all that was left', async () => {
		spoil('stuckInStart', 'signingWithoutTask', 'stuckInStart', 'stuckInStart');
		const { error } = await start();
		expect(starts()).toBe(3);
		expect(error?.message).toContain('three times without asking anybody to sign');
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(contractsIn(leftIn(error)).map(({ status }) => status)).toEqual([
			'START',
			'RECALLED',
			'START',
		]);
	});

	it('stops after two in a row that ask nobody: that is the line', async () => {
		spoil('signingWithoutTask', 'signingWithoutTask');
		const { error } = await start();
		expect(starts()).toBe(2);
		expect(error?.message).toContain('twice in a row');
		expect(error?.description).toContain("'Check Started Contracts'");
		expect(contractsIn(leftIn(error)).map(({ id }) => statusOf(id))).toEqual([
			'RECALLED',
			'RECALLED',
		]);
	});

	it.each<[Spoiling, RegExp]>([
		['completeUnsigned', /counts as completed/],
		['askedTwice', /more often/],
	])('reports what it cannot put right: %s', async (outcome, words) => {
		spoil(outcome);
		const { error } = await start();
		expect(starts()).toBe(1);
		expect(sent('/contract/recall')).toHaveLength(0);
		expect(error?.message).toMatch(words);
		const [{ contractId }] = sandbox.control.contracts();
		expect(error?.message).toContain(contractId);
		expect(error?.context.outcomeUnknown).toBe(true);
	});

	it('counts as done when the look fails, and is never started again for that', async () => {
		sandbox.failNext('/contract/tasks', { status: 500, body: 'x' }, 20);
		const { items, error } = await start();
		expect(error).toBeUndefined();
		expect(starts()).toBe(1);
		expect(items[0].json.note).toContain("'Get Status'");
		expect(statusOf(items[0].json.contractId)).toBe('SIGNING');
	});

	it('says what it knows when recalling is refused', async () => {
		spoil('signingWithoutTask');
		sandbox.failNext('/contract/recall', {
			status: 200,
			body: '{"code":31000,"message":"实例状态为已完成,不可撤回"}',
		});
		const { error } = await start();
		expect(starts()).toBe(1);
		expect(error?.message).toContain('recalling it did not work');
		expect(error?.description).toContain('不可撤回');
		expect(error?.context.outcomeUnknown).toBe(true);
	});

	it('says what it knows when the recall is lost', async () => {
		spoil('signingWithoutTask');
		sandbox.failNext('/contract/recall', 'dropAfter');
		const { error } = await start();
		expect(starts()).toBe(1);
		expect(error?.message).toContain('recalling it did not work');
		expect(error?.context.outcomeUnknown).toBe(true);
	});

	it('does not look where that is switched off', async () => {
		spoil('signingWithoutTask');
		const { items, error } = await start({ options: { checkStarted: false } });
		expect(error).toBeUndefined();
		expect(starts()).toBe(1);
		expect(statusOf(items[0].json.contractId)).toBe('SIGNING');
		expect(items[0].json).not.toHaveProperty('leftBehind');
	});

	it('looks at no draft', async () => {
		const { items, error } = await start({ options: { send: '0' } });
		expect(error).toBeUndefined();
		expect(statusOf(items[0].json.contractId)).toBe('DRAFT');
	});
});

describe('a contract that looks wrong at first', () => {
	it('is looked at once more, and left alone when it is right then', async () => {
		const early = JSON.stringify({
			code: 10000,
			message: '成功',
			result: { status: 'START', todoTaskList: [] },
		});
		sandbox.failNext('/contract/tasks', { status: 200, body: early });
		const began = performance.now();
		const { items, error } = await create();
		expect(error).toBeUndefined();
		expect(performance.now() - began).toBeGreaterThan(2000);
		expect(starts()).toBe(1);
		expect(items[0].json).not.toHaveProperty('leftBehind');
	});

	it('is not recalled once so much time has gone that somebody may have signed', async () => {
		const asUsual = shortenPauses(20);
		spoil('signingWithoutTask');
		sandbox.failNext('/contract/tasks', { delayMs: 200 });
		const running = create({ options: { autoFinish: false } });
		while (sent('/contract/tasks').length < 1) await new Promise((go) => setTimeout(go, 5));
		// The answer takes 11 s more, as far as the node can tell.
		const now = Date.now;
		vi.spyOn(Date, 'now').mockImplementation(() => now() + 11_000);
		const { error } = await running.finally(() => {
			asUsual();
			vi.restoreAllMocks();
		});
		expect(starts()).toBe(1);
		expect(sent('/contract/recall')).toHaveLength(0);
		expect(error?.message).toContain('nobody has an open task');
		expect(error?.context.outcomeUnknown).toBe(true);
	});
});

describe('contracts that are as they should be', () => {
	const seal = (more: IDataObject = {}) => ({
		signerType: 'SENDER',
		signerName: sandbox.companyName,
		signerOrder: '1',
		internalNodeList: [
			{
				nodeType: 'ENTERPRISE_SEAL',
				signerOrder: '1',
				autoSign: 'AUTO_SIGN',
				sealId: sandbox.sealId,
				positionParamList: [
					{
						controlType: 'SEAL',
						signPositionType: 'POSITION',
						pageConfig: '1',
						offsetX: '0.5',
						offsetY: '0.5',
					},
				],
				...more,
			},
		],
	});

	const isLeftAlone = async (
		parameters: IDataObject,
		signers: IDataObject[] | undefined,
		status: string,
	) => {
		const { items, error } = await create(parameters, signers);
		expect(error).toBeUndefined();
		expect(starts()).toBe(1);
		expect(sent('/contract/recall')).toHaveLength(0);
		expect(items[0].json).not.toHaveProperty('leftBehind');
		expect(statusOf(items[0].json.contractId)).toBe(status);
	};

	it('are completed at once where every seal is automatic', async () => {
		await isLeftAlone({}, [seal()], 'COMPLETE');
	});

	it('ask nobody where every seal is automatic and somebody ends them by hand', async () => {
		await isLeftAlone({ options: { autoFinish: false } }, [seal()], 'SIGNING');
	});

	it('wait for the approval of the line', async () => {
		const signReId = fromList(sandbox.lines.approving);
		await isLeftAlone({ signReId }, undefined, 'APPROVING');
	});

	it('ask the person after an automatic seal', async () => {
		await isLeftAlone({}, [seal(), personSigner({ signerOrder: '2' })], 'SIGNING');
	});
});

it('a person is asked as often as the rows say', async () => {
	const { items, error } = await send({
		signers: rows(row(), row()),
		options: { signOrderType: 'NO_ORDER' },
	});
	expect(error).toBeUndefined();
	const tasks = items[0].json.tasks as IDataObject[];
	expect(tasks.map(({ signerContact }) => signerContact)).toEqual([lisi.contact, lisi.contact]);
});
