import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/qiandun/index.mjs';
import { testCredential } from '../credentialTest.mjs';
import { credentialFor } from '../qiandun.mjs';
import { onNewer } from '../onNewer.mjs';
import { stage } from './support.mjs';

const { sandbox, act, sent } = await stage({ switches: { strictSignedHeaders: true } });
const SEAL = '/open/seal/detail';

const getSeal = async (credential: IDataObject) =>
	await act('seal', 'get', { sealId: '100000014' }, { credential });

describe('a credential', () => {
	it.each(['kaifangqian', undefined])(
		'of the platform %s does not fit, and nothing is sent',
		async (platform) => {
			const { error } = await getSeal({ platform, appAuthToken: 'token' } as IDataObject);
			expect(error?.message).toBe(
				'The credential is for Kaifangqian, but this node is set to Qiandun',
			);
			expect(error?.description).toContain('Nothing was sent');
			expect(sandbox.requests).toEqual([]);
		},
	);

	it.each([
		['App Key', { appKey: '' }],
		['App Key', { appKey: '  ' }],
		['App Secret', { secret: '' }],
	])('without %s is refused before anything is sent', async (field, credential) => {
		const { error } = await getSeal(credential);
		expect(error?.message).toBe(`'${field}' in the credential is empty`);
		expect(error?.description).toContain('签盾企业控制台');
		expect(sandbox.requests).toEqual([]);
	});

	it.each([
		['', 'is empty'],
		['api.pre-qiandun365.com/api', 'is not a web address'],
		['ftp://127.0.0.1/api', 'must start with https:// or http://'],
		['http://127.0.0.1/api?x=1', 'must not hold a ? or #'],
		['http://user:pass@127.0.0.1/api', 'must not hold a user name or password'],
	])('with the base URL %j says what is wrong with it', async (baseUrl, what) => {
		const { error } = await getSeal({ baseUrl });
		expect(error?.message).toBe(`'Base URL' in the credential ${what}`);
	});

	it('may have slashes and spaces around what was pasted', async () => {
		const { items, error } = await getSeal({
			baseUrl: ` ${sandbox.baseUrl}//`,
			appKey: ` ${sandbox.appKey}\n`,
			secret: `\t${sandbox.appSecret} `,
		});
		expect(error).toBeUndefined();
		expect(items[0].json.sealName).toBe('合同章');
		expect(sandbox.requests[0].path).toBe(`/api${SEAL}`);
	});
});

const press = async (more: IDataObject = {}) =>
	await testCredential(
		'cnEsignApi',
		credentialFor(sandbox, more)?.cnEsignApi as unknown as IDataObject,
	);

const good = { status: 'OK', message: 'Connection successful!' };

const answering = (body: unknown, status = 200): Fault => ({
	status,
	body: body as Record<string, unknown>,
});

describe('the Test button', () => {
	it('is content with good keys, and asks only for a seal that does not exist', async () => {
		expect(await press()).toEqual(good);
		const calls = sandbox.requests.map(
			({ method, path, rawQuery }) => `${method} ${path}?${rawQuery}`,
		);
		expect(calls).toEqual(['GET /api/open/seal/detail?sealId=1']);
		expect(sandbox.requests[0].outcome).toBe('refused:oc_20001');
	});

	it.each([
		['with success: false', { code: 'oc_20001', msg: '印章不存在', result: null, success: false }],
		[
			'of a seal that exists after all',
			{ code: '200', msg: '成功', result: { sealId: 1 }, success: true },
		],
		['with 200 as a number', { code: 200, msg: '成功', result: { sealId: 1 } }],
	])('is content with an answer %s', async (_what, body) => {
		sandbox.failNext(SEAL, answering(body));
		expect(await press()).toEqual(good);
	});

	it('is content with a base URL that ends in a slash', async () => {
		expect(await press({ baseUrl: `${sandbox.baseUrl}/` })).toEqual(good);
	});

	describe.each(['envelope200', 'json4xx', 'empty4xx'] as const)(
		'where the gate refuses in the form %s',
		(gateRefusal) => {
			// n8n 1 shows its own words for an HTTP status, whatever the credential has for it.
			const itTells = gateRefusal === 'envelope200' ? it : onNewer;
			itTells.each([
				['a wrong secret', { secret: 'another-secret' }, {}],
				['an unknown key', { appKey: 'another-key' }, {}],
				['a wrong clock', {}, { clockSkewMs: 20 * 60_000 }],
			])('tells %s', async (_what, credential, switches) => {
				for (const gateStatus of gateRefusal === 'envelope200' ? [403] : [400, 401, 403]) {
					Object.assign(sandbox.switches, { gateRefusal, gateStatus, ...switches });
					const { status, message } = await press(credential);
					expect(status).toBe('Error');
					for (const word of [/key/i, /secret/i, /Base URL/, /environment/, /clock/])
						expect(message).toMatch(word);
				}
			});
		},
	);

	it('tells a refusal whose code is a number', async () => {
		Object.assign(sandbox.switches, { numericCode: true });
		const { message } = await press({ secret: 'another-secret' });
		expect(message).toContain('Check the key or token and the secret');
	});

	it.each(['500', 500])('tells that the platform is busy (%j)', async (code) => {
		sandbox.failNext(SEAL, answering({ code, msg: '服务繁忙,请重试.', result: null }));
		const { status, message } = await press();
		expect([status, message]).toEqual([
			'Error',
			'The platform is busy. Wait a little and test again.',
		]);
	});

	it.each([
		['a web page', 'html200'],
		['text', 'nonJson'],
		['nothing', { status: 200, body: '' }],
		['JSON of something else', { status: 200, body: '{"hello":1}' }],
	] as Array<[string, Fault]>)('tells %s from the API', async (_what, fault) => {
		sandbox.failNext(SEAL, fault);
		const { status, message } = await press();
		expect(status).toBe('Error');
		expect(message).toContain("Check 'Base URL'");
		expect(message).toContain("'Platform', too");
	});

	it('tells a wrong base URL where the platform answers with HTTP 404', async () => {
		expect((await press({ baseUrl: sandbox.origin })).status).toBe('Error');
	});

	onNewer('tells a host that cannot be reached', async () => {
		const { status, message } = await press({ baseUrl: 'http://127.0.0.1:9/api' });
		expect([status, message]).toEqual(['Error', 'ECONNREFUSED']);
	});

	it.each([
		['App Key', { appKey: '' }],
		['App Secret', { secret: '' }],
	])('says that %s is empty without sending anything', async (field, credential) => {
		const { status, message } = await press(credential);
		expect([status, message]).toEqual(['Error', `'${field}' in the credential is empty`]);
		expect(sent()).toEqual([]);
	});
});
