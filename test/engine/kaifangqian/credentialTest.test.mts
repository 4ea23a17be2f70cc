import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { keyPair } from '../../sandbox/kaifangqian/keys.mjs';
import { testCredential } from '../credentialTest.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { onNewer } from '../onNewer.mjs';
import { queryOf, redirectTo, stage, startOther } from './support.mjs';

const { sandbox, sent } = await stage();

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

	it('is not content with the generic answer, which a wrong path gets', async () => {
		const { status, message } = await press({ baseUrl: `${sandbox.baseUrl}/V3` });
		expect(status).toBe('Error');
		expect(message).toContain("Check 'Base URL'");
	});

	it.each([404, 500])('is not content with HTTP %i', async (code) => {
		sandbox.failNext('/signRes', {
			status: code,
			body: '<html></html>',
			headers: { 'content-type': 'text/html' },
		});
		expect((await press()).status).toBe('Error');
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
