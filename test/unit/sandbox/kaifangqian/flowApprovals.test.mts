import { describe, expect, it } from 'vitest';
import { company, lisi, person, wangwu } from '../../../sandbox/kaifangqian/testing.mjs';
import { step, zhaoliu, useFlow } from './flow.support.mjs';

const { stage, add } = useFlow();

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
			const comment = '意'.repeat(513);
			expect(await approve(id, colleague, { approval, comment })).toMatchObject({ code: 10000 });
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
