import { describe, expect, it } from 'vitest';
import {
	autoSeal,
	company,
	lisi,
	mobile,
	person,
	wangwu,
} from '../../../sandbox/kaifangqian/testing.mjs';
import { position, useStage } from './support.mjs';

const stage = useStage();
const zhaoliu = mobile('赵六', '13300133000');
const automatic = (order = '1') =>
	autoSeal(order, {
		sealId: stage.sandbox.sealId,
		positionParamList: [position(stage.docId, { controlType: 'SEAL' })],
	});
const step = (nodeType: string, signerOrder: string, signer: unknown, more = {}) => ({
	nodeType,
	signerOrder,
	signer,
	...more,
});
const turns = async (id: string, count: number) => {
	const seen = [];
	for (let turn = 0; turn < count; turn += 1) {
		seen.push(await stage.asked(id));
		stage.sandbox.control.sign(id);
	}
	return seen;
};
const add = async (contractId: string, ...signerList: unknown[]) =>
	(await stage.api.post('/contract/signer/add', { contractId, signerList })).json;

describe('who is asked', () => {
	it('the numbers decide, not the places in the list; gaps do not matter, 0 and none come first', async () => {
		const id = await stage.contract({
			signerList: [
				person(lisi, '9'),
				person(wangwu, '2'),
				person(zhaoliu, '', { signerOrder: undefined }),
			],
		});
		expect(await turns(id, 3)).toEqual([[zhaoliu.contact], [wangwu.contact], [lisi.contact]]);
		expect(stage.status(id)).toBe('COMPLETE');
		expect(stage.events()).toEqual([
			'SEND_SIGNING SIGNING',
			'SUBMIT_SIGN SIGNING',
			'SUBMIT_SIGN SIGNING',
			'SUBMIT_SIGN COMPLETE',
			'COMPLETE COMPLETE',
		]);
	});

	it('equal numbers: one after the other', async () => {
		const id = await stage.contract({ signerList: [person(wangwu, '1'), person(lisi, '1')] });
		expect(await turns(id, 2)).toEqual([[wangwu.contact], [lisi.contact]]);
	});

	it('the steps of a company in their own order, before the next party', async () => {
		const { operator, colleague, sealId } = stage.sandbox;
		const ours = company(
			'SENDER',
			'1',
			step('ENTERPRISE_SEAL', '2', colleague, { sealId }),
			step('AGENT_SIGN', '1', operator),
		);
		const id = await stage.contract({ signerList: [person(lisi, '2'), ours] });
		expect(await turns(id, 3)).toEqual([[operator.contact], [colleague.contact], [lisi.contact]]);
	});

	it('without order all parties at once, a company still step by step', async () => {
		const { operator, colleague } = stage.sandbox;
		const ours = company(
			'SENDER',
			'1',
			step('AGENT_SIGN', '1', operator),
			step('LEGAL_PERSON_SIGN', '2', colleague),
		);
		const id = await stage.contract({
			signOrderType: 'NO_ORDER',
			signerList: [ours, person(lisi, '2'), person(wangwu, '3')],
		});
		expect((await stage.asked(id)).sort()).toEqual(
			[operator.contact, lisi.contact, wangwu.contact].sort(),
		);
		stage.sandbox.control.sign(id, operator.contact);
		stage.sandbox.control.sign(id, wangwu.contact);
		expect((await stage.asked(id)).sort()).toEqual([colleague.contact, lisi.contact].sort());
		expect(() => stage.sandbox.control.sign(id, wangwu.contact)).toThrow(/no open SIGN task/);
	});

	it('is told by the account, where there was one when the task was made', async () => {
		const id = await stage.contract({ signerList: [person(zhaoliu, '1')] });
		const names = async () =>
			(await stage.api.tasks(id)).todoTaskList.map(
				({ partyName, partyAccount, party }: Record<string, unknown>) => [
					partyName,
					partyAccount,
					party,
				],
			);
		expect(await names()).toEqual([[null, null, zhaoliu]]);
		await stage.api.post('/personCreateAndAuth', { account: zhaoliu });
		expect(await names()).toEqual([[null, null, zhaoliu]]);
		const later = await stage.contract({ signerList: [person(zhaoliu, '1')] });
		expect((await stage.api.tasks(later)).todoTaskList[0]).toMatchObject({
			partyName: zhaoliu.contact,
			partyAccount: expect.any(String),
			party: zhaoliu,
		});
	});

	it('of a company is told by the company, if it is registered', async () => {
		const theirs = (name: string) => [
			{ ...company('RECEIVER_ENT', '1', step('AGENT_SIGN', '1', wangwu)), signerName: name },
		];
		await stage.api.post('/companyCreateAndAuth', {
			account: wangwu,
			companyName: '北方测试有限公司',
		});
		const known = await stage.contract({ signerList: theirs('北方测试有限公司') });
		const unknown = await stage.contract({ signerList: theirs('北方测试有限公可') });
		expect((await stage.api.tasks(known)).todoTaskList[0]).toMatchObject({
			partyType: 'ENTERPRISE',
			partyName: '北方测试有限公司',
			partyAccount: expect.any(String),
		});
		expect((await stage.api.tasks(unknown)).todoTaskList[0]).toMatchObject({
			partyName: null,
			partyAccount: null,
			party: wangwu,
		});
	});
});

