import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, isUuid, lisi, operatorOf, queryOf, stage } from './support.mjs';

const { sandbox, act, done, sent, contract } = await stage();
const { operator } = sandbox;

const account = { accountName: lisi.name, accountContact: lisi.contact };
const operatorAccount = 'your-account-001';

describe('common parameters', () => {
	it('of a GET are in the query and in the headers', async () => {
		const { request } = await done('businessLine', 'getAll', { contact: operator.contact });
		const { query, headers } = request;
		expect(query.appAuthToken).toBe(sandbox.token);
		expect(query.operatorAccount).toBe('n8n');
		expect(isUuid(query.uniqueCode)).toBe(true);
		expect(headers.appauthtoken).toBe(sandbox.token);
		expect(headers.uniquecode).toBe(query.uniqueCode);
		expect(isUuid(headers.nonce)).toBe(true);
		expect(headers.nonce).not.toBe(headers.uniquecode);
		expect(headers.timestamp).toMatch(/^\d{13}$/);
		expect(Math.abs(Number(headers.timestamp) - Date.now())).toBeLessThan(60_000);
		expect(headers.sign).toBe('123456');
	});

	it('of a POST are in the JSON body and in the headers', async () => {
		const contractId = await contract();
		const { request } = await done('contract', 'recall', { contractId });
		const body = JSON.parse(String(request.rawBody));
		expect(Object.keys(body)).toEqual([
			'appAuthToken',
			'uniqueCode',
			'operatorAccount',
			'contractId',
		]);
		expect(body.appAuthToken).toBe(sandbox.token);
		expect(body.operatorAccount).toBe('n8n');
		expect(isUuid(body.uniqueCode)).toBe(true);
		expect(request.headers).toMatchObject({
			appauthtoken: sandbox.token,
			uniquecode: body.uniqueCode,
			sign: '123456',
			'content-type': 'application/json',
		});
		expect(request.query).toEqual({});
	});

	it('are fresh for every call', async () => {
		await act(
			'businessLine',
			'getAll',
			{ contact: operator.contact },
			{ input: [{ json: {} }, { json: {} }] },
		);
		const [first, second] = sent();
		expect(first.query.uniqueCode).not.toBe(second.query.uniqueCode);
		expect(first.headers.nonce).not.toBe(second.headers.nonce);
	});
});

describe('account', () => {
	it('registers a company with every field', async () => {
		const { json, request } = await done('account', 'registerCompany', {
			...account,
			companyName: '某某科技有限公司',
			creditCode: '91110000MA01234567',
			options: {
				legalPerson: '张三',
				identity: '110101199001011234',
				operatorAccount,
			},
		});
		expect(request.path).toBe('/companyCreateAndAuth');
		expect(bodyOf(request)).toEqual({
			account: lisi,
			companyName: '某某科技有限公司',
			creditCode: '91110000MA01234567',
			legalPerson: '张三',
			identity: '110101199001011234',
			operatorAccount,
		});
		expect(json).toEqual([{ success: true }]);
	});

	it('registers a company with only its account and its name', async () => {
		const { json, request } = await done('account', 'registerCompany', {
			accountContact: lisi.contact,
			companyName: '新设有限公司',
		});
		const { name: _name, ...rest } = lisi;
		expect(bodyOf(request)).toEqual({ account: rest, companyName: '新设有限公司' });
		expect(json).toEqual([{ success: true }]);
	});

	it.each([
		['has no name', '={{ $json.company }}', "'Company Name' is empty for this item"],
		['has too long a name', '长'.repeat(33), "'Company Name' is longer than 32 characters"],
		[
			'has a name that cannot be stored',
			'𠮷野家',
			"'Company Name' holds a character that the platform cannot store",
		],
	])('sends nothing where a company %s', async (_what, companyName, message) => {
		const { error } = await act('account', 'registerCompany', { ...account, companyName });
		expect(error?.message).toBe(message);
		expect(sent()).toEqual([]);
	});

	it('registers a person with every field', async () => {
		const { json, request } = await done('account', 'registerPerson', {
			...account,
			accountContact: 'lisi@example.com',
			options: {
				idCardType: 7,
				identity: 'E12345678',
				mobile: lisi.contact,
				bankCard: '6222020000000000000',
				operatorAccount,
			},
		});
		expect(request.path).toBe('/personCreateAndAuth');
		expect(bodyOf(request)).toEqual({
			account: { name: lisi.name, contactType: 'EMAIL', contact: 'lisi@example.com' },
			idCardType: 7,
			identity: 'E12345678',
			mobile: lisi.contact,
			bankCard: '6222020000000000000',
			operatorAccount,
		});
		expect(json).toEqual([{ success: true }]);
	});
});

