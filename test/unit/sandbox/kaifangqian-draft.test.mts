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
const draftCode = async (more: Record<string, unknown>) =>
	(
		await api.post('/contract/draft', {
			operator: sandbox.operator,
			signReId: sandbox.lines.free,
			send: '1',
			signDocumentList: [{ docId }],
			signerList: [person(lisi, '1')],
			...more,
		})
	).json as { code: number; message: string };
const codeOf = async (path: string, params: Record<string, unknown>) =>
	(await api.post(path, params)).json.code;
const status = (contractId: string) => sandbox.control.contract(contractId).status;

describe('draft', () => {
	it.each([
		[{ send: undefined }, 21000, '是否直接发起 参数缺失'],
		[{ send: '2' }, 24000, ''],
		[{ operator: undefined }, 21000, 'operator 参数缺失'],
		[{ operator: { name: '张三', contactType: 'MOBILE' } }, 21000, 'contact 参数缺失'],
		[
			{ operator: { name: '张三', contactType: 'MOBILE', contact: '12800138000' } },
			23001,
			'手机号不合法',
		],
		[{ operator: { name: '张三', contactType: 'EMAIL', contact: 'nobody' } }, 23000, ''],
		[{ operator: { name: '张三', contactType: 'WECHAT', contact: 'x' } }, 31000, ''],
		[{ operator: { name: '外人', contactType: 'MOBILE', contact: '13999999999' } }, 31000, ''],
		[{ signReId: 'x'.repeat(65) }, 23000, '长度不合法'],
		[{ signReId: 'unknown' }, 31000, '业务处理失败,'],
		[{ expireDate: '2030/01/01' }, 23000, ''],
		[{ expireDate: '2030-02-30' }, 23000, ''],
		[{ expireDate: '2020-01-01' }, 31000, ''],
		[{ autoFinish: '1' }, 23000, '类型不正确'],
		[{ signDocumentList: [{ docId: 'nope' }] }, 31000, ''],
		[{ signDocumentList: [] }, 31000, ''],
		[{ signerList: [{ signerType: 'SENDER', signerOrder: '1' }] }, 21000, 'internalNodeList'],
		[{ signerList: [{ signerType: 'RECEIVER_PERSONAL', signerOrder: '1' }] }, 21000, 'receiver'],
		[
			{ signerList: [company('SENDER', '1', { nodeType: 'AGENT_SIGN', signerOrder: '1' })] },
			21000,
			'signer',
		],
		[
			{ signerList: [company('SENDER', '1', { ...autoSeal(), nodeType: 'AGENT_SIGN' })] },
			31000,
			'',
		],
	])('refuses %j with %i', async (more, code, text) => {
		const answer = await draftCode(more);
		expect(answer).toMatchObject({ code, message: expect.stringContaining(text) });
		expect(sandbox.control.contracts()).toHaveLength(0);
	});

	it('refuses lines that are disabled, foreign or not for the operator', async () => {
		expect((await draftCode({ signReId: sandbox.lines.disabled })).code).toBe(31000);
		expect((await draftCode({ signReId: sandbox.lines.foreign })).code).toBe(31000);
		expect((await draftCode({ operator: sandbox.visitor })).code).toBe(31000);
	});

	it.each([
		[{ controlType: 'SEAL' }, 31000],
		[{ relationDocList: undefined }, 31000],
		[{ relationDocList: [{ docType: '1', docId: 'nope' }] }, 31000],
		[{ pageConfig: undefined }, 21000],
		[{ pageConfig: 'SOME' }, 23000],
		[{ offsetX: undefined }, 21000],
		[{ offsetX: '1.01' }, 23000],
		[{ offsetY: '-0.1' }, 23000],
		[{ offsetY: 0.5 }, 23000],
		[{ controlWidth: '9' }, 23000],
		[{ controlHeight: '121' }, 23000],
		[{ controlType: 'SIGN_DATE' }, 21000],
		[{ signPositionType: 'KEYWORD' }, 21000],
		[{ signPositionType: 'KEYWORD', keyword: '甲', keywordType: '2' }, 24000],
	])('refuses the position %j with %i', async (more, code) => {
		const relationDocList = [{ docType: '1', docId }];
		const position = {
			controlType: 'SIGNATURE',
			signPositionType: 'POSITION',
			relationDocList,
			pageConfig: '1',
			offsetX: '0.5',
			offsetY: '0.5',
			...more,
		};
		const signerList = [person(lisi, '1', { positionParamList: [position] })];
		expect((await draftCode({ signerList })).code).toBe(code);
	});

	it('breaks on a keyword offset that is no integer', async () => {
		const relationDocList = [{ docType: '1', docId }];
		const position = {
			controlType: 'SIGNATURE',
			signPositionType: 'KEYWORD',
			relationDocList,
			keyword: '甲',
			keywordType: '1',
			offsetX: '0.5',
		};
		const signerList = [person(lisi, '1', { positionParamList: [position] })];
		expect(await draftCode({ signerList })).toMatchObject({ success: false });
	});

	it('saves a draft without tasks and callbacks, which a person can send later', async () => {
		const id = await draft({ send: '0' });
		expect(await api.tasks(id)).toEqual({ status: 'DRAFT', todoTaskList: [] });
		expect(await codeOf('/contract/recall', { contractId: id })).toBe(31000);
		expect(events()).toEqual([]);
		sandbox.control.start(id);
		expect(status(id)).toBe('SIGNING');
	});

	it('asks preset lines for the number and kinds of signers', async () => {
		const signReId = sandbox.lines.preset;
		expect((await draftCode({ signReId })).code).toBe(31000);
		const wrong = [person(lisi, '1'), person(wangwu, '2')];
		expect((await draftCode({ signReId, signerList: wrong })).code).toBe(31000);
		const right = [person(lisi, '2'), company('SENDER', '1', autoSeal())];
		expect((await draftCode({ signReId, signerList: right })).code).toBe(10000);
	});

	it('asks template lines for the required params', async () => {
		const signReId = sandbox.lines.template;
		const fill = (paramValue: string) => ({
			signReId,
			signDocumentList: undefined,
			signTemplateParamList: [
				{
					templateId: sandbox.templateId,
					templateParamList: [{ paramKey: sandbox.templateParamKey, paramValue }],
				},
			],
		});
		expect((await draftCode({ signReId })).code).toBe(31000);
		expect((await draftCode(fill(''))).code).toBe(31000);
		expect((await draftCode(fill('1000'))).code).toBe(10000);
	});
});
