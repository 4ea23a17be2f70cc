import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaller, type Call } from '../../sandbox/qiandun/caller.mjs';
import { startQiandun, type QiandunSandbox } from '../../sandbox/qiandun/index.mjs';
import { startReceiver } from '../../sandbox/shared/receiver.mjs';
import { buttonsOf, follow, HOSTILE, isClean, open, press, send } from './pageReader.mjs';

let sandbox: QiandunSandbox;
let call: Call;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
	sandbox = await startQiandun();
	call = createCaller(sandbox);
	receiver = await startReceiver();
});
afterEach(() => {
	sandbox.reset();
	receiver.heard.length = 0;
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

/** The content that each notification since then stands for. */
const told = async (): Promise<Array<Record<string, unknown>>> => {
	await sandbox.callbacks.idle();
	const posts = receiver.heard.filter(({ method }) => method === 'POST');
	return await Promise.all(
		posts.map(async ({ body }) => {
			const { transactionId } = JSON.parse(body.toString()) as { transactionId: string };
			const { json } = await call('POST', sandbox.paths.details, { body: { transactionId } });
			return json?.result as Record<string, unknown>;
		}),
	);
};
const listen = async () => await sandbox.control.setCallbackUrl(receiver.url);

describe('silent signing', () => {
	const linkFor = async (body: object): Promise<string> => {
		const { json } = await call('POST', '/open/seal/autosign/auth/url', { body });
		return json?.result.authUrl as string;
	};
	const company = () => ({
		accountId: sandbox.seeds.company.accountId,
		sealIds: [sandbox.seeds.sealIds.company],
		redirectUrl: 'https://shop.example.com/?a=1&b=2',
	});
	const authorised = async (sealId: number): Promise<number> => {
		const { json } = await call('GET', '/open/seal/detail', {
			query: [['sealId', String(sealId)]],
		});
		return json?.result.autosignAuthorizeList.length as number;
	};

	it('is allowed: the seal is authorised, and the app is told', async () => {
		await listen();
		const page = await open(await linkFor(company()));
		expect(page.text).toContain('用户 Owner 某某科技有限公司 (CORP_TEST_001)');
		expect(page.text).toContain(`公章 ${sandbox.seeds.sealIds.company}`);
		const done = await press(page, '同意授权 Allow');
		expect(done.text).toContain('已授权 Allowed');
		expect(done.links.at(-1)).toEqual({
			label: '返回 Back',
			href: 'https://shop.example.com/?a=1&b=2',
		});
		expect(await authorised(sandbox.seeds.sealIds.company)).toBe(1);
		expect(await told()).toMatchObject([
			{
				businessType: 'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH',
				sealId: sandbox.seeds.sealIds.company,
				authorizeStatus: 'authorized',
			},
		]);
	});

	it('is allowed once, whatever is pressed afterwards', async () => {
		const url = await linkFor(company());
		const stale = await open(url);
		await press(stale, '同意授权 Allow');
		for (const label of ['同意授权 Allow', '拒绝 Refuse'])
			expect((await press(stale, label)).text).toContain('已授权 Allowed');
		expect(await authorised(sandbox.seeds.sealIds.company)).toBe(1);
		expect(buttonsOf(await open(url)).filter((label) => label !== 'Copy')).toEqual([]);
	});

	it('is refused: nothing is authorised, and nobody is told', async () => {
		await listen();
		const page = await open(await linkFor(company()));
		expect((await press(page, '拒绝 Refuse')).text).toContain('已拒绝 Refused');
		expect(await authorised(sandbox.seeds.sealIds.company)).toBe(0);
		expect(await told()).toEqual([]);
		// The owner may be asked again.
		expect((await open(await linkFor(company()))).text).toContain('同意授权 Allow');
	});

	it('without seals asks for all of the account', async () => {
		const { accountId } = sandbox.seeds.secondPerson;
		const page = await open(await linkFor({ accountId, sealIds: null }));
		expect(page.text).toContain(`个人章 ${sandbox.seeds.sealIds.person}`);
		await press(page, '同意授权 Allow');
		expect(await authorised(sandbox.seeds.sealIds.person)).toBe(1);
		const nothingLeft = await open(await linkFor({ accountId, sealIds: null }));
		expect(nothingLeft.text).toContain('No seal is left to be allowed');
	});

	it('leads back to web addresses only', async () => {
		const url = await linkFor({ ...company(), redirectUrl: 'javascript:alert(1)' });
		expect((await press(await open(url), '拒绝 Refuse')).html).not.toContain('javascript:');
	});

	it('is found on the console', async () => {
		await linkFor(company());
		const label = 'Silent signing (静默签授权) of 某某科技有限公司';
		const console = await open(sandbox.origin);
		expect(console.text).toContain(`${label} open 待办`);
		await press(await follow(console, label), '同意授权 Allow');
		expect((await open(sandbox.origin)).text).toContain(`${label} 已授权 Allowed`);
	});
});

describe('person verification', () => {
	const linkFor = async (body: object): Promise<string> => {
		const { json } = await call('POST', '/open/psnCert/getUrl', { body });
		return json?.result.sandboxOnlyUrl as string;
	};
	const chen = { psnName: '陈十', psnIDCardNum: '110101199501015678', psnMobile: '13300133000' };

	it('passes: a new person is known to the API, and the app is told', async () => {
		await listen();
		const integrationConfig = { redirectConfig: { redirectUrl: 'https://shop.example.com/' } };
		const page = await open(
			await linkFor({ psnAuthConfig: chen, businessCode: 'B-7', integrationConfig }),
		);
		const done = await press(page, '认证通过 Pass');
		expect(done.text).toContain('认证通过 Passed');
		expect(done.links.at(-1)?.href).toBe('https://shop.example.com/');
		const query: Array<[string, string]> = [['psnIDCardNum', chen.psnIDCardNum]];
		const { json } = await call('GET', '/open/psnGet', { query });
		const { accountId } = json?.result as { accountId: string };
		expect(json?.result).toMatchObject({ psnName: '陈十', informPhone: chen.psnMobile });
		expect(done.text).toContain(accountId);
		expect(await told()).toMatchObject([
			{
				businessType: 'OPEN_PSN_CERT_RESULT',
				accountId,
				businessCode: 'B-7',
				verifyStatus: 'passed',
			},
		]);
	});

	it('passes: a known person is the one with that ID number or mobile', async () => {
		const { accountId, psnMobile } = sandbox.seeds.unauthenticatedPerson;
		const page = await open(await linkFor({ psnAuthConfig: { ...chen, psnMobile } }));
		expect((await press(page, '认证通过 Pass')).text).toContain(accountId);
		expect(sandbox.control.person(accountId)).toMatchObject({
			authenticated: true,
			psnName: '陈十',
		});
	});

	it('fails: the data are not taken, and the app is told', async () => {
		await listen();
		const { accountId, psnMobile } = sandbox.seeds.unauthenticatedPerson;
		const page = await open(await linkFor({ psnAuthConfig: { ...chen, psnMobile } }));
		expect((await press(page, '认证失败 Fail')).text).toContain('认证未通过 Failed');
		expect(sandbox.control.person(accountId)).toMatchObject({
			authenticated: false,
			psnName: null,
		});
		expect(await told()).toMatchObject([{ accountId, verifyStatus: 'un_passed' }]);
	});

	it('asks for what is missing, and keeps what was typed', async () => {
		const page = await open(await linkFor({}));
		const asked = await press(page, '认证通过 Pass', { psnName: '陈十' });
		expect([asked.status, asked.forms[0].values.psnName]).toEqual([409, '陈十']);
		expect(asked.text).toContain('Fill in all fields');
		expect((await press(asked, '认证通过 Pass', chen)).text).toContain('认证通过 Passed');
	});

	it('lets only those fields be changed that the app allows', async () => {
		const url = await linkFor({
			psnAuthConfig: { psnName: '陈十', psnMobile: '13300133000' },
			pageConfig: { psnEditableFields: ['psnMobile'] },
		});
		const page = await open(url);
		expect(page.html.match(/<input[^>]*readonly/g)).toHaveLength(1);
		await press(page, '认证通过 Pass', { ...chen, psnName: '别人', psnMobile: '13300133001' });
		expect(sandbox.state.persons.at(-1)).toMatchObject({
			psnName: '陈十',
			psnIDCardNum: chen.psnIDCardNum,
			psnMobile: '13300133001',
		});
	});

	it('happens once', async () => {
		const stale = await open(await linkFor({ psnAuthConfig: chen }));
		await press(stale, '认证失败 Fail');
		expect((await press(stale, '认证通过 Pass')).text).toContain('认证未通过 Failed');
	});

	it('shows hostile names as texts', async () => {
		const url = await linkFor({ psnAuthConfig: { ...chen, psnName: HOSTILE } });
		const page = await open(url);
		expect([isClean(page), page.forms[0].values.psnName]).toEqual([true, HOSTILE]);
		expect(isClean(await press(page, '认证通过 Pass', { psnName: '' }))).toBe(true);
		await press(page, '认证通过 Pass');
		expect(isClean(await open(sandbox.origin))).toBe(true);
	});
});

it('a face check is passed or failed', async () => {
	await listen();
	sandbox.switches.faceSampleContradiction = true;
	const { serviceId } = sandbox.seeds.failedFaceCheck;
	const { json } = await call('POST', '/open/psnCert/faceResult', { body: { serviceId } });
	const page = await open(json?.result.faceUrl as string);
	expect(page.text).toContain('认证未通过 Failed');
	expect((await press(page, '核身通过 Pass')).text).toContain('认证通过 Passed');
	expect(await told()).toMatchObject([
		{ businessType: 'OPEN_PSN_FACE_RECOGNITION_RESULT', serviceId, verifyStatus: 'passed' },
	]);
	expect((await press(page, '核身失败 Fail')).text).toContain('认证未通过 Failed');
});

describe('no page is bare', () => {
	it.each([
		'/nowhere',
		'/sandbox-only/silent-sign/nope',
		'/sandbox-only/person-page/nope',
		'/sandbox-only/face/nope',
	])('%s', async (path) => {
		for (const page of [await open(sandbox.origin + path), await send(sandbox.origin + path, {})]) {
			expect(page.status).toBe(404);
			expect(page.text).toContain('This is a stand-in for Qiandun (签盾)');
			expect((await follow(page, '签盾 stand-in')).text).toContain('Contracts (合同)');
		}
	});

	it('a form that says nothing is shown again', async () => {
		const { accountId } = sandbox.seeds.company;
		const { json } = await call('POST', '/open/seal/autosign/auth/url', { body: { accountId } });
		const page = await send(json?.result.authUrl as string, { action: 'perhaps' });
		expect([page.status, page.text]).toEqual([400, expect.stringContaining('同意授权 Allow')]);
	});

	it('controls answer in JSON, and the API as before', async () => {
		const control = await open(`${sandbox.origin}/__control/nope`);
		expect([control.status, JSON.parse(control.html)]).toEqual([
			404,
			{ message: 'No control GET /__control/nope' },
		]);
		sandbox.switches.unknownPathAnswer = 'http404';
		const { status, text } = await call('GET', '/nope');
		expect([status, text]).toEqual([404, '']);
	});
});
