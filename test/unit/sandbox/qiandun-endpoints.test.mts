import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaller, type Call } from '../../sandbox/qiandun/caller.mjs';
import {
	MESSAGES,
	startQiandun,
	type QiandunSandbox,
	type Seeds,
} from '../../sandbox/qiandun/index.mjs';

let sandbox: QiandunSandbox;
let seeds: Seeds;
let call: Call;
beforeAll(async () => {
	sandbox = await startQiandun();
	seeds = sandbox.seeds;
	call = createCaller(sandbox);
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const post = async (path: string, body: unknown) => (await call('POST', path, { body })).json;
const get = async (path: string, query: Record<string, string> = {}) =>
	(await call('GET', path, { query: Object.entries(query) })).json;

function expectCode(answer: Awaited<ReturnType<typeof post>>, code: keyof typeof MESSAGES) {
	expect(answer).toMatchObject({ code, msg: MESSAGES[code] });
	if (code !== '200') expect(answer?.result).toBeNull();
}

describe('envelope', () => {
	it('has the documented members', async () => {
		const answer = await get('/open/psnGet', { accountId: seeds.person.accountId });
		expect(Object.keys(answer ?? {}).sort()).toEqual([
			'code',
			'logKey',
			'msg',
			'result',
			'success',
			'ts',
		]);
		expect(answer?.logKey).toMatch(/^[\da-f]{8}$/);
		expect(answer?.ts).toMatch(/^\d{13}$/);
		expect(answer?.success).toBe(true);
	});

	it('leaves success out where its schema has none, or everywhere, and can show a numeric code', async () => {
		const seal = { sealId: String(seeds.sealIds.person) };
		expect(await get('/open/seal/detail', seal)).not.toHaveProperty('success');
		sandbox.switches.omitSuccess = ['*'];
		sandbox.switches.numericCode = true;
		const answer = await get('/open/psnGet', { accountId: seeds.person.accountId });
		expect(answer).not.toHaveProperty('success');
		expect(answer?.code).toBe(200);
	});

	it('answers refusals with the status of the switch', async () => {
		sandbox.switches.refusalStatus = 400;
		expect((await call('GET', '/open/psnGet')).status).toBe(400);
	});

	it('takes nothing but JSON', async () => {
		for (const body of ['{"psnName":', '[]', '"text"']) {
			expectCode((await call('POST', '/open/psnCert/getUrl', { body })).json, '400');
		}
		const form = { body: 'a=1', contentType: 'application/x-www-form-urlencoded' };
		expectCode((await call('POST', '/open/psnCert/getUrl', form)).json, '400');
		expectCode((await call('POST', '/open/psnCert/getUrl')).json, '400');
	});
});

describe('#2 and #9', () => {
	it('passes a seeded person only', async () => {
		const { psnName, psnIDCardType, psnIDCardNum, psnMobile } = seeds.person;
		const claim = { psnName, psnIDCardType, psnIDCardNum, psnMobile };
		const passed = await post('/open/psnCert/3element', claim);
		expectCode(passed, '200');
		expect(passed?.result).toEqual({
			verifyStatus: 'passed',
			flowNo: expect.stringMatching(/^OPFN/),
			serviceId: expect.any(String),
		});
		const other = await post('/open/psnCert/3element', { ...claim, psnMobile: '13800138001' });
		expect(other?.result.verifyStatus).toBe('un_passed');
		expectCode(await post('/open/psnCert/3element', { ...claim, psnMobile: undefined }), '400');
		expectCode(await post('/open/psnCert/3element', { ...claim, psnMobile: 13800138000 }), '400');
	});

	it('passes a seeded company only', async () => {
		const { accountId: _, authenticated: __, flowNo: ___, ...claim } = seeds.company;
		const passed = await post('/open/corpCert/4element', { ...claim, flowNo: null });
		expect(passed?.result.verifyStatus).toBe('passed');
		const other = await post('/open/corpCert/4element', { ...claim, legalRepName: '李四' });
		expect(other?.result.verifyStatus).toBe('un_passed');
		expectCode(await post('/open/corpCert/4element', { ...claim, corpName: '' }), '400');
	});
});

describe('#4 face result', () => {
	it('finds a check by either id', async () => {
		const { serviceId, businessCode, flowNo } = seeds.faceCheck;
		const answer = await post('/open/psnCert/faceResult', { serviceId, businessCode: null });
		expect(answer?.result).toEqual({ serviceId, flowNo, verifyStatus: 'passed' });
		expect((await post('/open/psnCert/faceResult', { businessCode }))?.result.serviceId).toBe(
			serviceId,
		);
		expectCode(await post('/open/psnCert/faceResult', { serviceId: 'none' }), '400');
		expectCode(await post('/open/psnCert/faceResult', {}), '400');
	});

	it('can answer the contradictory sample', async () => {
		sandbox.switches.faceSampleContradiction = true;
		const { serviceId } = seeds.faceCheck;
		const answer = await post('/open/psnCert/faceResult', { serviceId });
		expect(Object.keys(answer?.result as object)).toEqual(['subFlowId', 'faceUrl']);
	});
});

describe('#8 person page', () => {
	const page = { integrationConfig: { clientType: 'h5', expirationTime: null }, businessCode: 'B' };

	it('answers whatever members the test names', async () => {
		sandbox.switches.personUrlResultFields = ['one', 'two'];
		const answer = await post('/open/psnCert/getUrl', page);
		expect(Object.keys(answer?.result as object)).toEqual(['one', 'two']);
		expect(sandbox.state.personPages.map(({ request }) => request)).toEqual([page]);
	});

	it.each([
		{ integrationConfig: { clientType: 'app' } },
		{ integrationConfig: { expirationTime: 3600 } },
		{ integrationConfig: null },
		{ pageConfig: { psnDefaultAuthMode: 'voice' } },
		{ pageConfig: { psnAvailableAuthModes: ['face', 'voice'] } },
		{ pageConfig: { psnEditableFields: 'psnName' } },
		{ psnAuthConfig: { psnName: 1 } },
	])('refuses %j', async (part) => {
		expectCode(await post('/open/psnCert/getUrl', { ...page, ...part }), '400');
	});
});

describe('#21 person', () => {
	it('answers as the sample, the id above 2^53 as text', async () => {
		const { psnMobile, authenticated: _, ...rest } = seeds.person;
		const answer = await get('/open/psnGet', { accountId: seeds.person.accountId });
		expect(answer?.result).toEqual({ ...rest, informPhone: psnMobile });
		expect(answer?.result.psnId).toBe('1869674445573197824');
		const byNumber = await get('/open/psnGet', { psnIDCardNum: String(seeds.person.psnIDCardNum) });
		expect(byNumber?.result.accountId).toBe(seeds.person.accountId);
	});

	it('can answer ids as bare integers, digit by digit', async () => {
		sandbox.switches.bigIntegers = true;
		const query: Array<[string, string]> = [['accountId', seeds.person.accountId]];
		const { text } = await call('GET', '/open/psnGet', { query });
		expect(text).toContain('"psnId":1869674445573197824,');
		expect(text).toContain(`"psnIDCardNum":"${String(seeds.person.psnIDCardNum)}"`);
	});

	it('refuses no query, unknown, contradicting and repeated ones', async () => {
		expectCode(await get('/open/psnGet'), '400');
		expectCode(await get('/open/psnGet', { accountId: 'none' }), '400');
		expectCode(await get('/open/psnGet', { accountId: '1120', psnIDCardNum: 'x' }), '400');
		const query: Array<[string, string]> = [
			['accountId', '1120'],
			['accountId', '1120'],
		];
		expectCode((await call('GET', '/open/psnGet', { query })).json, '400');
	});
});

describe('#31 signer', () => {
	const signer = '/open/contract/signer';

	it('finds by contractId or businessCode', async () => {
		const { contractId, accountId, unfinishedAccountId } = seeds.contract;
		const answer = await get(signer, { contractId, accountId });
		expect(answer?.result).toMatchObject({
			signStatus: 'finished',
			seqNo: 1,
			noticeConfig: { noticeTypes: 0 },
		});
		expect(answer?.result.signFields).toHaveLength(2);
		const other = await get(signer, { businessCode: 'BIZ-0001', accountId: unfinishedAccountId });
		expect(other?.result.signStatus).toBe('sandbox-only-unfinished');
	});

	it('refuses', async () => {
		const { contractId, accountId } = seeds.contract;
		expectCode(await get(signer, { contractId: '1', accountId }), 'oc_40006');
		expectCode(await get(signer, { contractId, accountId: 'none' }), 'oc_40005');
		expectCode(await get(signer, { accountId }), '400');
		expectCode(await get(signer, { contractId }), '400');
	});
});

describe('#37 and #38 seals', () => {
	const detail = (sealId: number | string) => get('/open/seal/detail', { sealId: String(sealId) });
	const link = (body: object) => post('/open/seal/autosign/auth/url', body);

	it('shows a seal with its authorisations', async () => {
		const answer = await detail(seeds.sealIds.authorised);
		expect(answer?.result.sealId).toBe(100000014);
		expect(answer?.result.autosignAuthorizeList).toMatchObject([
			{ appKey: sandbox.appKey, authorizeCode: 'RkztvLleUICgRSe', authorizeStatus: 'authorized' },
		]);
		expectCode(await detail(1), 'oc_20001');
		expectCode(await detail('abc'), '400');
		expectCode(await get('/open/seal/detail'), '400');
	});

	it('gives the link, and refuses as documented', async () => {
		const {
			company,
			unauthenticatedCompany,
			unauthenticatedPerson,
			unauthenticatedNamedPerson,
			sealIds,
		} = seeds;
		const sample = {
			accountId: company.accountId,
			sealIds: [sealIds.company],
			authConfig: { willingnessAuthModes: ['CODE_SMS', 'PSN_FACE'] },
			redirectUrl: 'https://your-domain.com/',
			redirectDelayTime: 3,
			expirationTime: 3600,
		};
		const answer = await link(sample);
		expect(answer?.result.authUrl).toMatch(/^http/);
		expect(answer).not.toHaveProperty('success');
		expectCode(await link({ accountId: company.accountId, sealIds: null }), '200');
		expectCode(await link({ accountId: unauthenticatedNamedPerson.accountId }), '200');
		expectCode(await link({ ...sample, sealIds: [1] }), 'oc_20001');
		expectCode(await link({ ...sample, sealIds: [sealIds.person] }), 'oc_20001');
		expectCode(await link({ accountId: '1120', sealIds: ['100000014'] }), 'oc_20002');
		expectCode(await link({ accountId: unauthenticatedCompany.accountId }), 'oc_40025');
		expectCode(await link({ accountId: unauthenticatedPerson.accountId }), 'oc_40026');
		expectCode(await link({ ...sample, expirationTime: '3600' }), '400');
		expectCode(await link({ ...sample, accountId: 'none' }), '400');
	});

	it('stops giving the link once the seal is authorised', async () => {
		const sealId = seeds.sealIds.company;
		sandbox.control.authorise(sealId);
		expect((await detail(sealId))?.result.autosignAuthorizeList).toHaveLength(1);
		expectCode(await link({ accountId: seeds.company.accountId, sealIds: [sealId] }), 'oc_20002');
	});
});

describe('#43 ID card', () => {
	it('reads either image, not both, not none', async () => {
		const imageUrl = 'https://your-domain.com/id-front.jpg';
		const front = await post('/open/api/ocr/idCard', { imageUrl, cardSide: 'front' });
		expect(front?.result).toMatchObject({
			name: '张三',
			psnIdCardNum: '110101199001011234',
			authority: '',
		});
		const back = await post('/open/api/ocr/idCard', { imageBase64: 'AA==', cardSide: 'back' });
		expect(back?.result.authority).not.toBe('');
		expectCode(await post('/open/api/ocr/idCard', { imageUrl, imageBase64: 'AA==' }), '400');
		expectCode(await post('/open/api/ocr/idCard', { cardSide: 'front' }), '400');
		expectCode(await post('/open/api/ocr/idCard', { imageUrl, cardSide: 'side' }), '400');
	});
});

describe('edition B', () => {
	it('is served only when switched on', async () => {
		const query: Array<[string, string]> = [['contractId', '1897893172027068416']];
		expectCode((await call('GET', '/contract/proof', { query })).json, '400');
		sandbox.switches.editionB = true;
		expect((await call('GET', '/contract/proof', { query })).json?.result).toEqual({
			fileCiphertext: expect.any(String),
			proofCode: expect.any(String),
			proofTime: expect.any(Number),
		});
		expect(await post('/psnAuthUrl', { authorizeConfig: {} })).toMatchObject({
			code: '200',
			result: null,
		});
		const start = { signers: [], signFlowConfig: {}, signFlowInitiator: {} };
		expect(await post('/contractStart', start)).toMatchObject({ code: '200', result: null });
		expectCode(await post('/contractStart', {}), '400');
	});
});
