import { describe, expect, it } from 'vitest';
import { autoSeal, company, lisi, person, wangwu } from '../../../sandbox/kaifangqian/testing.mjs';
import { step, zhaoliu, useFlow } from './flow.support.mjs';

const { stage, automatic, turns, add } = useFlow();

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
