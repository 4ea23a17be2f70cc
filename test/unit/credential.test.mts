import { NodeHelpers, type IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { CnEsignApi } from '../../credentials/CnEsignApi.credentials.js';
import { cleanBaseUrl } from '../../nodes/CnEsign/runtime/outgoing.js';

const credential = new CnEsignApi();
const property = (name: string) =>
	credential.properties.find(
		(candidate) =>
			candidate.name === name &&
			candidate.displayOptions?.show?.platform?.includes('qiandun') !== true,
	);

type Authenticate = (
	credentials: Record<string, unknown>,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;
const authenticate = credential.authenticate as Authenticate;

describe('the credential for Kaifangqian', () => {
	it('has the designed names', () => {
		expect([credential.name, credential.displayName]).toEqual(['cnEsignApi', 'CN E-Sign API']);
		for (const name of ['platform', 'baseUrl', 'appAuthToken', 'secret', 'platformPublicKey'])
			expect(property(name), name).toBeDefined();
		expect(property('platform')?.default).toBe('kaifangqian');
	});

	it('hides what is secret, and only that', () => {
		const hidden = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
		expect([...new Set(hidden.map(({ name }) => name))].sort()).toEqual(['appAuthToken', 'secret']);
	});

	it('has a base URL that its own check takes', () => {
		for (const { name, default: value } of credential.properties)
			if (name === 'baseUrl') expect(cleanBaseUrl(value)).toBe(value);
	});

	it('signs for Kaifangqian unless it says otherwise', async () => {
		for (const platform of ['kaifangqian', undefined]) {
			const request = await authenticate(
				{ platform, baseUrl: 'https://sign.example/V2', appAuthToken: 'PV9LQWZA', secret: '' },
				{ url: 'https://sign.example/V2/signRes' },
			);
			expect(request.headers).toMatchObject({ appAuthToken: 'PV9LQWZA', sign: '123456' });
			const { timestamp } = request.headers as { timestamp: string };
			expect(timestamp).toMatch(/^\d{13}$/);
		}
	});
});

/** n8n's own reading of the rules: the first whose value is exactly the answer's speaks. */
const verdictOn = (body: Record<string, unknown>): string | undefined => {
	const at = (path: string): unknown =>
		path
			.split(/[.[\]]+/)
			.filter(Boolean)
			.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], body);
	for (const rule of credential.test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (at(key) === value) return message;
	}
	return undefined;
};

describe('the test of a Kaifangqian credential', () => {
	it.each([
		[40000, 'got no token'],
		[41000, 'does not know this token'],
		[42000, 'switched off'],
		[26000, "'RSA Private Key'"],
	])('says what %i means, as a number and as a text', (code, words) => {
		const message = 'token无效';
		expect(verdictOn({ code, message })).toContain(words);
		expect(verdictOn({ code: String(code), message })).toContain(words);
	});

	it('takes an unknown contact and an answer without lines as good (trap 7)', () => {
		for (const code of [10000, '10000', 31000, '31000'])
			expect(verdictOn({ code, message: '成功', timestamp: 1 })).toBeUndefined();
	});

	it.each([
		['a web page', { data: '<html></html>' }],
		['JSON from something else', { status: 'ok' }],
		[
			'the form that no endpoint answers with',
			{ success: false, message: '操作失败，路径不存在', code: 404 },
		],
	])('points to the base URL for %s', (_, body) => {
		expect(verdictOn(body)).toContain("'Base URL'");
	});

	it('never says more than it knows: no message is empty, none speaks of errors', () => {
		for (const { properties } of credential.test.rules ?? []) {
			expect(properties.message).toMatch(/^[A-Z].*[.!]$/);
			expect(properties.message).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
		}
	});
});

describe('a base URL that stayed when the platform was changed', () => {
	const shown = (values: Record<string, string>) =>
		credential.properties
			.filter(({ type }) => type === 'notice')
			.filter((notice) => NodeHelpers.displayParameter(values, notice, null, null))
			.map(({ name }) => name);
	const defaults = Object.fromEntries(
		credential.properties
			.filter(({ name }) => name === 'baseUrl')
			.map(({ displayOptions, default: value }) => [
				String(displayOptions?.show?.platform?.[0]),
				String(value),
			]),
	);

	it('is pointed out below it', () => {
		const { kaifangqian, qiandun } = defaults;
		expect(shown({ platform: 'qiandun', baseUrl: kaifangqian })).toEqual(['kaifangqianUrlNotice']);
		expect(shown({ platform: 'kaifangqian', baseUrl: qiandun })).toEqual(['qiandunUrlNotice']);
		expect(shown({ platform: 'qiandun', baseUrl: 'https://own.example/resrun-paas/x' })).toEqual([
			'kaifangqianUrlNotice',
		]);
	});

	it('is no matter where it is the right one, or empty', () => {
		for (const [platform, baseUrl] of Object.entries(defaults))
			expect(shown({ platform, baseUrl })).toEqual([]);
		for (const platform of ['kaifangqian', 'qiandun'])
			expect(shown({ platform, baseUrl: '' })).toEqual([]);
	});
});
