import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaller, type Call } from '../../sandbox/qiandun/caller.mjs';
import { startQiandun, type QiandunSandbox } from '../../sandbox/qiandun/index.mjs';
import { startReceiver } from '../../sandbox/shared/receiver.mjs';
import { buttonsOf, HOSTILE, isClean, noticeOf, open, press, send } from './pageReader.mjs';

let sandbox: QiandunSandbox;
let call: Call;
beforeAll(async () => {
	sandbox = await startQiandun();
	call = createCaller(sandbox);
});
const opened: Array<() => Promise<unknown>> = [];
afterEach(async () => {
	sandbox.reset();
	for (const close of opened.splice(0)) await close();
});
afterAll(async () => await sandbox.close());

const console = async () => await open(sandbox.origin);
const receiver = async (answer?: Parameters<typeof startReceiver>[0]) => {
	const started = await startReceiver(answer);
	opened.push(started.close);
	return started;
};
const listening = async (answer?: Parameters<typeof startReceiver>[0]) => {
	const started = await receiver(answer);
	await sandbox.control.setCallbackUrl(started.url);
	started.heard.length = 0;
	return started;
};
const businessTypes = (heard: Array<{ body: Buffer }>) =>
	heard.map(({ body }) => (JSON.parse(body.toString()) as { businessType: string }).businessType);

describe('the console', () => {
	it('shows what n8n asks for, to be copied', async () => {
		const { seeds, appKey, appSecret, baseUrl, paths } = sandbox;
		const page = await console();
		expect(page.status).toBe(200);
		for (const text of [
			baseUrl,
			appKey,
			appSecret,
			paths.start,
			seeds.company.accountId,
			seeds.person.accountId,
			seeds.contract.contractId,
			seeds.files.onePage,
			...seeds.seals.map(String),
		])
			expect(page.html).toContain(`data-copy="${text}"`);
		expect(page.text).toContain('某某科技有限公司 verified 已认证');
		expect(page.text).toContain('未认证贸易有限公司 not verified 未认证');
		expect(page.text).toContain(`${seeds.sealIds.authorised} Copy silent signing allowed 已授权`);
		expect(page.text).toContain(`${seeds.sealIds.company} Copy not allowed 未授权`);
	});

	it('shows contracts newest first, and who has signed', async () => {
		const { seeds, paths } = sandbox;
		const body = {
			docs: [{ fileCode: seeds.files.onePage }],
			signers: [{ accountId: seeds.person.accountId }],
			signFlowInitiator: { accountId: seeds.company.accountId },
		};
		const { json } = await call('POST', paths.start, { body });
		const { text } = await console();
		expect(text).toContain('Contracts (合同) · 2');
		expect(text.indexOf(json?.result.contractId)).toBeLessThan(
			text.indexOf(seeds.contract.contractId),
		);
		expect(text).toContain('started by 某某科技有限公司');
		expect(text).toContain('signed 已签署 王五 3321');
		expect(text).toContain('open 待签署 李四 PSN_TEST_001 Sign as 李四 (签署)');
	});
});

describe('its buttons', () => {
	it('sign, and tell it', async () => {
		const { contractId, unfinishedAccountId } = sandbox.seeds.contract;
		const { heard } = await listening();
		const page = await press(await console(), 'Sign as 李四 (签署)');
		await sandbox.callbacks.idle();
		expect(noticeOf(page).text).toMatch(/^Done, and told as [0-9a-f-]{36}\.$/);
		expect(businessTypes(heard)).toEqual(['OPEN_CONTRACT_SIGNED']);
		const signer = sandbox.control
			.contract(contractId)
			?.signers.find(({ accountId }) => accountId === unfinishedAccountId);
		expect(signer?.finished).toBe(true);
		expect(buttonsOf(await console(), { action: 'sign' })).toEqual([]);
	});

	it('report a status, the usual one or that which is typed', async () => {
		const { contractId } = sandbox.seeds.contract;
		const { heard } = await listening();
		const report = 'Report Status (合同状态变更)';
		await press(await console(), report);
		expect(sandbox.control.contract(contractId)?.status).toBe('finished');
		await press(await console(), report, { status: 'sandbox-only-status' });
		expect((await console()).text).toContain('sandbox-only-status');
		await sandbox.callbacks.idle();
		expect(businessTypes(heard)).toEqual(Array(2).fill('OPEN_CONTRACT_STATUS_CHANGED'));
	});

	it('verify companies and persons, or do not', async () => {
		const { seeds, control } = sandbox;
		const { heard } = await listening();
		const { accountId: company } = seeds.unauthenticatedCompany;
		const { accountId: person } = seeds.unauthenticatedPerson;
		const outcomes: boolean[] = [];
		for (const label of ['Fail (未通过)', 'Pass (认证通过)'])
			for (const accountId of [company, person]) {
				await press(await console(), label, {}, { accountId });
				const account = control.company(accountId) ?? control.person(accountId);
				outcomes.push(account?.authenticated === true);
			}
		expect(outcomes).toEqual([false, false, true, true]);
		await sandbox.callbacks.idle();
		expect(businessTypes(heard).sort()).toEqual([
			'OPEN_CORP_CERT_RESULT',
			'OPEN_CORP_CERT_RESULT',
			'OPEN_PSN_CERT_RESULT',
			'OPEN_PSN_CERT_RESULT',
		]);
	});

	it('say that nobody is told, and what cannot be done', async () => {
		const done = await press(await console(), 'Sign as 李四');
		expect(noticeOf(done)).toMatchObject({ tone: 'warn' });
		const form = `${sandbox.origin}/console/action`;
		const noted = async (values: Record<string, string>, headers = {}) =>
			noticeOf(await send(form, values, headers)).text;
		expect(await noted({ action: 'sign', contractId: '1' })).toBe('The stand-in has no contract 1');
		expect(await noted({ action: 'constructor' })).toBe("There is no button 'constructor'");
		const site = { 'Sec-Fetch-Site': 'cross-site' };
		expect((await send(form, { action: 'status' }, site)).status).toBe(403);
	});
});

