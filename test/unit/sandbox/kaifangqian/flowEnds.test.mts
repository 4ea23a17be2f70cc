import { describe, expect, it } from 'vitest';
import { company, lisi, pdfOf, person, wangwu } from '../../../sandbox/kaifangqian/testing.mjs';
import { step, useFlow } from './flow.support.mjs';
import { position } from './support.mjs';

const { stage, add } = useFlow();

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

	it('places by a keyword as long as the database takes', async () => {
		const docId = await stage.api.upload(await pdfOf('k'.repeat(64), 'm'.repeat(65)));
		const id = await stage.contract({ signDocumentList: [{ docId }] });
		const by = (keyword: string) => ({
			positionParamList: [
				position(docId, {
					signPositionType: 'KEYWORD',
					keyword,
					keywordType: '1',
					offsetX: '0',
					offsetY: '0',
				}),
			],
		});
		expect(await proxy(id, lisi, by('m'.repeat(65)))).toMatchObject({
			success: false,
			message: '字段太长,超出数据库字段的长度',
		});
		expect(stage.status(id)).toBe('SIGNING');
		expect(await proxy(id, lisi, by('k'.repeat(64)))).toMatchObject({ code: 10000 });
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
