import { describe, expect, it } from 'vitest';
import { bodyOf, bodyText, stage } from './support.mjs';

const { sandbox, act, once } = await stage();
const { seeds } = sandbox;

const asJson = { 'content-type': 'application/json', accept: 'application/json' };

describe('identity: verifyPerson', () => {
	const zhangsan = {
		psnName: '张三',
		psnIDCardNum: '110101199001011234',
		psnMobile: '13800138000',
	};

	it('sends the four documented fields and gives the result', async () => {
		const { request, json } = await once('identity', 'verifyPerson', zhangsan);
		expect(`${request.method} ${request.path}`).toBe('POST /api/open/psnCert/3element');
		expect(request.headers).toMatchObject(asJson);
		expect(request.rawQuery).toBe('');
		expect(bodyText(request)).toBe(
			'{"psnName":"张三","psnIDCardType":"CRED_PSN_CH_IDCARD","psnIDCardNum":"110101199001011234","psnMobile":"13800138000"}',
		);
		expect(json).toEqual({
			verifyStatus: 'passed',
			flowNo: expect.any(String),
			serviceId: expect.any(String),
		});
	});

	it('gives a check that was not passed as a result, not as a refusal', async () => {
		const { json } = await once('identity', 'verifyPerson', { ...zhangsan, psnName: '李四' });
		expect(json.verifyStatus).toBe('un_passed');
	});

	it('sends a kind of document that the user names', async () => {
		const { request } = await once('identity', 'verifyPerson', {
			...zhangsan,
			psnIDCardType: 'SOME_OTHER',
		});
		expect(bodyText(request)).toContain('"psnIDCardType":"SOME_OTHER"');
	});

	it.each([
		['psnName', 'Name'],
		['psnIDCardNum', 'ID Number'],
		['psnMobile', 'Mobile Number'],
	])('refuses an empty %s before anything is sent', async (name, label) => {
		const { error } = await act('identity', 'verifyPerson', { ...zhangsan, [name]: '={{ "" }}' });
		expect(error?.message).toContain(`'${label}'`);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('texts as people write them', () => {
	const person = { psnName: '张三', psnIDCardNum: '110101199001011234' };

	it.each(['+86 138-0013-8000', '１３８００１３８０００', '138\u200b0013 8000'])(
		'a number is sent plain: %j',
		async (psnMobile) => {
			const { request } = await once('identity', 'verifyPerson', { ...person, psnMobile });
			expect(bodyOf(request)).toMatchObject({ psnMobile: '13800138000' });
		},
	);

	it.each([
		['张三\n李四', "'Name' holds a line break"],
		['张\ufffd', "'Name' holds characters that were lost"],
		['undefined', "'Name' ends in 'undefined'"],
	])('a name is refused before anything is billed: %j', async (psnName, message) => {
		const given = { ...person, psnName, psnMobile: '13800138000' };
		const { error } = await act('identity', 'verifyPerson', given);
		expect(error?.message).toBe(message);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('identity: verifyCompany', () => {
	const company = {
		corpName: seeds.company.corpName,
		corpIDCardType: 'sandbox-only-corp-id-type',
		corpIDCardNum: '91110000MA01234567',
		legalRepName: '张三',
		legalRepIDCardType: 'CRED_PSN_CH_IDCARD',
		legalRepIDCardNum: '110101199001011234',
	};

	it('sends all seven documented fields and gives the result', async () => {
		const { request, json } = await once('identity', 'verifyCompany', {
			...company,
			flowNo: 'FLOW0002',
		});
		expect(`${request.method} ${request.path}`).toBe('POST /api/open/corpCert/4element');
		expect(bodyText(request)).toBe(
			'{"corpName":"某某科技有限公司","corpIDCardType":"sandbox-only-corp-id-type","corpIDCardNum":"91110000MA01234567","legalRepName":"张三","legalRepIDCardType":"CRED_PSN_CH_IDCARD","legalRepIDCardNum":"110101199001011234","flowNo":"FLOW0002"}',
		);
		expect(json).toMatchObject({ verifyStatus: 'passed', serviceId: expect.any(String) });
	});

	it('leaves out what is empty: flow number and the kinds of number that nobody has published', async () => {
		await act('identity', 'verifyCompany', {
			...company,
			corpIDCardType: '',
			legalRepIDCardType: '',
		});
		const sent = bodyText(sandbox.requests.at(-1)!);
		for (const field of ['flowNo', 'corpIDCardType', 'legalRepIDCardType']) {
			expect(sent).not.toContain(field);
		}
	});
});

describe('identity: getFaceResult', () => {
	it.each([
		[{ serviceId: 'SVC0001' }, '{"serviceId":"SVC0001"}'],
		[{ businessCode: 'BIZ-FACE-0001' }, '{"businessCode":"BIZ-FACE-0001"}'],
		[
			{ serviceId: 'SVC0001', businessCode: 'BIZ-FACE-0001' },
			'{"serviceId":"SVC0001","businessCode":"BIZ-FACE-0001"}',
		],
	])('finds the check by %j', async (parameters, body) => {
		const { request, json } = await once('identity', 'getFaceResult', parameters);
		expect(`${request.method} ${request.path}`).toBe('POST /api/open/psnCert/faceResult');
		expect(bodyText(request)).toBe(body);
		expect(json).toEqual({ flowNo: 'FLOW0001', verifyStatus: 'passed', serviceId: 'SVC0001' });
	});

	it("passes on the vendor's contradictory sample", async () => {
		sandbox.switches.faceSampleContradiction = true;
		const { json } = await once('identity', 'getFaceResult', { serviceId: 'SVC0001' });
		expect(Object.keys(json)).toEqual(['subFlowId', 'faceUrl']);
	});

	it('asks for one of the two before anything is sent', async () => {
		const { error } = await act('identity', 'getFaceResult', {});
		expect(error?.message).toBe("'Service ID' and 'Business Code' are both empty");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('identity: getPersonLink', () => {
	it('sends every documented field', async () => {
		sandbox.switches.personUrlResultFields = ['someUrl', 'another'];
		const { request, json } = await once('identity', 'getPersonLink', {
			clientType: 'h5',
			psnAuthConfig: {
				psnBankCardNo: '6222020000000000000',
				psnMobile: '13800138000',
				psnIDCardNum: '110101199001011234',
				psnIDCardType: 'CRED_PSN_CH_IDCARD',
				psnName: '张三',
			},
			pageConfig: {
				psnEditableFields: ['psnName', 'psnIDCardNum', 'psnMobile', 'psnBankCardNo'],
				psnDefaultAuthMode: 'face',
				psnAvailableAuthModes: ['face', 'mobile', 'bank'],
			},
			options: {
				businessCode: 'BIZ-0001',
				expirationTime: '2030-01-01 00:00:00',
				redirectUrl: 'https://your-domain.com/done',
				redirectDelayTime: 3,
			},
		});
		expect(`${request.method} ${request.path}`).toBe('POST /api/open/psnCert/getUrl');
		expect(bodyText(request)).toBe(
			'{"psnAuthConfig":{"psnName":"张三","psnIDCardType":"CRED_PSN_CH_IDCARD","psnIDCardNum":"110101199001011234","psnMobile":"13800138000","psnBankCardNo":"6222020000000000000"},"pageConfig":{"psnEditableFields":["psnName","psnIDCardNum","psnMobile","psnBankCardNo"],"psnDefaultAuthMode":"face","psnAvailableAuthModes":["face","mobile","bank"]},"integrationConfig":{"redirectConfig":{"redirectUrl":"https://your-domain.com/done","redirectDelayTime":3},"expirationTime":"2030-01-01 00:00:00","clientType":"h5"},"businessCode":"BIZ-0001"}',
		);
		// Nothing is published about the answer, so it comes out as it is.
		expect(Object.keys(json)).toEqual(['someUrl', 'another']);
	});

	it('sends nothing but the client type when nothing else is given', async () => {
		const { request } = await once('identity', 'getPersonLink', { clientType: 'pc' });
		expect(bodyText(request)).toBe('{"integrationConfig":{"clientType":"pc"}}');
	});

	it.each([
		[{ clientType: '={{ "tablet" }}' }, "'Client Type' is neither pc nor h5"],
		[{ options: { redirectUrl: 'your-domain.com' } }, "'Return Page' is not a web address"],
		[{ options: { redirectDelayTime: 1.5 } }, "'Return Delay' is not a whole number"],
	])('refuses %j', async (parameters, message) => {
		const { error } = await act('identity', 'getPersonLink', { clientType: 'h5', ...parameters });
		expect(error?.message).toBe(message);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('user: getPerson', () => {
	it.each([
		['account', { accountId: '1120' }, 'accountId=1120'],
		['ID number', { psnIDCardNum: '110101199001011234' }, 'psnIDCardNum=110101199001011234'],
		[
			'both',
			{ accountId: '1120', psnIDCardNum: '110101199001011234' },
			'accountId=1120&psnIDCardNum=110101199001011234',
		],
	])('finds a person by %s and keeps the IDs as text', async (_by, parameters, query) => {
		const { request, json } = await once('user', 'getPerson', parameters);
		expect(`${request.method} ${request.path}?${request.rawQuery}`).toBe(
			`GET /api/open/psnGet?${query}`,
		);
		expect(request.headers).not.toHaveProperty('content-type');
		expect(request.headers).not.toHaveProperty('content-md5');
		expect(json).toEqual({
			psnId: '1869674445573197824',
			accountId: '1120',
			sealId: '100000014',
			psnName: '张三',
			psnIDCardType: 'CRED_PSN_CH_IDCARD',
			psnIDCardNum: '110101199001011234',
			informPhone: '13800138000',
			flowNo: 'OPFN172132uUTjikwlUoSa',
			createTime: '2024-12-19 17:21:39',
			certifiedTime: '2024-12-19 17:21:39',
		});
	});

	it.each([
		['leaves out the link to the picture of the face', {}, false],
		['gives everything with Simplify turned off', { simplify: false }, true],
	])('%s', async (_what, parameters, hasFace) => {
		const link = 'https://your-domain.example/face.jpg';
		sandbox.state.persons.find(({ accountId }) => accountId === '1120')!.psnFaceUrl = link;
		const { json } = await once('user', 'getPerson', { accountId: '1120', ...parameters });
		expect(json.psnName).toBe('张三');
		expect(json.psnFaceUrl).toBe(hasFace ? link : undefined);
		expect(Object.keys(json)).toHaveLength(hasFace ? 11 : 10);
	});
});

describe('seal: get', () => {
	it('asks by the number and gives it back as text', async () => {
		const { request, json } = await once('seal', 'get', { sealId: '100000014' });
		expect(`${request.method} ${request.path}?${request.rawQuery}`).toBe(
			'GET /api/open/seal/detail?sealId=100000014',
		);
		expect(json).toEqual({
			sealId: '100000014',
			sealName: '合同章',
			status: 1,
			style: 1,
			autosignAuthorizeList: [
				{
					appKey: sandbox.appKey,
					authorizeCode: 'RkztvLleUICgRSe',
					authorizeTime: '2025-04-24 06:43:09',
					beginTime: '2025-04-24 06:43:09',
					endTime: '2026-04-24 06:43:09',
					authorizeStatus: 'authorized',
				},
			],
		});
	});

	it('takes the number as a number, too, and refuses what has no digits only', async () => {
		const { json } = await once('seal', 'get', { sealId: '={{ 100000015 }}' });
		expect(json.sealName).toBe('公章');
		sandbox.reset();
		const { error } = await act('seal', 'get', { sealId: '1 or 1=1' });
		expect(error?.message).toBe("'Seal ID' is not a seal ID");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('seal: getSilentSignLink', () => {
	it('sends every field of the sample', async () => {
		const { request, json } = await once('seal', 'getSilentSignLink', {
			accountId: seeds.company.accountId,
			willingnessAuthModes: 'CODE_SMS, PSN_FACE',
			options: {
				sealIds: `${seeds.sealIds.company}`,
				redirectUrl: 'https://slushy-bungalow.com/',
				redirectDelayTime: 3,
				expirationTime: 3600,
			},
		});
		expect(`${request.method} ${request.path}`).toBe('POST /api/open/seal/autosign/auth/url');
		expect(bodyText(request)).toBe(
			'{"accountId":"CORP_TEST_001","sealIds":[100000015],"authConfig":{"willingnessAuthModes":["CODE_SMS","PSN_FACE"]},"redirectUrl":"https://slushy-bungalow.com/","redirectDelayTime":3,"expirationTime":3600}',
		);
		expect(json).toEqual({ authUrl: expect.stringMatching(/^http/) });
	});

	it('leaves out what is not given, and sends no mode when the field is cleared', async () => {
		const { request } = await once('seal', 'getSilentSignLink', {
			accountId: seeds.company.accountId,
			willingnessAuthModes: '',
		});
		expect(bodyText(request)).toBe('{"accountId":"CORP_TEST_001"}');
	});

	it('keeps the digits of a seal ID that a number cannot hold', async () => {
		await act('seal', 'getSilentSignLink', {
			accountId: seeds.company.accountId,
			options: { sealIds: '1897893172027068416' },
		});
		expect(bodyText(sandbox.requests[0])).toContain('"sealIds":["1897893172027068416"]');
	});
});