describe('numbers as people write them', () => {
	const written = '+86 139-0013-9000';

	it('are sent plain for an account', async () => {
		const { request } = await done('account', 'registerPerson', {
			accountName: lisi.name,
			accountContact: written,
			options: { mobile: written },
		});
		expect(bodyOf(request)).toEqual({ account: lisi, mobile: lisi.contact });
	});

	it('are sent plain for a verification', async () => {
		sandbox.switches.hostedSite = true;
		const { request } = await done('verification', 'getCompanyLink', {
			accountName: written,
			oprIdentInfo: { mobile: written },
		});
		expect(bodyOf(request)).toEqual({
			accountName: lisi.contact,
			oprIdentInfo: { mobile: lisi.contact },
		});
	});
});

describe('api.request', () => {
	it('makes a GET below the base URL and gives one item per element', async () => {
		const { json, request } = await done('api', 'request', {
			method: 'GET',
			path: 'signRes',
			query: { contact: operator.contact },
		});
		expect([request.method, request.path]).toEqual(['GET', '/signRes']);
		expect(queryOf(request)).toEqual({ contact: operator.contact });
		expect(json).toHaveLength(7);
	});

	it('makes a POST with a JSON body, which it may also get as text', async () => {
		const contractId = await contract();
		const { json, request } = await done('api', 'request', {
			method: 'POST',
			path: '/contract/recall',
			body: `{ "contractId": "${contractId}" }`,
		});
		expect([request.method, bodyOf(request)]).toEqual(['POST', { contractId }]);
		expect(json).toEqual([{ contractId }]);
	});

	it('keeps all digits of long numbers in a JSON body', async () => {
		const contractId = await contract();
		const { request } = await done('api', 'request', {
			method: 'POST',
			path: '/contract/recall',
			body: `{ "contractId": ${contractId} }`,
		});
		expect(bodyOf(request)).toEqual({ contractId });
	});

	it('refuses paths that lead elsewhere', async () => {
		for (const path of [
			'http://127.0.0.1:9/x',
			'//127.0.0.1/x',
			'/../../x',
			'/signRes?contact=1',
		]) {
			const { error } = await act('api', 'request', { method: 'GET', path });
			expect(error?.message).toContain("'Path'");
		}
		expect(sent()).toEqual([]);
	});
});

describe('businessLine.getAll', () => {
	it('gives one item per line, with its ID as text', async () => {
		const { json, request } = await done('businessLine', 'getAll', {
			contact: operator.contact,
			options: { operatorAccount },
		});
		expect(request.path).toBe('/signRes');
		expect(queryOf(request)).toEqual({ contact: operator.contact, operatorAccount });
		expect(json).toHaveLength(7);
		expect(json[0]).toEqual({ signReId: sandbox.lines.free, signReName: '服务合同' });
	});

	it('asks for the sender in the credential where it names nobody', async () => {
		const credential = { senderContact: ` ${operator.contact}` };
		const { items } = await act('businessLine', 'getAll', {}, { credential });
		expect(queryOf(sent()[0])).toEqual({ contact: operator.contact });
		expect(items).toHaveLength(7);
	});

	it('gives no item where there is no line', async () => {
		const { json } = await done('businessLine', 'getAll', { contact: sandbox.visitor.contact });
		expect(json).toEqual([]);
	});
});

