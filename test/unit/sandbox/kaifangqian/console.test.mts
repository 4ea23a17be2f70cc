import { describe, expect, it } from 'vitest';
import { autoSeal, company, lisi, person, wangwu } from '../../../sandbox/kaifangqian/testing.mjs';
import {
	buttonsOf,
	follow,
	HOSTILE,
	isClean,
	noticeOf,
	open,
	press,
	send,
} from '../pageReader.mjs';
import { useStage } from './support.mjs';

const stage = useStage({ switches: { hostedSite: true } });
const console = async () => await open(stage.sandbox.origin);

describe('the console', () => {
	it('shows what n8n asks for, to be copied', async () => {
		const { sandbox } = stage;
		const page = await console();
		expect(page.status).toBe(200);
		const { operator, colleague, lines, ...facts } = sandbox;
		for (const text of [
			facts.companyName,
			operator.name,
			operator.contact,
			facts.token,
			facts.baseUrl,
			facts.sealId,
			lines.free,
			lines.presetTemplate,
		])
			expect(page.html).toContain(`data-copy="${text}"`);
		expect(page.text).toContain(`${colleague.name} ${colleague.contact} may send`);
		expect(page.text).toContain('周八 13500135000 may use no line');
	});

	it('tells lines apart', async () => {
		const { lines, control } = stage.sandbox;
		const { text } = await console();
		expect(text).toContain(`服务合同 ${lines.free} Copy free signers 自定义 enabled 启用`);
		expect(text).toContain(`${lines.preset} Copy preset signers 规则 enabled 启用`);
		expect(text).toContain(`旧合同 ${lines.disabled} Copy free signers 自定义 disabled 停用`);
		expect(text).toContain(
			`${lines.approving} Copy free signers 自定义 enabled 启用 approval before start 审批`,
		);
		// Of another company.
		expect(text).not.toContain(lines.foreign);
		control.setLine('free', 'disabled');
		expect((await console()).text).toContain(
			`服务合同 ${lines.free} Copy free signers 自定义 disabled 停用`,
		);
	});

	it('says that the token is switched off', async () => {
		expect((await console()).text).not.toContain(`${stage.sandbox.token} Copy disabled`);
		stage.sandbox.control.setTokenEnabled(false);
		expect((await console()).text).toContain(`${stage.sandbox.token} Copy disabled 停用`);
	});

	it('opens links of the form /#/contract/detail/base', async () => {
		expect((await console()).html).toContain("location.hash.startsWith('#/contract/')");
	});

	it('leads to the verification of companies', async () => {
		const headers = { appAuthToken: stage.sandbox.token, uniqueCode: 'u' };
		const asked = { corpIdentInfo: { companyName: '远山贸易有限公司' } };
		await stage.api.post('/auth/corp/ident/link', asked, headers);
		const order = await follow(await console(), '远山贸易有限公司');
		expect((await press(order, '完成认证 Verify')).text).toContain('已认证 Verified');
		expect((await console()).text).toContain('远山贸易有限公司 已认证 Verified');
		expect((await send(order.url, { action: 'perhaps' })).status).toBe(400);
	});
});

describe('contracts on the console', () => {
	it('stand there newest first, with their status in both languages', async () => {
		const first = await stage.contract({ subject: '第一份' });
		const second = await stage.contract({ subject: '第二份', send: '0' });
		const { text } = await console();
		expect(text).toContain('Contracts (合同) · 2');
		expect(text.indexOf(second)).toBeLessThan(text.indexOf(first));
		expect(text).toContain('第二份 DRAFT 草稿');
		expect(text).toContain('第一份 SIGNING 签署中');
	});

	it('are signed by whoever is asked, on the page of the task', async () => {
		const id = await stage.contract({
			subject: '服务合同',
			signerList: [person(lisi, '1'), person(wangwu, '2')],
		});
		const first = await console();
		expect(first.text).toContain('Sign (签署) Open as 李四 13900139000');
		expect(first.text).not.toContain('Open as 王五');
		const task = await follow(first, 'Open as 李四');
		expect(task.text).toContain('签署 Signing · 李四');
		expect((await press(task, '签署 Sign')).text).toContain('已提交 Submitted');
		const page = await follow(await console(), 'Open as 王五');
		await press(page, '拒签 Refuse', { reason: '条款不同意' });
		expect(stage.sandbox.control.contract(id)).toMatchObject({
			status: 'REFUSAL_SIGN',
			reason: '条款不同意',
		});
		expect((await console()).text).toContain('reason: 条款不同意');
	});

	it('are shown to the sender', async () => {
		await stage.contract({ subject: '服务合同' });
		const page = await follow(await console(), 'View as 张三');
		expect(page.text).toContain('办理人 You 13800138000');
		expect(page.text).toContain('没有待办任务');
	});

	it('are sealed where nobody is named', async () => {
		const id = await stage.contract({
			signerList: [company('RECEIVER_ENT', '1', autoSeal())],
		});
		const page = await console();
		expect(page.text).toContain('nobody named');
		await press(page, 'Set the Seal (签章)');
		expect(stage.status(id)).toBe('COMPLETE');
	});

	it('only twenty are shown', async () => {
		for (let count = 0; count < 22; count += 1) await stage.contract({ subject: `第${count}份` });
		const { text } = await console();
		expect(text).toContain('… and 2 older ones.');
		expect(text).toContain('第2份');
		expect(text).not.toContain('第1份');
	});
});