describe('automatic seals', () => {
	it('are done inside the call, before SEND_SIGNING', async () => {
		const both = company('SENDER', '1', automatic('1'), automatic('2'));
		const id = await stage.contract({ signerList: [both] });
		expect(stage.status(id)).toBe('COMPLETE');
		expect(stage.events()).toEqual([
			'SUBMIT_SIGN SIGNING',
			'SUBMIT_SIGN SIGNING',
			'SEND_SIGNING COMPLETE',
			'COMPLETE COMPLETE',
		]);
	});

	it('of a contract that ends by hand: no COMPLETE from the call', async () => {
		await stage.contract({ autoFinish: 0, signerList: [company('SENDER', '1', automatic())] });
		expect(stage.events()).toEqual(['SUBMIT_SIGN SIGNING', 'SEND_SIGNING SIGNING']);
	});

	it('that come last are done when their turn comes', async () => {
		const id = await stage.contract({
			signerList: [person(lisi, '1'), company('SENDER', '2', automatic())],
		});
		expect(await stage.asked(id)).toEqual([lisi.contact]);
		stage.sandbox.control.sign(id);
		expect(stage.status(id)).toBe('COMPLETE');
		expect(stage.events()).toHaveLength(4);
	});

	it('that cannot be made keep a person from signing', async () => {
		const id = await stage.contract({
			signerList: [person(lisi, '1'), company('SENDER', '2', automatic())],
		});
		stage.sandbox.switches.silentSigning = false;
		expect(() => stage.sandbox.control.sign(id)).toThrow('未开通静默签署授权');
		expect(await stage.asked(id)).toEqual([lisi.contact]);
		expect(stage.events()).toEqual(['SEND_SIGNING SIGNING']);
	});

	it('of another company wait for somebody', async () => {
		const id = await stage.contract({ signerList: [company('RECEIVER_ENT', '1', autoSeal())] });
		expect((await stage.api.tasks(id)).todoTaskList[0]).toMatchObject({
			party: { name: '组织签章', contactType: null, contact: null },
		});
	});

	it('can lose their event', async () => {
		stage.sandbox.switches.loseAutomaticSealEvents = true;
		await stage.contract({ signerList: [company('SENDER', '1', automatic())] });
		expect(stage.events()).toEqual(['SEND_SIGNING COMPLETE', 'COMPLETE COMPLETE']);
	});
});

