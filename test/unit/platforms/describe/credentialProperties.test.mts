import { NodeHelpers, type IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { CnEsignApi } from '../../../../credentials/CnEsignApi.credentials.js';
import { platforms } from '../../../../nodes/CnEsign/platforms/index.js';
import { cleanBaseUrl } from '../../../../nodes/CnEsign/runtime/http/signableRequest.js';
import { isUnencrypted } from '../../../../nodes/CnEsign/runtime/http/credential.js';

const credential = new CnEsignApi();

type Authenticate = (
	credentials: Record<string, unknown>,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;
const authenticate = credential.authenticate as Authenticate;

/** The fields that n8n shows for a platform. */
const shownFor = (platform: string, more: Record<string, string> = {}) =>
	credential.properties.filter((property) =>
		NodeHelpers.displayParameter({ platform, ...more }, property, null, null),
	);

describe('the credential', () => {
	it('has the designed names', () => {
		expect([credential.name, credential.displayName]).toEqual([
			'cnEsignApi',
			'CN E-Sign (开放签, 签盾) API',
		]);
		const namesFor = (platform: string) =>
			shownFor(platform, { baseUrl: 'https://sign.example' }).map(({ name }) => name);
		expect(namesFor('kaifangqian')).toEqual([
			...['platform', 'baseUrl', 'appAuthToken', 'senderName', 'senderContact'],
			...['secret', 'platformPublicKey'],
		]);
		expect(namesFor('qiandun')).toEqual(['platform', 'baseUrl', 'appKey', 'secret']);
		expect(credential.properties[0].default).toBe('kaifangqian');
	});

	it('hides what is secret, and only that', () => {
		const hidden = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
		expect([...new Set(hidden.map(({ name }) => name))].sort()).toEqual(['appAuthToken', 'secret']);
	});

	it('has base URLs that its own check takes', () => {
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

const noticesFor = (platform: string, baseUrl: string) =>
	shownFor(platform, { baseUrl })
		.filter(({ type }) => type === 'notice')
		.map(({ name }) => name);

describe('a base URL that stayed when the platform was changed', () => {
	const urls = Object.fromEntries(
		platforms.map(({ value, credential: { usualUrl } }) => [value, usualUrl]),
	);

	it('is pointed out below it', () => {
		const { kaifangqian, qiandun } = urls;
		expect(noticesFor('qiandun', kaifangqian)).toEqual(['kaifangqianUrlNotice']);
		expect(noticesFor('kaifangqian', qiandun)).toEqual(['qiandunUrlNotice']);
		expect(noticesFor('qiandun', 'https://own.example/resrun-paas/x')).toEqual([
			'kaifangqianUrlNotice',
		]);
	});

	it('is no matter where it is the right one, or empty', () => {
		for (const [platform, baseUrl] of Object.entries(urls)) {
			expect(noticesFor(platform, baseUrl)).toEqual([]);
			expect(noticesFor(platform, '')).toEqual([]);
		}
	});
});

describe('a base URL without TLS', () => {
	it.each([
		'http://sign.example/V2',
		'http://10.0.0.1:8899/V2',
		'https://sign.example/V2',
		'http://127.0.0.1:8899/V2',
		'http://localhost/V2',
		'http://[::1]:8899/V2',
	])('is pointed out where the node would warn, too: %s', (baseUrl) => {
		const notices = noticesFor('kaifangqian', baseUrl);
		expect(notices).toEqual(isUnencrypted(baseUrl) ? ['plainHttpNotice'] : []);
	});
});

describe('the test of the credential', () => {
	const { request, rules = [] } = credential.test;

	/** What n8n makes of an expression with these credentials. */
	const evaluated = (text: unknown, platform: string | undefined): unknown => {
		const code = /^=\{\{ (.*) \}\}$/s.exec(String(text))?.[1] ?? '';
		return new Function('$credentials', `return ${code}`)({ platform }) as unknown;
	};

	it('makes the harmless call of the platform, and reads its refusals where that wants it', () => {
		for (const { value, credential: definition } of platforms) {
			expect(evaluated(request.url, value)).toBe(definition.test.url);
			expect(evaluated(request.ignoreHttpStatusErrors, value)).toBe(definition.test.readsBody);
		}
		expect(evaluated(request.url, undefined)).toBe(platforms[0].credential.test.url);
	});

	it('has messages that say what to do, each in sentences', () => {
		for (const { properties } of rules) expect(properties.message).toMatch(/^[A-Z].*[.!]$/);
	});

	// All rules stand in one list, and the first that fits speaks.
	it('has no rule that another one always covers', () => {
		const seen = rules.map(({ type, properties }) =>
			JSON.stringify([
				type,
				'key' in properties ? properties.key : '',
				typeof properties.value,
				properties.value ?? null,
			]),
		);
		expect(new Set(seen).size).toBe(seen.length);
	});
});