describe('buttons of a contract', () => {
	type Step = [label: string, status: string, event: string, typed?: Record<string, string>];
	const pressed = async (contractId: string, label: string, typed?: Record<string, string>) =>
		await press(await console(), label, typed, { contractId });

	it.each<[string, Step[]]>([
		['1', [['Recall (撤回)', 'RECALLED', 'RECALLED RECALLED', { reason: '价格有误' }]]],
		['1', [['Sign All (全部签署)', 'COMPLETE', 'COMPLETE COMPLETE']]],
		['1', [['Expire (过期)', 'EXPIRED', 'EXPIRED SIGNING']]],
		[
			'0',
			[
				['Delete (删除)', 'DELETED', 'DELETE DELETED'],
				['Restore (恢复)', 'DRAFT', 'DELETE DELETED'],
				['Start Signing (发起)', 'SIGNING', 'SEND_SIGNING SIGNING'],
			],
		],
	])('do what tests do (send=%s): %j', async (isSent, steps) => {
		const other = await stage.contract();
		const id = await stage.contract({ send: isSent });
		for (const [label, status, event, typed] of steps) {
			const page = await pressed(id, label, typed);
			expect(noticeOf(page)).toEqual({
				tone: 'good',
				text: `${label}: contract ${id} is ${status} now.`,
			});
			const { reason } = stage.sandbox.control.contract(id);
			expect([stage.status(id), reason ?? undefined]).toEqual([status, typed?.reason]);
			expect(stage.events().at(-1)).toBe(event);
		}
		expect(stage.status(other)).toBe('SIGNING');
	});

	it.each<[string, (id: string) => void, string[]]>([
		[
			'SIGNING',
			() => {},
			['Sign All (全部签署)', 'Recall (撤回)', 'Expire (过期)', 'Delete (删除)'],
		],
		['COMPLETE', (id) => stage.sandbox.control.signAll(id), ['Delete (删除)']],
		['RECALLED', (id) => stage.sandbox.control.recall(id), ['Delete (删除)']],
		['DELETED', (id) => stage.sandbox.control.remove(id), ['Restore (恢复)']],
	])('are those that %s allows', async (_status, act, labels) => {
		const contractId = await stage.contract();
		act(contractId);
		expect(buttonsOf(await console(), { contractId })).toEqual(labels);
	});

	it('say why nothing has happened, on a page that is no longer true', async () => {
		const contractId = await stage.contract();
		const stale = await console();
		stage.sandbox.control.signAll(contractId);
		expect(noticeOf(await press(stale, 'Recall'))).toEqual({
			tone: 'bad',
			text: '实例状态为已完成,不可撤回',
		});
		const form = `${stage.sandbox.origin}/console/contract`;
		const unknown = await send(form, { action: 'recall', contractId: 'nope' });
		expect(noticeOf(unknown)).toMatchObject({ tone: 'bad', text: 'There is no contract nope' });
		const odd = await send(form, { action: 'toString', contractId });
		expect(noticeOf(odd)).toMatchObject({ tone: 'bad', text: "There is no button 'toString'" });
	});

	it('are not pressed by the pages of other sites', async () => {
		const contractId = await stage.contract();
		const form = `${stage.sandbox.origin}/console/contract`;
		const values = { action: 'recall', contractId };
		for (const site of ['cross-site', 'same-site'])
			expect((await send(form, values, { 'Sec-Fetch-Site': site })).status).toBe(403);
		expect(stage.status(contractId)).toBe('SIGNING');
		await send(form, values, { 'Sec-Fetch-Site': 'same-origin' });
		expect(stage.status(contractId)).toBe('RECALLED');
	});
});

describe('hostile texts', () => {
	it('stay texts, on every page', async () => {
		const hostile = { ...lisi, name: HOSTILE.slice(0, 50) };
		const id = await stage.contract({
			subject: HOSTILE,
			signerList: [person(hostile, '1'), person({ ...wangwu, name: '<img src=x>' }, '2')],
		});
		const page = await console();
		expect([isClean(page), page.text.includes(HOSTILE)]).toEqual([true, true]);
		expect(page.text).toContain(`Open as ${hostile.name}`);
		const pages = [
			await follow(page, `Open as ${hostile.name.slice(0, 10)}`),
			await press(page, 'Recall', { reason: HOSTILE }),
			await press(page, 'Test (测试)', { url: HOSTILE }),
			await press(page, 'Save (保存)', { url: `http://127.0.0.1:1/${HOSTILE}` }),
			await open(`${stage.sandbox.origin}/?said=${encodeURIComponent(HOSTILE)}`),
			await open(`${stage.sandbox.origin}/${encodeURIComponent(HOSTILE)}`),
		];
		for (const each of pages) expect(isClean(each)).toBe(true);
		expect(stage.sandbox.control.contract(id).reason).toBe(HOSTILE);
		expect((await console()).text).toContain(`reason: ${HOSTILE}`);
	});
});

describe('no page is bare', () => {
	it.each(['/nope', '/console', '/contract/detail', '/favicon.ico'])('%s', async (path) => {
		const page = await open(stage.sandbox.origin + path);
		expect(page.text).toContain('This is a stand-in for Kaifangqian (开放签)');
		expect((await follow(page, '开放签 stand-in')).text).toContain('Contracts (合同)');
	});

	it.each(['/console/open/nope', '/contract/detail/base?code=nope', '/ident/nope'])(
		'%s',
		async (path) => {
			const page = await open(stage.sandbox.origin + path);
			expect(page.status).toBe(404);
			expect(page.text).toMatch(/Cannot be opened|No such order/);
			expect(page.links[0]).toEqual({ label: '开放签', href: '/' });
		},
	);

	it('controls answer in JSON', async () => {
		const page = await open(`${stage.sandbox.origin}/__control/nope`);
		expect([page.status, JSON.parse(page.html)]).toEqual([
			404,
			{ error: 'There is no control GET /__control/nope' },
		]);
	});
});
