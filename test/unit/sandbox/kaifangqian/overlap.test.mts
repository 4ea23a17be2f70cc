import { describe, expect, it } from 'vitest';
import type { Spoiling } from '../../../sandbox/kaifangqian/index.mjs';
import { lisi, person, wangwu } from '../../../sandbox/kaifangqian/testing.mjs';
import { useStage } from './support.mjs';

const stage = useStage({ switches: { startMs: 60 } });
const REFUSED = { code: 31000, message: '驱动流程错误：操作类型不支持', result: null };
const statuses = () => stage.sandbox.control.contracts().map(({ status }) => status);
const atOnce = async (times: number, more: Record<string, unknown> = {}) =>
	await Promise.all(Array.from({ length: times }, async () => await stage.answer(more)));
const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('two starts at the same moment', () => {
	it('the second is refused and leaves a draft', async () => {
		const answers = await atOnce(2);
		expect(answers.map(({ code }) => code).sort()).toEqual([10000, 31000]);
		expect(answers.find(({ code }) => code !== 10000)).toMatchObject(REFUSED);
		expect(statuses().sort()).toEqual(['DRAFT', 'SIGNING']);
		expect(stage.events()).toEqual(['SEND_SIGNING SIGNING']);
	});

	it('the same one after the other is right', async () => {
		for (let time = 0; time < 3; time += 1) await stage.contract();
		expect(statuses()).toEqual(['SIGNING', 'SIGNING', 'SIGNING']);
	});

	it.each<[Spoiling | 'harmless', string, number, string[]]>([
		['stuckInStart', 'START', 0, ['SEND_SIGNING START', 'COMPLETE START']],
		['signingWithoutTask', 'SIGNING', 0, ['SEND_SIGNING SIGNING', 'COMPLETE SIGNING']],
		['askedTwice', 'SIGNING', 2, ['SEND_SIGNING SIGNING']],
		['completeUnsigned', 'COMPLETE', 0, ['SEND_SIGNING COMPLETE', 'COMPLETE COMPLETE']],
		['harmless', 'SIGNING', 1, ['SEND_SIGNING SIGNING']],
	])('the second is granted and %s', async (overlap, status, tasks, events) => {
		stage.sandbox.switches.overlap = overlap;
		const answers = await atOnce(2);
		expect(answers.map(({ code }) => code)).toEqual([10000, 10000]);
		const [right, wrong] = stage.sandbox.control.contracts();
		expect([right.status, right.openTasks.length]).toEqual(['SIGNING', 1]);
		expect([wrong.status, wrong.openTasks.length]).toEqual([status, tasks]);
		expect(stage.events().slice(1)).toEqual(events);
	});
});

describe('while a start is at work', () => {
	const during = async <T,>(act: () => Promise<T> | T): Promise<T> => {
		const starting = stage.answer();
		await sleep(30);
		try {
			return await act();
		} finally {
			expect(await starting).toMatchObject({ code: 10000 });
		}
	};

	it('other calls that move contracts along are refused, and change nothing', async () => {
		const contractId = await stage.contract({ autoFinish: 0 });
		const added = { contractId, signerList: [person(wangwu, '2')] };
		const { json } = await during(() => stage.api.post('/contract/signer/add', added));
		expect(json).toMatchObject(REFUSED);
		expect(stage.sandbox.control.contract(contractId).signers).toHaveLength(1);
		expect(await stage.codeOf('/contract/signer/add', added)).toBe(10000);
	});

	it('a person who signs can be refused', async () => {
		const contractId = await stage.contract();
		await during(() =>
			expect(() => stage.sandbox.control.sign(contractId)).toThrow('驱动流程错误'),
		);
		stage.sandbox.control.sign(contractId);
		expect(stage.status(contractId)).toBe('COMPLETE');
	});

	it('drafts, uploads, questions, recalls and ends do not suffer', async () => {
		const running = await stage.contract({ autoFinish: 0 });
		const other = await stage.contract({ autoFinish: 0 });
		stage.sandbox.control.sign(other);
		await during(async () => {
			expect(await stage.answer({ send: '0' })).toMatchObject({ code: 10000 });
			expect(await stage.codeOf('/contract/recall', { contractId: running })).toBe(10000);
			expect(await stage.codeOf('/contract/finish', { contractId: other })).toBe(10000);
			expect((await stage.api.tasks(other)).status).toBe('COMPLETE');
		});
	});

	it('the contract itself is START', async () => {
		await during(() => expect(statuses()).toEqual(['START']));
	});

	it('approvals and signatures on behalf meet as well', async () => {
		const signerList = [person(lisi, '1')];
		const contractId = await stage.contract({ signerList });
		const params = { contractId, signatureSubjectType: 'PERSON', signer: lisi };
		expect(await during(() => stage.codeOf('/contract/sign/personal/proxy', params))).toBe(31000);
		expect(stage.status(contractId)).toBe('SIGNING');
	});
});

describe('a start that is spoiled without another call, as by people on the pages', () => {
	it('once for each that is planned', async () => {
		stage.sandbox.switches.spoilNext = ['refused', 'signingWithoutTask'];
		expect(await stage.answer()).toMatchObject(REFUSED);
		expect(await stage.answer()).toMatchObject({ code: 10000 });
		expect(await stage.answer()).toMatchObject({ code: 10000 });
		const seen = stage.sandbox.control
			.contracts()
			.map(({ status, openTasks }) => [status, openTasks.length]);
		expect(seen).toEqual([
			['DRAFT', 0],
			['SIGNING', 0],
			['SIGNING', 1],
		]);
	});

	it('stuck in START: nobody can end or download it', async () => {
		stage.sandbox.switches.spoilNext = ['stuckInStart'];
		const contractId = await stage.contract();
		expect(await stage.codeOf('/contract/recall', { contractId })).toBe(31000);
		expect(() => stage.sandbox.control.recall(contractId)).toThrow();
		expect(() => stage.sandbox.control.remove(contractId)).toThrow();
		const { contact } = stage.sandbox.operator;
		const { json } = await stage.api.get('/contract/document/download', { contractId, contact });
		expect(json).toMatchObject({ code: 31000, message: '签章数据不存在' });
	});

	it('forgets what was planned with a reset', async () => {
		stage.sandbox.switches.spoilNext = ['refused'];
		stage.sandbox.reset();
		expect(stage.sandbox.switches.spoilNext).toEqual([]);
	});
});