describe('more signers', () => {
	it('wait for their turn while somebody has an open task', async () => {
		const id = await stage.contract({ autoFinish: 0 });
		const before = stage.events().length;
		expect(await add(id, person(wangwu, '2'))).toMatchObject({ code: 10000 });
		expect(stage.events()).toHaveLength(before);
		expect(await turns(id, 2)).toEqual([[lisi.contact], [wangwu.contact]]);
		expect(stage.events().slice(before)).toEqual([
			'SUBMIT_SIGN SIGNING',
			'SUBMIT_SIGN SIGNING',
			'COMPLETE SIGNING',
		]);
	});

	it('are never asked once all have signed', async () => {
		const id = await stage.contract({ autoFinish: 0 });
		stage.sandbox.control.sign(id);
		await add(id, person(wangwu, '2'));
		expect(await stage.asked(id)).toEqual([]);
		expect(await stage.codeOf('/contract/finish', { contractId: id })).toBe(10000);
		expect(stage.status(id)).toBe('COMPLETE');
	});

	it('without order have everybody asked again', async () => {
		const id = await stage.contract({ autoFinish: 0, signOrderType: 'NO_ORDER' });
		stage.sandbox.control.sign(id);
		await add(id, person(wangwu, '2'));
		expect((await stage.asked(id)).sort()).toEqual([lisi.contact, wangwu.contact].sort());
		stage.sandbox.control.sign(id, wangwu.contact);
		expect(await stage.codeOf('/contract/finish', { contractId: id })).toBe(31000);
		stage.sandbox.control.sign(id, lisi.contact);
		expect(await stage.codeOf('/contract/finish', { contractId: id })).toBe(10000);
	});

	it('bring back what was recalled, with its old task, and what was refused, with none', async () => {
		const recalled = await stage.contract({ autoFinish: 0 });
		await stage.api.post('/contract/recall', { contractId: recalled });
		const refused = await stage.contract({ autoFinish: 0 });
		stage.sandbox.control.refuseSign(refused, lisi.contact, '不签');
		for (const id of [recalled, refused]) await add(id, person(wangwu, '2'));
		expect([stage.status(recalled), await stage.asked(recalled)]).toEqual([
			'SIGNING',
			[lisi.contact],
		]);
		expect([stage.status(refused), await stage.asked(refused)]).toEqual(['SIGNING', []]);
	});

	it('are checked as those of a draft', async () => {
		const id = await stage.contract({ autoFinish: 0 });
		expect(await add(id)).toMatchObject({
			code: 31000,
			message: '添加签署人节点失败，签署人或审批人为空',
		});
		expect(await add(id, {})).toMatchObject({ code: 21000, message: '签署方类型参数缺失' });
		expect(await add(id, person(wangwu, '200'))).toMatchObject({ success: false });
		expect(await add('x'.repeat(65), person(wangwu, '2'))).toMatchObject({ code: 23000 });
		const noSeal = step('ENTERPRISE_SEAL', '1', stage.sandbox.operator);
		expect(await add(id, company('SENDER', '2', noSeal))).toMatchObject({
			code: null,
			message: '组织签章未指定签章',
		});
		const byItself = await stage.contract();
		expect(await add(byItself, person(wangwu, '2'))).toMatchObject({ code: 31000 });
	});
});

describe('approvals of the sender', () => {
	const approve = async (contractId: string, signer: unknown, more: Record<string, unknown>) =>
		(await stage.api.post('/contract/approval', { contractId, signer, ...more })).json;
	const withApprover = () => ({
		signerList: [
			company('SENDER', '1', step('APPROVER_CHECK', '1', stage.sandbox.colleague)),
			person(lisi, '2'),
		],
	});

	it('are given by their person only, once', async () => {
		const id = await stage.contract(withApprover());
		const { operator, colleague } = stage.sandbox;
		expect(await approve(id, lisi, { approval: 1 })).toMatchObject({
			message: '业务处理失败,合同审批人：李四数据不存在',
		});
		expect(await approve(id, operator, { approval: 1 })).toMatchObject({
			message: '业务处理失败,签署人不存在',
		});
		for (const approval of [undefined, 2]) {
			expect(await approve(id, colleague, { approval })).toMatchObject({ code: 10000 });
			expect(await stage.asked(id)).toEqual([colleague.contact]);
		}
		expect(await approve(id, colleague, { approval: 1, comment: '意'.repeat(513) })).toMatchObject({
			success: false,
		});
		expect(await approve(id, colleague, { approval: 1, comment: '意'.repeat(512) })).toMatchObject({
			code: 10000,
		});
		expect(await stage.asked(id)).toEqual([lisi.contact]);
		expect(await approve(id, colleague, { approval: 1 })).toMatchObject({
			message: '业务处理失败,签署人不存在',
		});
	});

	it('refused end the contract', async () => {
		const id = await stage.contract(withApprover());
		await approve(id, stage.sandbox.colleague, { approval: 0 });
		expect(stage.status(id)).toBe('REFUSAL_SIGN');
		expect(stage.events()).toEqual(['SEND_SIGNING SIGNING', 'REFUSAL_APPROVE REFUSAL_SIGN']);
	});

	it('of another company become signatures', async () => {
		const id = await stage.contract({
			signerList: [company('RECEIVER_ENT', '1', step('APPROVER_CHECK', '1', wangwu))],
		});
		expect((await stage.api.tasks(id)).todoTaskList[0]).toMatchObject({ taskType: 'SIGN' });
	});
});

