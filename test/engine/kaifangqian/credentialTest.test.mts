import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { keyPair } from '../../sandbox/kaifangqian/keys.mjs';
import { testCredential } from '../credentialTest.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { onNewer } from '../onNewer.mjs';
import { queryOf, redirectTo, stage, startOther } from './support.mjs';

const { sandbox, act, sent } = await stage();

const press = async (more: IDataObject = {}) =>
	await testCredential('cnEsignApi', credentialFor(sandbox, more).cnEsignApi);

describe('the Test button', () => {
	it('is content with a good token, and only reads', async () => {
		expect(await press()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(sent()).toHaveLength(1);
		expect([sent()[0].method, sent()[0].path]).toEqual(['GET', '/signRes']);
		// A contact that exists nowhere: the platform answers 31000, which is after the token's check.
		expect(queryOf(sent()[0]).contact).toContain('@example.com');
		expect(sandbox.control.contracts()).toEqual([]);
	});

	it.each(['/', '///'])('is content with a base URL that ends in %s', async (end) => {
		expect((await press({ baseUrl: sandbox.baseUrl + end })).status).toBe('OK');
		expect(sent('/signRes')).toHaveLength(1);
	});

	it('is content with 10000, and with a code given as text', async () => {
		sandbox.failNext('/signRes', {
			status: 200,
			body: '{"code":10000,"message":"成功","result":[]}',
		});
		expect((await press()).status).toBe('OK');
		sandbox.switches.codeAsString = true;
		expect((await press()).status).toBe('OK');
	});

	it.each([false, true])('tells a refused token apart (code as text: %s)', async (codeAsString) => {
		sandbox.switches.codeAsString = codeAsString;
		const unknown = await press({ appAuthToken: 'NO1TOKEN' });
		expect(unknown.status).toBe('Error');
		expect(unknown.message).toContain('does not know this token');
		const disabled = await press({ appAuthToken: sandbox.disabledToken });
		expect(disabled.status).toBe('Error');
		expect(disabled.message).toContain('switched off');
		sandbox.failNext('/signRes', {
			status: 200,
			body: `{"code":${codeAsString ? '"40000"' : 40000},"message":"token缺失"}`,
		});
		const missing = await press();
		expect(missing.status).toBe('Error');
		expect(missing.message).toContain('got no token');
	});

	it('says that an empty token is empty, without sending anything', async () => {
		const { status, message } = await press({ appAuthToken: '' });
		expect([status, message]).toEqual(['Error', "'App Auth Token' in the credential is empty"]);
		expect(sent()).toEqual([]);
	});

	it('tells a web page from the API', async () => {
		const site = await startOther({ type: 'text/html', body: '<!doctype html><h1>Welcome</h1>' });
		const { status, message } = await press({ baseUrl: site.origin });
		expect(status).toBe('Error');
		expect(message).toContain("Check 'Base URL'");
	});

	it.each([
		['JSON of something else', '{"hello":"world"}'],
		['an empty object', '{}'],
		['nothing', ''],
	])('is not content with %s', async (_what, body) => {
		sandbox.failNext('/signRes', { status: 200, body });
		const { status, message } = await press();
		expect(status).toBe('Error');
		expect(message).toContain("Check 'Base URL'");
	});

	// The login filter answers a wrong path with HTTP 401, and its words speak of the token.
	it.each([
		['goes on behind /V2', () => `${sandbox.baseUrl}/V3`],
		['ends before /V2', () => sandbox.baseUrl.replace(/\/V2$/, '')],
	])('tells a path that %s apart from a wrong token', async (_how, baseUrl) => {
		const { status, message } = await press({ baseUrl: baseUrl() });
		expect(status).toBe('Error');
		expect(message).toContain('There is no such call at this address');
		expect(message).toContain("'Base URL' of Kaifangqian must end in /openAPI/V2");
		expect(message).toContain('The token was not looked at');
		const wrongToken = await press({ appAuthToken: 'NO1TOKEN' });
		expect(wrongToken.message).toContain('does not know this token');
		expect(wrongToken.message).not.toContain('no such call');
	});

	it('is not content with the generic answer', async () => {
		sandbox.failNext('/signRes', 'form2');
		const { status, message } = await press();
		expect(status).toBe('Error');
		expect(message).toContain("Check 'Base URL'");
	});

	it.each([
		['a web page', 'text/html', '<html>Not Found</html>'],
		['JSON', 'application/json', '{"status":404,"error":"Not Found","path":"/openAPI/V2/signRes"}'],
		['nothing', 'text/plain', ''],
	])('takes HTTP 404 with %s for a wrong address', async (_what, type, body) => {
		sandbox.failNext('/signRes', { status: 404, body, headers: { 'content-type': type } });
		const { status, message } = await press();
		expect(status).toBe('Error');
		expect(message).toContain("Check 'Base URL'");
	});

	it('is not content with HTTP 500', async () => {
		sandbox.failNext('/signRes', 'html500');
		expect((await press()).status).toBe('Error');
	});

	it.each([
		['a gateway error', 502, { code: 502, message: 'Bad Gateway' }],
		['a gateway time-out', 200, { code: '504', message: 'Gateway Timeout' }],
		['its own trouble', 200, { code: 91000, message: '服务器未知错误', result: null }],
		['the throttle', 200, { code: '999999', message: '请勿频繁操作', result: null }],
	])('blames neither token nor address for %s', async (_what, status, body) => {
		sandbox.failNext('/signRes', { status, body: JSON.stringify(body) });
		const verdict = await press();
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toContain('The platform is there, but could not answer');
	});

	it.each([
		['a method that is not allowed', { code: 405, message: '不支持GET请求方法' }],
		['a filter in front', { code: '403', message: 'Forbidden' }],
		['another API', { code: 0, message: 'ok', data: [] }],
		['no code', { code: null, message: '成功', result: [] }],
	])('is not content with %s', async (_what, body) => {
		sandbox.failNext('/signRes', { status: 200, body: JSON.stringify(body) });
		const { status, message } = await press();
		expect(status).toBe('Error');
		expect(message).toContain("Check 'Base URL'");
	});

	it('does not follow a redirect', async () => {
		const other = await startOther();
		sandbox.failNext('/signRes', redirectTo(other.origin));
		expect((await press()).status).toBe('Error');
		expect(other.heard).toEqual([]);
	});

	onNewer('says that a host cannot be reached', async () => {
		const { status, message } = await press({ baseUrl: 'http://127.0.0.1:9/openAPI/V2' });
		expect([status, message]).toEqual(['Error', 'ECONNREFUSED']);
	});

	const withTls = () => sandbox.baseUrl.replace('http://', 'https://');

	onNewer('names the code of a server that has no TLS', async () => {
		const { status, message } = await press({ baseUrl: withTls() });
		expect([status, message]).toEqual(['Error', 'EPROTO']);
	});

	it('leaves it to the node to say what that code means', async () => {
		const { items, error } = await act(
			'businessLine',
			'getAll',
			{ contact: sandbox.operator.contact, options: { retries: 0 } },
			{ credential: { baseUrl: withTls() } },
		);
		expect(items).toEqual([]);
		expect(error?.message).toBe(`${new URL(withTls()).host} does not answer in TLS`);
		expect(error?.description).toContain('Nothing was sent (EPROTO)');
		expect(error?.description).toContain('must begin with http:// instead of https://');
		expect(sent()).toEqual([]);
	});

	describe.each([
		['no key', 'not-a-key'],
		['a frame without content', '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----'],
		['a private key', keyPair('platform').privateKey],
	])("that finds %s in 'Platform Public Key'", (_what, platformPublicKey) => {
		it('refuses it, before anything is sent', async () => {
			const { status, message } = await press({ platformPublicKey });
			expect([status, message]).toEqual([
				'Error',
				"'Platform Public Key' in the credential is not an RSA public key",
			]);
			expect(sent()).toEqual([]);
		});

		it('is alone in that: an action, which does not need the key, works', async () => {
			const { items, error } = await act(
				'businessLine',
				'getAll',
				{ contact: sandbox.operator.contact },
				{ credential: { platformPublicKey } },
			);
			expect(error).toBeUndefined();
			expect(items.length).toBeGreaterThan(0);
		});
	});

	it("is content with a 'Platform Public Key' that is one", async () => {
		const { platformPublicKey } = sandbox;
		const bare = platformPublicKey.replace(/-----[^-]+-----|\s/g, '');
		for (const key of [platformPublicKey, bare, ' '])
			expect((await press({ platformPublicKey: key })).status).toBe('OK');
	});

	it('refuses a malformed key before anything is sent', async () => {
		const { status, message } = await press({ secret: 'not-a-key' });
		expect(status).toBe('Error');
		expect(message).toContain("'RSA Private Key' in the credential is not an RSA private key");
		expect(sent()).toEqual([]);
	});

	it('refuses an address without a scheme before anything is sent', async () => {
		const { status, message } = await press({ baseUrl: sandbox.baseUrl.replace('http://', '') });
		expect([status, message]).toEqual([
			'Error',
			"'Base URL' in the credential is not a web address",
		]);
	});

	it('tells a signature that is not accepted apart', async () => {
		sandbox.switches.strictSign = true;
		expect((await press({ secret: sandbox.developerPrivateKey })).status).toBe('OK');
		const { status, message } = await press({ secret: keyPair('stranger').privateKey });
		expect(status).toBe('Error');
		expect(message).toContain('did not accept the signature');
	});
});
