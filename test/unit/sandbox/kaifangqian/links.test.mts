import { describe, expect, it } from 'vitest';
import { lisi, mobile, person, wangwu } from '../../../sandbox/kaifangqian/testing.mjs';
import { useStage } from './support.mjs';

const stage = useStage();
const taskUrl = async (params: Record<string, unknown>) =>
	(await stage.api.get('/contract/taskUrl', params)).json;
const pageUrl = async (params: Record<string, unknown>) =>
	(await stage.api.get('/contract/pageUrl', params)).json;
const firstTask = async (contractId: string): Promise<string> =>
	(await stage.api.tasks(contractId)).todoTaskList[0].taskId;
const NO_LINK = { code: 31000, message: '无法获取合同短链接，请检查请求参数' };

describe('taskUrl', () => {
	it('names the person’s phone, the contract and the task', async () => {
		const contractId = await stage.contract();
		const taskId = await firstTask(contractId);
		const base = `${stage.sandbox.origin}/#/contract/detail/base?taskType=sign&phone=${lisi.contact}&signRuId=${contractId}&taskId=${taskId}`;
		expect((await taskUrl({ contractId, taskId, linkType: 'xx' })).result).toEqual({
			pageUrl: base,
		});
		const callbackPage = 'https://shop.example.com/?a=1';
		expect((await taskUrl({ contractId, taskId, callbackPage })).result.pageUrl).toMatch(
			new RegExp(`^${base.replace(/[?/.]/g, '\\$&')}&callbackPageNo=\\d+$`),
		);
		const tooLong = await taskUrl({ contractId, taskId, callbackPage: 'x'.repeat(501) });
		expect(tooLong).toMatchObject({ success: false });
	});

	it('does not ask whether the task is open, nor whose contract it is', async () => {
		const contractId = await stage.contract();
		const taskId = await firstTask(contractId);
		stage.sandbox.control.sign(contractId);
		const other = await stage.contract();
		expect((await taskUrl({ contractId: other, taskId })).result.pageUrl).toContain(
			`signRuId=${other}&taskId=${taskId}`,
		);
		const appAuthToken = stage.sandbox.otherToken;
		expect(await taskUrl({ contractId, taskId, appAuthToken })).toMatchObject({ code: 10000 });
	});

	it('has no phone for people registered by e-mail, nor for nobody', async () => {
		const wei = { name: '卫', contactType: 'EMAIL', contact: 'wei@example.com' };
		await stage.api.post('/personCreateAndAuth', { account: wei });
		const contractId = await stage.contract({ signerList: [person(wei, '1')] });
		const taskId = await firstTask(contractId);
		expect((await taskUrl({ contractId, taskId })).result.pageUrl).toContain('&phone=null&');
	});

	it.each<[Record<string, unknown>, number, string]>([
		[{ contractId: undefined, taskId: 'x' }, 21000, 'contractId参数缺失'],
		[{ contractId: '', taskId: 'x' }, 21000, 'contractId参数缺失'],
		[{ contractId: 'nope', taskId: undefined }, 21000, 'taskId参数缺失'],
		[{ contractId: 'nope', taskId: 'x' }, 31000, '业务处理失败,contractId：nope数据不存在'],
	])('%j is refused', async (params, code, message) => {
		expect(await taskUrl(params)).toMatchObject({ code, message });
	});
});