describe('verification.getCompanyLink', () => {
	beforeEach(() => {
		sandbox.switches.hostedSite = true;
	});

	it('says that only the hosted platform has it', async () => {
		sandbox.switches.hostedSite = false;
		const { items, error } = await act('verification', 'getCompanyLink', {
			accountName: operator.contact,
		});
		expect(items).toEqual([]);
		expect(error?.message).toBe('There is no such call at this address');
		expect(error?.description).toContain("'Get Company Link' exists on the hosted platform only");
	});

	it('has the token in headers and body, and no account of the node’s own', async () => {
		const { request } = await done('verification', 'getCompanyLink', {
			accountName: operator.contact,
		});
		expect(request.headers).toMatchObject({ appauthtoken: sandbox.token });
		expect(isUuid(request.headers.uniquecode)).toBe(true);
		expect(Object.keys(JSON.parse(String(request.rawBody)))).toEqual([
			'appAuthToken',
			'uniqueCode',
			'accountName',
		]);
	});

	it('sends every documented field', async () => {
		const { json, request } = await done('verification', 'getCompanyLink', {
			accountName: operatorOf(sandbox).operatorContact,
			corpIdentInfo: {
				companyName: '某某科技有限公司',
				creditCode: '91110000MA01234567',
				legalRepName: '张三',
				companyType: 1,
				license: 'bGljZW5jZQ==',
			},
			corpIdentConfig: {
				corpVerifyMethods: ['legalRep', 'invite', 'letter'],
				unmodifiableParams: ['companyName', 'creditCode', 'legalRepName', 'companyType'],
			},
			oprIdentInfo: {
				name: '李四',
				idCard: '110101199001011234',
				idCardType: 1,
				mobile: '13800138000',
				bankCard: '6222020000000000000',
			},
			oprIdentConfig: { personVerifyMethods: 'face, mobile', unmodifiableParams: 'name,idCard' },
			options: {
				clientUserId: 'your-operator-user-id-001',
				callbackPage: 'https://your-domain.com/corp/callback',
				authCallbackUrl: 'https://your-domain.com/api/corp/auth/callback',
				clientRequestId: 'client-req-corp-ident-001',
			},
		});
		expect(request.path).toBe('/auth/corp/ident/link');
		expect(bodyOf(request)).toEqual({
			accountName: '13800138000',
			clientUserId: 'your-operator-user-id-001',
			corpIdentInfo: {
				companyName: '某某科技有限公司',
				creditCode: '91110000MA01234567',
				legalRepName: '张三',
				companyType: 1,
				license: 'bGljZW5jZQ==',
			},
			corpIdentConfig: {
				corpVerifyMethods: ['legalRep', 'invite', 'letter'],
				unmodifiableParams: ['companyName', 'creditCode', 'legalRepName', 'companyType'],
			},
			oprIdentInfo: {
				name: '李四',
				idCard: '110101199001011234',
				idCardType: 1,
				mobile: '13800138000',
				bankCard: '6222020000000000000',
			},
			oprIdentConfig: {
				personVerifyMethods: ['face', 'mobile'],
				unmodifiableParams: ['name', 'idCard'],
			},
			callbackPage: 'https://your-domain.com/corp/callback',
			authCallbackUrl: 'https://your-domain.com/api/corp/auth/callback',
			clientRequestId: 'client-req-corp-ident-001',
		});
		expect(json).toEqual([
			{ orderNo: expect.any(String), authUrl: expect.stringContaining(`${sandbox.origin}/ident/`) },
		]);
	});

	it('takes the resume address of the execution as callback', async () => {
		const { request } = await done('verification', 'getCompanyLink', {
			accountName: operator.contact,
			options: { authCallbackUrl: '={{ $execution.resumeUrl }}' },
		});
		expect(bodyOf(request)).toEqual({
			accountName: operator.contact,
			authCallbackUrl: expect.stringContaining('http://n8n.test/webhook-waiting/1'),
		});
	});
});