describe('approvals that a line demands', () => {
	it('hang before the start, and can be recalled', async () => {
		const id = await stage.contract({ signReId: stage.sandbox.lines.approving });
		expect(await stage.api.tasks(id)).toEqual({ status: 'APPROVING', todoTaskList: [] });
		expect(stage.events()).toEqual(['SEND_SIGNING APPROVING']);
		expect(() => stage.sandbox.control.approve(id)).toThrow(/no open APPROVE task/);
		expect(await stage.codeOf('/contract/recall', { contractId: id })).toBe(10000);
		stage.sandbox.control.remove(id);
		stage.sandbox.control.restore(id);
		stage.sandbox.control.start(id);
		expect(stage.status(id)).toBe('APPROVING');
	});

	it('are passed by when signers are added', async () => {
		const id = await stage.contract({ signReId: stage.sandbox.lines.approving, autoFinish: 0 });
		expect(await add(id, person(wangwu, '2'))).toMatchObject({ code: 10000 });
		expect(stage.status(id)).toBe('SIGNING');
	});

	it('hang before signing once the sender’s part is due', async () => {
		const { operator, lines } = stage.sandbox;
		const id = await stage.contract({
			signReId: lines.approvingBeforeSigning,
			signerList: [person(lisi, '1'), company('SENDER', '2', step('AGENT_SIGN', '1', operator))],
		});
		expect(await stage.asked(id)).toEqual([lisi.contact]);
		stage.sandbox.control.sign(id);
		expect(await stage.api.tasks(id)).toEqual({ status: 'SIGNING', todoTaskList: [] });
		expect(stage.events()).toEqual(['SEND_SIGNING SIGNING', 'SUBMIT_SIGN SIGNING']);
	});

	it('are carried out by an installation that can', async () => {
		stage.sandbox.switches.lineApprovals = 'work';
		const { lines, operator } = stage.sandbox;
		const before = await stage.contract({ signReId: lines.approving });
		stage.sandbox.control.approve(before);
		expect(await stage.asked(before)).toEqual([lisi.contact]);
		const refused = await stage.contract({ signReId: lines.approving });
		stage.sandbox.control.refuseApprove(refused);
		expect(stage.status(refused)).toBe('APPROVE_FAILED');
		const later = await stage.contract({
			signReId: lines.approvingBeforeSigning,
			signerList: [company('SENDER', '1', step('AGENT_SIGN', '1', operator))],
		});
		stage.sandbox.control.approve(later);
		expect(await stage.asked(later)).toEqual([operator.contact]);
	});
});

describe('filling in', () => {
	const writing = (more: Record<string, unknown> = {}) =>
		stage.contract({
			signReId: stage.sandbox.lines.writing,
			signerList: [person(lisi, '1'), person(wangwu, '2')],
			...more,
		});

	it('comes before signing, in order, with tasks of its own', async () => {
		const id = await writing();
		const filling = (await stage.api.tasks(id)).todoTaskList;
		expect(filling).toMatchObject([{ taskType: 'WRITE', party: lisi }]);
		stage.sandbox.control.write(id, lisi.contact, { remark: '1' });
		stage.sandbox.control.write(id, wangwu.contact);
		const signing = (await stage.api.tasks(id)).todoTaskList;
		expect(signing).toMatchObject([{ taskType: 'SIGN', party: lisi }]);
		expect(signing[0].taskId).not.toBe(filling[0].taskId);
		expect(stage.events()).toEqual([
			'SEND_SIGNING WRITING',
			'SUBMIT_WRITE WRITING',
			'SUBMIT_WRITE SIGNING',
		]);
	});

	it('without order is asked of everybody at once', async () => {
		const id = await writing({ signOrderType: 'NO_ORDER' });
		expect((await stage.asked(id)).sort()).toEqual([lisi.contact, wangwu.contact].sort());
	});

	it('of a company tells nobody', async () => {
		const theirs = company('RECEIVER_ENT', '1', step('AGENT_SIGN', '1', wangwu));
		const id = await writing({ signerList: [theirs] });
		expect((await stage.api.tasks(id)).todoTaskList).toMatchObject([
			{ taskType: 'WRITE', partyType: 'ENTERPRISE', party: null },
		]);
	});

	it('can be refused, recalled, and neither finished nor added to', async () => {
		const id = await writing({ autoFinish: 0 });
		expect(await add(id, person(zhaoliu, '3'))).toMatchObject({
			code: null,
			message: '文档参数内容未填写完成，请完善',
		});
		expect(await stage.codeOf('/contract/finish', { contractId: id })).toBe(31000);
		stage.sandbox.control.refuseWrite(id, undefined, '信息有误');
		expect(await stage.api.tasks(id)).toEqual({ status: 'REFUSAL_WRIT', todoTaskList: [] });
		const other = await writing();
		expect(await stage.codeOf('/contract/recall', { contractId: other })).toBe(10000);
	});

	it('does not get past what is required or cannot be drawn', async () => {
		const id = await stage.contract({
			signReId: stage.sandbox.lines.presetTemplate,
			signDocumentList: undefined,
			signerList: [person(lisi, '2'), person(wangwu, '3')],
			signTemplateParamList: [
				{
					templateParamList: [
						{ paramKey: 'amount', paramValue: '1' },
						{ paramKey: 'when', paramValue: '2030-06-29' },
					],
				},
			],
		});
		const fill = (values: Record<string, string>) => () =>
			stage.sandbox.control.write(id, lisi.contact, values);
		expect(fill({})).toThrow('文档参数内容未填写完成，请完善');
		expect(fill({ address: '😀' })).toThrow('填写失败');
		expect(fill({ note: 'x', address: 'x' })).toThrow('Nothing to fill in is called note');
		stage.sandbox.control.signAll(id);
		expect(stage.status(id)).toBe('COMPLETE');
	});
});