describe('pageUrl', () => {
	it('is for the starter and for whoever has or had a task', async () => {
		const contractId = await stage.contract({
			signerList: [person(lisi, '1'), person(wangwu, '2')],
		});
		const to = ({ contact }: { contact: string }) => pageUrl({ contractId, contact });
		expect((await to(stage.sandbox.operator)).result.pageUrl).toMatch(
			/\/#\/contract\/detail\/base\?code=[A-Za-z0-9]{8}$/,
		);
		expect(await to(lisi)).toMatchObject({ code: 10000 });
		expect(await to(wangwu)).toMatchObject(NO_LINK);
		expect(await to(mobile('无', '13012341234'))).toMatchObject(NO_LINK);
		stage.sandbox.control.sign(contractId);
		for (const person of [lisi, wangwu]) expect(await to(person)).toMatchObject({ code: 10000 });
		stage.sandbox.control.recall(contractId);
		expect(await to(lisi)).toMatchObject({ code: 10000 });
	});

	it('with a task is for anybody', async () => {
		const contractId = await stage.contract();
		const taskId = await firstTask(contractId);
		const contact = '13012341234';
		expect(await pageUrl({ contractId, contact, taskId })).toMatchObject({ code: 10000 });
		expect(await pageUrl({ contractId, contact, taskId: 'nope' })).toMatchObject(NO_LINK);
		const partyName = '别的公司';
		expect(await pageUrl({ contractId, contact: lisi.contact, partyName })).toMatchObject({
			code: 10000,
		});
	});

	it.each<[Record<string, unknown>, object]>([
		[{ contact: undefined }, { code: 21000, message: '账号参数缺失' }],
		[{ contractId: undefined }, { code: 21000, message: 'contractId参数缺失' }],
		[{ contractId: 'nope' }, NO_LINK],
		[
			{ pageUrlExpireTime: '2099-01-01' },
			{ code: 23000, message: 'pageUrlExpireTime格式不正确：yyyy-MM-dd HH:mm:ss' },
		],
		[{ pageUrlExpireTime: '2020-01-01 00:00:00' }, { code: 10000 }],
		[{ pageUrlExpireTime: '2099-01-01 00:00:00' }, { code: 10000 }],
		[{ noLogin: 'perhaps' }, { success: false }],
	])('%j', async (more, expected) => {
		const contractId = await stage.contract();
		const contact = stage.sandbox.operator.contact;
		expect(await pageUrl({ contractId, contact, noLogin: 'true', ...more })).toMatchObject(
			expected,
		);
	});
});

describe('tasks', () => {
	it('are shown of anybody’s contract, the rest only to its owner', async () => {
		const contractId = await stage.contract();
		const appAuthToken = stage.sandbox.otherToken;
		const { json } = await stage.api.get('/contract/tasks', { contractId, appAuthToken });
		expect(json).toMatchObject({ code: 10000, result: { status: 'SIGNING' } });
		expect(await stage.codeOf('/contract/recall', { contractId, appAuthToken })).toBe(31000);
	});

	it('are refused without an id', async () => {
		for (const contractId of [undefined, '']) {
			const { json } = await stage.api.get('/contract/tasks', { contractId });
			expect(json).toMatchObject({ code: 21000, message: 'contractId 参数缺失' });
		}
	});

	it('are spelled as the switch says', async () => {
		const contractId = await stage.contract();
		stage.sandbox.switches.statusSpelling = 'public';
		stage.sandbox.control.signAll(contractId);
		expect((await stage.api.tasks(contractId)).status).toBe('COMPLETED');
		expect(stage.events().slice(-1)).toEqual(['COMPLETE COMPLETED']);
	});
});

describe('accounts', () => {
	it.each<[string, Record<string, unknown>, object]>([
		['/personCreateAndAuth', { account: undefined }, { code: 21000, message: 'account参数缺失' }],
		[
			'/personCreateAndAuth',
			{ account: {} },
			{ code: 31000, message: '账号类型仅支持MOBILE、EMAIL' },
		],
		[
			'/personCreateAndAuth',
			{ account: mobile('', '23800138000') },
			{ code: 23000, message: 'contact参数格式不正确,手机号格式不合法' },
		],
		[
			'/companyCreateAndAuth',
			{ account: { contactType: 'EMAIL', contact: 'a@b' } },
			{ code: 23000, message: 'contact参数格式不正确,邮箱格式不合法' },
		],
		[
			'/companyCreateAndAuth',
			{ account: lisi, companyName: '' },
			{ code: null, message: '信息不全' },
		],
		['/companyCreateAndAuth', { account: lisi, companyName: '司'.repeat(32) }, { code: 10000 }],
		['/companyCreateAndAuth', { account: lisi, companyName: '司'.repeat(33) }, { success: false }],
	])('%s %j', async (path, params, expected) => {
		expect((await stage.api.post(path, params)).json).toMatchObject(expected);
	});

	it('whoever registers a company that is there becomes its member', async () => {
		const { companyName } = stage.sandbox;
		const lines = async () => (await stage.api.get('/signRes', { contact: wangwu.contact })).json;
		expect(await lines()).toMatchObject({
			message: `业务处理失败,contact：${wangwu.contact}不存在于${companyName}`,
		});
		await stage.api.post('/companyCreateAndAuth', { account: wangwu, companyName });
		expect(await lines()).toMatchObject({ code: 10000, result: [] });
	});
});
