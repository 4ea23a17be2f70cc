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
const TOO_LONG = { success: false, message: '字段太长,超出数据库字段的长度', code: 500 };
const statuses = () => stage.sandbox.control.contracts().map(({ status }) => status);
const seal = (more: Record<string, unknown> = {}) => ({
	nodeType: 'ENTERPRISE_SEAL',
	signerOrder: '1',
	sealId: stage.sandbox.sealId,
	signer: stage.sandbox.operator,
	...more,
});
const withNode = (node: Record<string, unknown>, type = 'SENDER') => ({
	signerList: [company(type, '1', node)],
});

describe('contract/draft refuses', () => {
	it.each<[Record<string, unknown>, number, string]>([
		[{ operator: undefined }, 21000, '发起人参数缺失'],
		[{ operator: null }, 21000, '发起人参数缺失'],
		[{ signReId: '' }, 21000, 'signReId参数缺失'],
		[{ signReId: 'x'.repeat(65) }, 23000, 'signReId参数格式不正确，长度不合法'],
		[{ signReId: 'nope' }, 31000, '业务处理失败,业务线id：nope数据不存在'],
		[{ send: undefined }, 21000, '是否直接发起参数缺失'],
		[{ send: '' }, 21000, '是否直接发起参数缺失'],
		[{ operator: mobile('无', '13012341234') }, 31000, '业务处理失败,账号不存在'],
		[{ operator: lisi }, 31000, '业务处理失败,经办人不存在'],
		[
			{ operator: { ...lisi, contactType: 'FAX' } },
			31000,
			'业务处理失败,联系类型暂时仅支持MOBILE、EMAIL',
		],
		[{ expireDate: '2030/01/01' }, 23000, 'expireDate参数格式不正确，时间格式不正确'],
		[{ expireDate: '2020-01-01' }, 31000, '业务处理失败,签署截止日期:2020-01-01不能小于当前日期'],
		[{ signDocumentList: [{ docId: 'nope' }] }, 21000, '签约文件不存在'],
		[{ signerList: [{}] }, 21000, '签署方类型参数缺失'],
		[{ signerList: [person(lisi, '1', { receiver: undefined })] }, 21000, '个人接收方-参数缺失'],
		[{ signerList: [person({ ...lisi, name: '' }, '1')] }, 21000, '个人接收方-姓名-参数缺失'],
		[{ signerList: [company('SENDER', '1')] }, 21000, '内部签署节点参数缺失'],
		[{ signerList: [company('RECEIVER_ENT', '1')], autoFinish: 0 }, 21000, '内部签署节点参数缺失'],
		// An empty list is taken there, a missing one nowhere.
		[
			{
				signerList: [{ ...company('SENDER', '1'), internalNodeList: undefined }],
				autoFinish: 0,
			},
			21000,
			'内部签署节点参数缺失',
		],
	])('%j', async (more, code, message) => {
		expect(await stage.answer(more)).toMatchObject({ code, message });
		expect(statuses()).toEqual([]);
	});

	it('people of the own company who are no members, on a step too', async () => {
		const step = (signer: unknown) =>
			stage.answer(withNode({ nodeType: 'AGENT_SIGN', signerOrder: '1', signer }));
		expect(await step(mobile('无', '13012341234'))).toMatchObject({
			message: '业务处理失败,账号不存在',
		});
		expect(await step(lisi)).toMatchObject({ message: '业务处理失败,经办人不存在' });
		expect(await step(undefined)).toMatchObject({ code: 21000 });
		expect(await stage.answer(withNode(seal({ signer: lisi }), 'RECEIVER_ENT'))).toMatchObject({
			code: 10000,
		});
	});

	it('a step without its order, and an order that is no number', async () => {
		expect(await stage.answer(withNode(seal({ signerOrder: undefined })))).toMatchObject({
			code: 21000,
			message: '内部签署节点-节点签署顺序-参数缺失',
		});
		const orders: Array<[unknown, string]> = [
			['first', 'For input string: "first"'],
			['1.5', 'For input string: "1.5"'],
			[' 1', 'For input string: " 1"'],
			['', 'For input string: ""'],
			[1.5, 'For input string: "1.5"'],
		];
		for (const [signerOrder, text] of orders) {
			const signerList = [person(lisi, '1', { signerOrder })];
			expect(await stage.answer({ signerList })).toMatchObject({
				success: false,
				message: `操作失败，${text}`,
			});
		}
		const signerList = [{ ...company('SENDER', '1', seal()), signerOrder: undefined }];
		expect(await stage.answer({ signerList })).toMatchObject({
			message: '操作失败，Cannot parse null string',
		});
		expect(statuses()).toEqual([]);
	});

	it('a line that is switched off, has an error, may not be used, or is another company’s', async () => {
		const { control, lines, visitor } = stage.sandbox;
		const codes = async () => [
			(await stage.answer()).message,
			(await stage.answer({ send: '0' })).message,
		];
		for (const state of ['disabled', 'incomplete'] as const) {
			control.setLine('free', state);
			expect(await codes()).toEqual(Array(2).fill('业务线状态为停用或异常，无法使用'));
		}
		control.setLine('free', 'no rights');
		expect(await codes()).toEqual(Array(2).fill('业务处理失败,经办人无权使用该业务线发起签署'));
		control.setLine('free', 'deleted');
		expect(await codes()).toEqual(['成功', '成功']);
		control.setLine('free', 'usual');
		expect(await stage.answer({ operator: visitor })).toMatchObject({ code: 31000 });
		expect(await stage.answer({ signReId: lines.foreign })).toMatchObject({
			message: `业务处理失败,业务线id：${lines.foreign}数据不存在`,
		});
	});
});