describe('on behalf', () => {
	const proxy = async (contractId: string, signer: unknown, more: Record<string, unknown> = {}) =>
		(
			await stage.api.post('/contract/sign/personal/proxy', {
				contractId,
				signatureSubjectType: 'PERSON',
				signer,
				...more,
			})
		).json;
	const placed = () => ({
		signerList: [person(lisi, '1', { positionParamList: [position(stage.docId)] })],
	});

	it('signs for whoever has authorised it, without COMPLETE', async () => {
		const id = await stage.contract(placed());
		expect(await proxy(id, wangwu)).toMatchObject({ message: '业务处理失败,签章授权不存在' });
		stage.sandbox.control.grantProxy(wangwu.contact, stage.sandbox.lines.free);
		expect(await proxy(id, wangwu)).toMatchObject({ message: '业务处理失败,签署人当前无签署任务' });
		expect(await proxy(id, lisi, { signatureSubjectType: 'EMPLOYEE' })).toMatchObject({
			message: '业务处理失败,签署人当前无签署任务',
		});
		expect(await proxy(id, lisi)).toMatchObject({ code: 10000, result: null });
		expect(stage.events()).toEqual(['SEND_SIGNING SIGNING', 'SUBMIT_SIGN COMPLETE']);
		expect(await proxy(id, lisi)).toMatchObject({ message: '业务处理失败,合同签署状态异常' });
	});

	it('needs a place, and cannot date', async () => {
		const id = await stage.contract();
		expect(await proxy(id, lisi)).toMatchObject({ code: null, message: '业务线实例-控件不存在' });
		const date = position(stage.docId, { controlType: 'SIGN_DATE', signDateFormat: 'LINE' });
		expect(await proxy(id, lisi, { positionParamList: [date] })).toMatchObject({
			success: false,
			message: '操作失败，For input string: "120.0"',
		});
		expect(stage.sandbox.control.placed(id)).toEqual([]);
		expect(await proxy(id, lisi, { positionParamList: [position(stage.docId)] })).toMatchObject({
			code: 10000,
		});
		expect(stage.status(id)).toBe('COMPLETE');
	});

	it('serves the individual steps of the own company, and nobody else’s', async () => {
		const { operator } = stage.sandbox;
		const positionParamList = [position(stage.docId)];
		const signerList = [
			company('SENDER', '1', step('LEGAL_PERSON_SIGN', '1', operator, { positionParamList })),
			person(lisi, '2'),
		];
		const id = await stage.contract({ signerList });
		expect(await proxy(id, operator)).toMatchObject({ code: 31000 });
		expect(await proxy(id, operator, { signatureSubjectType: 'EMPLOYEE' })).toMatchObject({
			code: 10000,
		});
		expect(await stage.asked(id)).toEqual([lisi.contact]);
	});
});