describe('the callback address', () => {
	it('is tested with one GET before it is saved', async () => {
		const { url, heard } = await receiver(() => ({ status: 404 }));
		const page = await press(await console(), 'Save (保存)', { url });
		expect(noticeOf(page)).toEqual({ tone: 'good', text: `Saved: ${url}` });
		expect(heard.map(({ method }) => method)).toEqual(['GET']);
		expect(sandbox.control.callbackTarget()).toEqual({ url, types: null });
		expect(sandbox.callbacks.connectivityTests).toMatchObject([{ url, status: 404 }]);
	});

	it('is not saved without an answer', async () => {
		const { url } = await listening();
		const dead = 'http://127.0.0.1:1/hook';
		const page = await press(await console(), 'Save (保存)', { url: dead });
		expect(noticeOf(page).text).toMatch(/^Not saved: no answer from .*ECONNREFUSED/);
		expect(page.text).toContain(`Not saved. In use: ${url}`);
		expect(sandbox.control.callbackTarget()?.url).toBe(url);
	});

	it('keeps the types that are switched on', async () => {
		const { url } = await receiver();
		await sandbox.control.setCallbackUrl(url, ['OPEN_CONTRACT_SIGNED']);
		await press(await console(), 'Save (保存)', { url: `${url}?2` });
		expect(sandbox.control.callbackTarget()).toEqual({
			url: `${url}?2`,
			types: ['OPEN_CONTRACT_SIGNED'],
		});
		await press(await console(), 'Save (保存)', { url: '' });
		expect(sandbox.control.callbackTarget()).toBeNull();
	});

	it('can be tested alone', async () => {
		const { url } = await receiver(() => ({ body: 'ready' }));
		const said = noticeOf(await press(await console(), 'Test (测试)', { url }));
		expect([said.tone, said.text]).toEqual(['good', expect.stringContaining('HTTP 200')]);
		expect(sandbox.control.callbackTarget()).toBeNull();
		const dead = await press(await console(), 'Test (测试)', { url: 'http://127.0.0.1:1/' });
		expect(noticeOf(dead)).toMatchObject({ tone: 'bad' });
	});
});

describe('the last callbacks', () => {
	it('are shown with type, answer, what the caller did, and next try', async () => {
		let status = 500;
		const { heard } = await listening(() => ({ status, body: '<i>no</i>' }));
		const transactionId = sandbox.control.contractStatusChanged(sandbox.seeds.contract.contractId);
		await sandbox.callbacks.idle();
		const failed = await console();
		expect(failed.text).toContain(
			`OPEN_CONTRACT_STATUS_CHANGED 合同状态变更 ${transactionId} HTTP 500 <i>no</i> not confirmed by hand`,
		);
		expect(failed.html).not.toContain('<i>no');
		status = 200;
		const again = await press(failed, 'Send the 1 Not Confirmed Again (重推)');
		expect(noticeOf(again).text).toBe('Sent 1 again.');
		expect(heard).toHaveLength(2);
		await call('POST', sandbox.paths.details, { body: { transactionId } });
		expect((await console()).text).toContain(
			'HTTP 200 <i>no</i> asked back not confirmed none needed',
		);
		await call('POST', sandbox.paths.confirm, { body: { transactionId } });
		const confirmed = await console();
		expect(confirmed.text).toContain('asked back confirmed none needed');
		expect(buttonsOf(confirmed).join()).not.toContain('Not Confirmed');
	});

	it('say when nobody answered, also of types that no document lists', async () => {
		const { close } = await listening();
		opened.length = 0;
		await close();
		sandbox.control.unknownType(HOSTILE);
		await sandbox.callbacks.idle();
		const page = await console();
		expect(page.text).toContain(HOSTILE.slice(0, 60));
		expect(page.text).toMatch(/no answer .*ECONNREFUSED/);
		expect(isClean(page)).toBe(true);
	});
});

it('hostile names stay texts', async () => {
	const { control, state, seeds } = sandbox;
	control.passPerson({ accountId: HOSTILE, data: { psnName: HOSTILE } });
	control.contractStatusChanged(seeds.contract.contractId, HOSTILE);
	control.addFile({ fileCode: HOSTILE });
	state.contracts[0].signers.push({ accountId: HOSTILE, finished: false });
	const page = await console();
	expect([isClean(page), page.text.includes(`Sign as ${HOSTILE}`)]).toEqual([true, true]);
	await press(page, `Sign as ${HOSTILE}`);
	expect(state.contracts[0].signers.at(-1)?.finished).toBe(true);
});