describe('what the database takes', () => {
	it.each<[Record<string, unknown>, boolean]>([
		[{ sn: '1'.repeat(200) }, true],
		[{ sn: '1'.repeat(201) }, false],
		[{ send: '0', subject: '同'.repeat(200) }, true],
		[{ send: '0', subject: '同'.repeat(201) }, false],
		[{ subject: '😀' }, false],
		[{ signerList: [person({ ...lisi, name: '李'.repeat(50) }, '1')] }, true],
		[{ signerList: [person({ ...lisi, name: '李'.repeat(51) }, '1')] }, false],
		[{ signerList: [person({ ...lisi, name: '𠮷' }, '1')] }, false],
		[{ signerList: [person(lisi, '0')] }, true],
		[{ signerList: [person(lisi, '127')] }, true],
		[{ signerList: [person(lisi, '128')] }, false],
		[
			withNode(
				{ nodeType: 'AGENT_SIGN', signerOrder: '1', signer: { ...wangwu, name: '王'.repeat(20) } },
				'RECEIVER_ENT',
			),
			true,
		],
		[
			withNode(
				{ nodeType: 'AGENT_SIGN', signerOrder: '1', signer: { ...wangwu, name: '王'.repeat(21) } },
				'RECEIVER_ENT',
			),
			false,
		],
		[
			withNode({ nodeType: 'AGENT_SIGN', signerOrder: '128', signer: wangwu }, 'RECEIVER_ENT'),
			false,
		],
	])('%j: %s', async (more, isTaken) => {
		const expected = isTaken ? { code: 10000 } : TOO_LONG;
		expect(await stage.answer(more)).toMatchObject(expected);
		expect(statuses()).toHaveLength(isTaken ? 1 : 0);
	});

	it('a subject that leaves room for the name of whoever sends it, where somebody is asked', async () => {
		const { colleague } = stage.sandbox;
		expect(await stage.answer({ subject: '同'.repeat(110) })).toMatchObject({ code: 10000 });
		const tooLong = await stage.answer({ subject: '同'.repeat(111) });
		expect(tooLong).toMatchObject({ code: 31000 });
		expect(tooLong.message).toMatch(/### Error updating database.*'mes_title'/);
		// The account's own name counts, not the one in the call.
		const operator = { ...colleague, name: '一个很长的名字' };
		expect(await stage.answer({ operator, subject: '同'.repeat(110) })).toMatchObject({
			code: 10000,
		});
		const places = [position(stage.docId, { controlType: 'SEAL' })];
		const alone = withNode(
			autoSeal('1', { sealId: stage.sandbox.sealId, positionParamList: places }),
		);
		expect(await stage.answer({ ...alone, subject: '同'.repeat(200) })).toMatchObject({
			code: 10000,
		});
		expect(statuses()).toEqual(['SIGNING', 'DRAFT', 'SIGNING', 'COMPLETE']);
	});
});

describe('a refusal once the fields have been checked leaves a draft', () => {
	it.each<[string, () => Record<string, unknown>, string]>([
		['no signer at all', () => ({ signerList: [] }), '签署人为空'],
		['signers of an unknown type', () => ({ signerList: [{ signerType: 'X' }] }), '签署人为空'],
		['no seal', () => withNode(seal({ sealId: undefined })), '组织签章未指定签章'],
		['an unknown seal', () => withNode(seal({ sealId: 'nope' })), '业务线实例-签章不存在'],
		[
			'an automatic seal without a place',
			() => withNode(seal({ autoSign: 'AUTO_SIGN' })),
			'自动盖章的签署节点未指定签署位置',
		],
		[
			'an automatic seal with a date',
			() =>
				withNode(
					seal({
						autoSign: 'AUTO_SIGN',
						positionParamList: [
							position(stage.docId, { controlType: 'SEAL' }),
							position(stage.docId, {
								controlType: 'SIGN_DATE',
								signDateFormat: 'LINE',
								controlWidth: '100',
							}),
						],
					}),
				),
			'For input string: "100.0"',
		],
		[
			'automatic sealing that is not opened',
			() => {
				stage.sandbox.switches.silentSigning = false;
				const positionParamList = [position(stage.docId, { controlType: 'CHOP_STAMP' })];
				return withNode(seal({ autoSign: 'AUTO_SIGN', positionParamList }));
			},
			'com.kaifangqian.exception.PaasException: 发起方企业未开通静默签署授权，或静默授权已到期，导致签署流程异常，请联系发起方企业。',
		],
	])('%s', async (_what, more, message) => {
		expect(await stage.answer(more())).toMatchObject({ code: 31000, message, result: null });
		expect(statuses()).toEqual(['DRAFT']);
		expect(stage.events()).toEqual([]);
		// A draft of the same is granted.
		if (message !== 'For input string: "100.0"')
			expect(await stage.answer({ ...more(), send: '0' })).toMatchObject({ code: 10000 });
	});

	it('but not one of what cannot be read', async () => {
		const broken = await stage.api.upload(Buffer.from('%PDF-1.4 broken'));
		expect(await stage.answer({ signDocumentList: [{ docId: broken }] })).toMatchObject({
			code: null,
			message: 'pdf文件异常',
		});
		expect(statuses()).toEqual([]);
	});
});

describe('contract/draft takes', () => {
	it.each<[Record<string, unknown>]>([
		[{ signOrderType: 'RANDOM' }],
		[{ controlChangeFlag: 'X' }],
		[{ autoFinish: 2 }],
		[{ annexList: [{ fileId: 'nope' }] }],
		[{ expireDate: '2030-02-30' }],
		[{ expireDate: '2099-01-01 12:00:00' }],
		[{ signTemplateParamList: [{ templateId: 'nope', templateParamList: [{ paramKey: 'a' }] }] }],
		[{ signerList: [person({ ...lisi, contact: '12345' }, '1', { verifyType: 'SMS' })] }],
	])('%j', async (more) => {
		expect(await stage.answer(more)).toMatchObject({ code: 10000 });
		expect(statuses()).toEqual(['SIGNING']);
	});

	it('a deadline however far away', async () => {
		for (const expireDate of ['9999-12-31', '10000-01-01', '20300-06-29'])
			expect(await stage.answer({ expireDate })).toMatchObject({ code: 10000 });
	});

	it('an order in digits of full width, as Java does', async () => {
		const id = await stage.contract({ signerList: [person(lisi, '２'), person(wangwu, '1')] });
		expect(await stage.asked(id)).toEqual([wangwu.contact]);
	});

	it('anything but 1 in send as a draft', async () => {
		for (const send of ['0', '2', 'true', 0, true])
			expect(await stage.answer({ send })).toMatchObject({ code: 10000 });
		expect(new Set(statuses())).toEqual(new Set(['DRAFT']));
	});

	it('no subject: then the time and the line are the subject', async () => {
		const id = await stage.contract({ subject: undefined });
		expect(stage.sandbox.control.contract(id).subject).toMatch(/^\d{13}-服务合同$/);
	});
});

describe('a preset line', () => {
	const preset = (...signerList: unknown[]) =>
		stage.answer({ signReId: stage.sandbox.lines.preset, signerList });

	it('takes only the receivers, with its own numbers', async () => {
		expect(await preset(person(lisi, '2'))).toMatchObject({ code: 10000 });
		expect(await preset(person(lisi, '7'))).toMatchObject({
			code: 21000,
			message: '个人签署方信息缺失',
		});
		expect(await preset()).toMatchObject({ code: 21000, message: '签署方信息缺失' });
		expect(await preset(person(lisi, '2'), person(wangwu, '3'))).toMatchObject({
			message: '业务处理失败,签署方与业务线配置签署方数据不一致，无法发起',
		});
		const other = company('RECEIVER_ENT', '2', seal({ signer: wangwu }));
		expect(await preset(other)).toMatchObject({ message: '业务处理失败,个人签署方类型错误' });
	});

	it('asks the sender first', async () => {
		const id = await stage.contract({
			signReId: stage.sandbox.lines.preset,
			signerList: [person(lisi, '2')],
		});
		expect(await stage.asked(id)).toEqual([stage.sandbox.operator.contact]);
		stage.sandbox.control.sign(id);
		expect(await stage.asked(id)).toEqual([lisi.contact]);
	});
});

describe('a template', () => {
	const UNFILLED = { code: 31000, message: '文档参数内容未填写完成，请完善' };
	const filled = (...templateParamList: Array<Record<string, unknown>>) =>
		stage.answer({
			signReId: stage.sandbox.lines.template,
			signDocumentList: undefined,
			signerList: [company('SENDER', '1', seal())],
			signTemplateParamList: [{ templateId: 'any', templateParamList }],
		});
	const amount = { paramKey: 'amount', paramValue: '1000' };

	it('asks the sender for what is required', async () => {
		expect(await filled()).toMatchObject(UNFILLED);
		expect(await filled({ ...amount, paramValue: '' })).toMatchObject(UNFILLED);
		expect(await filled({ ...amount, paramValue: null })).toMatchObject(UNFILLED);
		expect(await filled(amount, { paramKey: 'nosuch', paramValue: 'x' })).toMatchObject({
			code: 10000,
		});
		expect(statuses()).toEqual(['DRAFT', 'DRAFT', 'DRAFT', 'SIGNING']);
	});

	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['no key', { paramValue: 'x' }, { success: false, code: 500 }],
		['201 characters', { ...amount, paramValue: '1'.repeat(201) }, TOO_LONG],
		['200 characters', { ...amount, paramValue: '1'.repeat(200) }, { code: 10000 }],
		['emoji', { ...amount, paramValue: '😀' }, { code: 31000, message: '填写失败' }],
	])('with %s', async (_what, param, expected) => {
		expect(await filled(param)).toMatchObject(expected);
	});

	it('takes an image as plain Base64', async () => {
		const logo = (paramValue: string) => filled(amount, { paramKey: 'logo', paramValue });
		const png = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
		expect(await logo(png)).toMatchObject({ code: 10000 });
		expect(await logo(`data:image/png;base64,${png}`)).toMatchObject({ success: false });
		for (const none of ['', 'aGVsbG8='])
			expect(await logo(none)).toMatchObject({ code: 31000, message: '填写失败' });
		expect(await filled(amount, { paramKey: 'way', paramValue: '甲' })).toMatchObject({
			code: 10000,
		});
	});

	it('of a line with free signers needs the sender among them', async () => {
		expect(
			await stage.answer({
				signReId: stage.sandbox.lines.template,
				signTemplateParamList: [{ templateParamList: [amount] }],
			}),
		).toMatchObject({ code: 31000, message: '模板参数填写方未全部设置' });
	});

	it('reads dates as loosely as the server', async () => {
		const when = (paramValue: string) =>
			stage.answer({
				signReId: stage.sandbox.lines.presetTemplate,
				signDocumentList: undefined,
				signerList: [person(lisi, '2'), person(wangwu, '3')],
				signTemplateParamList: [{ templateParamList: [amount, { paramKey: 'when', paramValue }] }],
			});
		expect(await when('2030-13-45')).toMatchObject({ code: 10000 });
		for (const wrong of ['2030/06/29', '29.6.2030', 'soon'])
			expect(await when(wrong)).toMatchObject({
				code: 23000,
				message: '时间控件日期解析错误，请填写正确时间格式yyyy-MM-dd',
			});
	});
});