describe('ends', () => {
	const names: Array<[string, string]> = [
		['DRAFT', '草稿'],
		['COMPLETE', '已完成'],
		['REFUSAL_SIGN', '已拒签'],
		['RECALLED', '已撤回'],
		['DELETED', '已删除'],
		['EXPIRED', '已失效'],
		['START', '已发起'],
	];
	const bringTo: Record<string, (id: string) => unknown> = {
		COMPLETE: (id) => stage.sandbox.control.sign(id),
		REFUSAL_SIGN: (id) => stage.sandbox.control.refuseSign(id),
		RECALLED: (id) => stage.sandbox.control.recall(id, '改'),
		DELETED: (id) => stage.sandbox.control.remove(id),
		EXPIRED: (id) => stage.sandbox.control.expire(id),
	};

	it.each(names)('%s cannot be recalled', async (status, name) => {
		if (status === 'START') stage.sandbox.switches.spoilNext = ['stuckInStart'];
		const id = await stage.contract(status === 'DRAFT' ? { send: '0' } : {});
		await bringTo[status]?.(id);
		expect(stage.status(id)).toBe(status);
		const { json } = await stage.api.post('/contract/recall', { contractId: id });
		expect(json).toMatchObject({ code: 31000, message: `实例状态为${name},不可撤回` });
		expect(() => stage.sandbox.control.recall(id)).toThrow(name);
	});

	it('by hand, whatever the status is, as long as nobody is asked', async () => {
		const finish = (contractId: string) => stage.codeOf('/contract/finish', { contractId });
		const draft = await stage.contract({ send: '0', autoFinish: 0 });
		expect(await finish(draft)).toBe(10000);
		expect(await finish(draft)).toBe(10000);
		const recalled = await stage.contract({ autoFinish: 0 });
		stage.sandbox.control.recall(recalled);
		expect(await finish(recalled)).toBe(31000);
		const refused = await stage.contract({ autoFinish: 0 });
		stage.sandbox.control.refuseSign(refused);
		expect(await finish(refused)).toBe(10000);
		expect(await finish(await stage.contract())).toBe(31000);
	});

	it('by deadline, only where the job runs: at the beginning of its day', async () => {
		const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
		const over = await stage.contract({ expireDate: today, autoFinish: 0 });
		const later = await stage.contract({ expireDate: '2099-01-01' });
		const draft = await stage.contract({ expireDate: today, send: '0' });
		const { approving } = stage.sandbox.lines;
		const waits = await stage.contract({ expireDate: today, signReId: approving });
		expect(stage.status(over)).toBe('SIGNING');
		stage.sandbox.control.runExpiryJob();
		expect([over, later, draft, waits].map((id) => stage.status(id))).toEqual([
			'EXPIRED',
			'SIGNING',
			'DRAFT',
			'APPROVING',
		]);
		expect(stage.events().at(-1)).toBe('EXPIRED SIGNING');
		expect(await stage.codeOf('/contract/finish', { contractId: over })).toBe(31000);
		expect(await add(over, person(wangwu, '2'))).toMatchObject({ code: 10000 });
		expect([stage.status(over), await stage.asked(over)]).toEqual(['SIGNING', [lisi.contact]]);
	});

	it('sent a second time asks a second time', async () => {
		const id = await stage.contract();
		const { control } = stage.sandbox;
		control.recall(id, '改');
		control.remove(id);
		control.restore(id);
		expect(await stage.asked(id)).toEqual([lisi.contact]);
		expect(() => control.sign(id)).toThrow('DRAFT');
		control.start(id);
		expect(await stage.asked(id)).toEqual([lisi.contact, lisi.contact]);
		control.sign(id);
		expect(stage.status(id)).toBe('SIGNING');
		control.sign(id);
		expect(stage.status(id)).toBe('COMPLETE');
	});

	it('a deadline is set once while it runs, in a draft as often as wanted', async () => {
		const { control } = stage.sandbox;
		const running = await stage.contract();
		control.delay(running, '2099-01-01');
		expect(() => control.delay(running, '2099-02-01')).toThrow(
			'签署截止日期已设置，实例运行中不能修改',
		);
		const draft = await stage.contract({ send: '0', expireDate: '2099-01-01' });
		control.delay(draft, '2099-02-01');
		control.delay(draft, '2099-03-01');
		expect(stage.events().slice(-1)).toEqual(['DOCUMENT_DELAY DRAFT']);
	});
});
