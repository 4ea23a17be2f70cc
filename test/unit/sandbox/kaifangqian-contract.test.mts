import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import {
	autoSeal,
	clientOf,
	company,
	lisi,
	pdfOf,
	person,
	wangwu,
	type Client,
} from '../../sandbox/kaifangqian/testing.mjs';

let sandbox: KaifangqianSandbox;
let api: Client;
let docId: string;
beforeAll(async () => {
	sandbox = await startKaifangqian({ switches: { throttle: false } });
	api = clientOf(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	docId = await api.upload(await pdfOf('one'));
});
afterAll(() => sandbox.close());

/** Events queued so far; without a callback address they are only noted. */
const events = () =>
	sandbox.callbacks.dropped.map(({ body }) => {
		const { callbackType, contractStatus } = JSON.parse(body);
		return `${callbackType} ${contractStatus}`;
	});
const draft = (more: Record<string, unknown> = {}) =>
	api.draft({ signDocumentList: [{ docId }], signerList: [person(lisi, '1')], ...more });
const codeOf = async (path: string, params: Record<string, unknown>) =>
	(await api.post(path, params)).json.code;
const contactsOf = async (contractId: string) =>
	(await api.tasks(contractId)).todoTaskList.map(
		({ partyAccount }: { partyAccount: string }) => partyAccount,
	);
const status = (contractId: string) => sandbox.control.contract(contractId).status;

describe('order', () => {
	it('ORDER: one party after the other, nodes inside a company in turn', async () => {
		const node = (nodeType: string, signerOrder: string, signer: unknown) => ({
			nodeType,
			signerOrder,
			signer,
		});
		const id = await draft({
			signerList: [
				person(lisi, '2'),
				company(
					'SENDER',
					'1',
					node('ENTERPRISE_SEAL', '2', sandbox.colleague),
					node('AGENT_SIGN', '1', sandbox.operator),
				),
			],
		});
		const turns = [];
		for (let turn = 0; turn < 3; turn += 1) {
			turns.push(await contactsOf(id));
			sandbox.control.sign(id);
		}
		expect(turns).toEqual([
			[sandbox.operator.contact],
			[sandbox.colleague.contact],
			[lisi.contact],
		]);
		expect(status(id)).toBe('COMPLETE');
		expect(events()).toEqual([
			'SEND_SIGNING SIGNING',
			...Array(3).fill('SUBMIT_SIGN SIGNING'),
			'COMPLETE COMPLETE',
		]);
	});

	it('the same order: at the same time; NO_ORDER: all at once', async () => {
		const same = await draft({ signerList: [person(lisi, '1'), person(wangwu, '1')] });
		expect(await contactsOf(same)).toHaveLength(2);
		const none = await draft({
			signOrderType: 'NO_ORDER',
			signerList: [person(lisi, '1'), person(wangwu, '2')],
		});
		sandbox.control.sign(none, wangwu.contact);
		expect(await contactsOf(none)).toEqual([lisi.contact]);
		const ordered = await draft({ signerList: [person(lisi, '1'), person(wangwu, '2')] });
		expect(() => sandbox.control.sign(ordered, wangwu.contact)).toThrow(/no open SIGN task/);
	});

	it('automatic seals are done before SEND_SIGNING is queued', async () => {
		const id = await draft({ signerList: [company('SENDER', '1', autoSeal()), person(lisi, '2')] });
		expect(events()).toEqual(['SUBMIT_SIGN SIGNING', 'SEND_SIGNING SIGNING']);
		expect(await contactsOf(id)).toEqual([lisi.contact]);
		await draft({ signerList: [company('SENDER', '1', autoSeal())] });
		expect(events().slice(2)).toEqual([
			'SUBMIT_SIGN SIGNING',
			'SEND_SIGNING SIGNING',
			'COMPLETE COMPLETE',
		]);
	});

	it('an automatic seal that comes last is done when its turn comes', async () => {
		const id = await draft({ signerList: [person(lisi, '1'), company('SENDER', '2', autoSeal())] });
		sandbox.control.sign(id, lisi.contact);
		expect(status(id)).toBe('COMPLETE');
	});
});

describe('tasks and links', () => {
	it('names parties in their own vocabulary and leaves `party` out for the sender', async () => {
		const id = await draft({
			signOrderType: 'NO_ORDER',
			signerList: [
				company('SENDER', '1', {
					nodeType: 'AGENT_SIGN',
					signerOrder: '1',
					signer: sandbox.operator,
				}),
				company('RECEIVER_ENT', '2', { nodeType: 'AGENT_SIGN', signerOrder: '1', signer: wangwu }),
				person(lisi, '3'),
			],
		});
		const { todoTaskList } = await api.tasks(id);
		const kinds = todoTaskList.map(
			({ partyType, party }: { partyType: string; party?: unknown }) => [partyType, party],
		);
		expect(kinds).toEqual([
			['SENDER', undefined],
			['ENTERPRISE', wangwu],
			['PERSONAL', lisi],
		]);
		expect((await api.get('/contract/tasks', { contractId: '1' })).json.code).toBe(31000);
	});

	it('answers tasks to any company, the rest only to the owner', async () => {
		const contractId = await draft();
		const appAuthToken = sandbox.otherToken;
		expect((await api.get('/contract/tasks', { contractId, appAuthToken })).json.code).toBe(10000);
		expect(await codeOf('/contract/recall', { contractId, appAuthToken })).toBe(31000);
	});

	it('limits links without login to 72 hours, in China time', async () => {
		const contractId = await draft();
		const inHours = (hours: number) =>
			new Date(Date.now() + (hours + 8) * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		const link = async (pageUrlExpireTime?: string) =>
			(
				await api.get('/contract/pageUrl', {
					contact: lisi.contact,
					contractId,
					noLogin: 'true',
					pageUrlExpireTime,
				})
			).json;
		expect((await link()).result.pageUrl).toContain('/#/contract/detail/base?code=');
		expect((await link(inHours(71.9))).code).toBe(10000);
		expect((await link(inHours(72.1))).code).toBe(31000);
		expect((await link(inHours(-1))).code).toBe(31000);
		expect((await link('tomorrow')).code).toBe(23000);
		const stranger = await api.get('/contract/pageUrl', { contact: '13911111111', contractId });
		expect(stranger.json.code).toBe(31000);
	});

	it('opens a link for an open task only', async () => {
		const contractId = await draft();
		const [{ taskId }] = (await api.tasks(contractId)).todoTaskList;
		expect(
			(await api.get('/contract/taskUrl', { contractId, taskId })).json.result.pageUrl,
		).toContain('/task/');
		sandbox.control.sign(contractId);
		expect((await api.get('/contract/taskUrl', { contractId, taskId })).json.code).toBe(31000);
	});
});

describe('autoFinish 0', () => {
	it('stays SIGNING, takes more signers, ends by hand', async () => {
		const contractId = await draft({ autoFinish: 0 });
		expect(await codeOf('/contract/finish', { contractId })).toBe(31000);
		sandbox.control.sign(contractId);
		expect(status(contractId)).toBe('SIGNING');
		const before = events().length;
		expect(
			await codeOf('/contract/signer/add', { contractId, signerList: [person(wangwu, '2')] }),
		).toBe(10000);
		expect(events()).toHaveLength(before);
		expect(await contactsOf(contractId)).toEqual([wangwu.contact]);
		sandbox.control.sign(contractId);
		expect(await codeOf('/contract/finish', { contractId })).toBe(10000);
		expect(status(contractId)).toBe('COMPLETE');
		expect(events()).toEqual([
			'SEND_SIGNING SIGNING',
			'SUBMIT_SIGN SIGNING',
			'COMPLETE SIGNING',
			'SUBMIT_SIGN SIGNING',
			'COMPLETE SIGNING',
			'COMPLETE COMPLETE',
		]);
		expect(await codeOf('/contract/finish', { contractId })).toBe(31000);
		expect(
			await codeOf('/contract/signer/add', { contractId, signerList: [person(lisi, '3')] }),
		).toBe(31000);
	});

	it('says no COMPLETE in the draft call; refuses both calls with autoFinish 1', async () => {
		await draft({ autoFinish: 0, signerList: [company('SENDER', '1', autoSeal())] });
		expect(events()).toEqual(['SUBMIT_SIGN SIGNING', 'SEND_SIGNING SIGNING']);
		const contractId = await draft();
		expect(await codeOf('/contract/finish', { contractId })).toBe(31000);
		expect(
			await codeOf('/contract/signer/add', { contractId, signerList: [person(wangwu, '2')] }),
		).toBe(31000);
		expect(await codeOf('/contract/signer/add', { contractId, signerList: [] })).toBe(22000);
	});
});

describe('recall, approval, proxy, ends', () => {
	it('recalls running contracts with the platform’s own reason', async () => {
		for (const line of ['approving', 'writing', 'free'] as const) {
			const contractId = await draft({ signReId: sandbox.lines[line] });
			expect(await codeOf('/contract/recall', { contractId })).toBe(10000);
			expect(await api.tasks(contractId)).toEqual({ status: 'RECALLED', todoTaskList: [] });
			expect(await codeOf('/contract/recall', { contractId })).toBe(31000);
		}
		const last = JSON.parse(sandbox.callbacks.dropped.slice(-1)[0].body);
		expect(last).toMatchObject({ callbackType: 'RECALLED', reason: '通过API撤销' });
	});

	it('asks the sender’s approver in turn, and never one of a receiving company', async () => {
		const approver = { nodeType: 'APPROVER_CHECK', signerOrder: '1', signer: sandbox.colleague };
		const signerList = [
			company('SENDER', '1', approver, autoSeal('2')),
			company('RECEIVER_ENT', '2', approver, {
				nodeType: 'AGENT_SIGN',
				signerOrder: '2',
				signer: wangwu,
			}),
		];
		const contractId = await draft({ signerList });
		expect((await api.tasks(contractId)).todoTaskList).toMatchObject([
			{ taskType: 'APPROVE', partyType: 'SENDER' },
		]);
		const approve = (signer: unknown, approval: number) =>
			codeOf('/contract/approval', { contractId, signer, approval });
		expect(await approve(sandbox.operator, 1)).toBe(31000);
		expect(await approve(sandbox.colleague, 2)).toBe(24000);
		expect(await approve(sandbox.colleague, 1)).toBe(10000);
		expect(await contactsOf(contractId)).toEqual([wangwu.contact]);
		expect(events()).toEqual([
			'SEND_SIGNING SIGNING',
			'SUBMIT_APPROVE SIGNING',
			'SUBMIT_SIGN SIGNING',
		]);
		expect(await approve(sandbox.colleague, 1)).toBe(31000);

		const refused = await draft({ signerList });
		const params = {
			contractId: refused,
			signer: sandbox.colleague,
			approval: 0,
			comment: '不同意',
		};
		expect(await codeOf('/contract/approval', params)).toBe(10000);
		expect(status(refused)).toBe('APPROVE_FAILED');
		expect(events().slice(-1)).toEqual(['REFUSAL_APPROVE APPROVE_FAILED']);
	});

	it('signs by proxy only with an authorisation, without COMPLETE', async () => {
		const contractId = await draft();
		const proxy = (signatureSubjectType: string) =>
			api.post('/contract/sign/personal/proxy', { contractId, signatureSubjectType, signer: lisi });
		expect((await proxy('PERSON')).json).toMatchObject({
			code: 31000,
			message: '业务处理失败,签章授权不存在',
		});
		sandbox.control.grantProxy(lisi.contact, sandbox.lines.free);
		expect((await proxy('EMPLOYEE')).json.code).toBe(31000);
		expect((await proxy('PERSON')).json).not.toHaveProperty('result');
		expect(status(contractId)).toBe('COMPLETE');
		expect(events()).toEqual(['SEND_SIGNING SIGNING', 'SUBMIT_SIGN SIGNING']);
	});

	it('goes through approving and writing to signing', async () => {
		const approving = await draft({ signReId: sandbox.lines.approving });
		expect(status(approving)).toBe('APPROVING');
		const params = { contractId: approving, signer: sandbox.colleague, approval: 1 };
		expect(await codeOf('/contract/approval', params)).toBe(31000);
		sandbox.control.approve(approving);
		expect(status(approving)).toBe('SIGNING');
		const writing = await draft({ signReId: sandbox.lines.writing });
		expect((await api.tasks(writing)).todoTaskList).toMatchObject([
			{ taskType: 'WRITE', partyAccount: lisi.contact },
		]);
		sandbox.control.write(writing);
		expect(events()).toEqual([
			'SUBMIT_APPROVE APPROVING',
			'SEND_SIGNING SIGNING',
			'SUBMIT_WRITE WRITING',
			'SEND_SIGNING SIGNING',
		]);
	});

	it('ends by refusal, expiry and deletion, and spells statuses as asked', async () => {
		const refusedSign = await draft();
		sandbox.control.refuseSign(refusedSign, lisi.contact, '条款不同意');
		const refusedWrite = await draft({ signReId: sandbox.lines.writing });
		sandbox.control.refuseWrite(refusedWrite, undefined, '信息有误');
		expect((await api.tasks(refusedWrite)).status).toBe('REFUSAL_WRIT');
		const expired = await draft();
		sandbox.control.delay(expired, '2031-01-01');
		sandbox.control.failSign(expired);
		sandbox.control.addSignNode(expired);
		sandbox.control.expire(expired);
		sandbox.control.remove(expired);
		expect(events().filter((event) => !event.startsWith('SEND'))).toEqual([
			'REFUSAL_SIGN REFUSAL_SIGN',
			'REFUSAL_WRITE REFUSAL_WRIT',
			'DOCUMENT_DELAY SIGNING',
			'SIGN_FAILED SIGNING',
			'ADD_SIGN_NODE SIGNING',
			'EXPIRED SIGNING',
			'DELETE DELETED',
		]);
		sandbox.switches.statusSpelling = 'public';
		expect((await api.tasks(refusedWrite)).status).toBe('REFUSAL_WRITE');
		const complete = await draft();
		sandbox.control.signAll(complete);
		expect((await api.tasks(complete)).status).toBe('COMPLETED');
		expect(events().slice(-1)).toEqual(['COMPLETE COMPLETED']);
	});
});
