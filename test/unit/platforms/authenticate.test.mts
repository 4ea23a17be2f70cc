import { UserError, type IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { authenticate } from '../../../nodes/CnEsign/platforms/authenticate.js';
import { platforms } from '../../../nodes/CnEsign/platforms/index.js';
import { thrownBy } from '../support.mjs';

const clock = { now: () => 1_775_010_802_000, uuid: () => crypto.randomUUID() };

// Made up; each platform reads its own of them.
const secrets = { appAuthToken: 'PV9LQWZA', appKey: 'demoKey', secret: '' };
const withSecret = { ...secrets, secret: 'demoSecret' };

const credentialOf = (platform: string, more: object = {}) => ({
	...(platform === 'kaifangqian' ? secrets : withSecret),
	platform,
	baseUrl: platforms.find(({ value }) => value === platform)!.credential.usualUrl,
	...more,
});

const signed = async (credential: object, options: object) =>
	await authenticate(
		platforms,
		credential as Parameters<typeof authenticate>[1],
		options as IHttpRequestOptions,
		clock,
	);

const refusal = async (credential: object, options: object) => {
	const thrown = (await thrownBy(async () => await signed(credential, options))) as UserError;
	expect(thrown).toBeInstanceOf(UserError);
	// What is refused names neither key nor token.
	expect(`${thrown.message} ${thrown.description}`).not.toMatch(/PV9LQWZA|demoKey|demoSecret/);
	return thrown;
};

describe.each(platforms.map(({ value, name, credential }) => ({ value, name, credential })))(
	'a request with a credential of $name',
	({ value, credential: { usualUrl } }) => {
		const { origin, pathname, host } = new URL(usualUrl);

		it('is signed below the base URL, whatever slashes and blanks that has', async () => {
			for (const baseUrl of [usualUrl, `${usualUrl}/`, ` ${usualUrl}// `]) {
				const request = await signed(credentialOf(value, { baseUrl }), { url: `${usualUrl}/x` });
				expect(new URL(request.url).pathname).toBe(`${pathname.replace(/\/$/, '')}/x`);
				expect(Object.keys(request.headers ?? {}).join()).toMatch(/appAuthToken|X-Ca-Signature/);
			}
		});

		it.each([
			`https://other.example${pathname}/x`,
			`http://${host}/x`,
			`https://${host}:8443/x`,
			`https://${host}.other.example/x`,
			`https://${host}@other.example/x`,
			String.raw`https:\\other.example\x`,
		])('is not sent to another host: %s', async (url) => {
			const { message, description } = await refusal(credentialOf(value), { url });
			expect(message).toBe(`This credential is only for ${origin}`);
			expect(description).toContain('was not sent');
			// The older names of the HTTP Request node.
			const older = await refusal(credentialOf(value), { uri: url });
			expect(older.message).toBe(message);
		});

		it.each([
			['', 'is empty'],
			[undefined, 'is empty'],
			['sign.example/api', 'is not a web address'],
			['ftp://sign.example/api', 'must start with https:// or http://'],
			[`${usualUrl}?a=1`, 'must not hold a ? or #'],
		])('is refused with the base URL %j', async (baseUrl, reason) => {
			const { message } = await refusal(credentialOf(value, { baseUrl }), { url: `${usualUrl}/x` });
			expect(message).toBe(`'Base URL' in the credential ${reason}`);
		});

		it('is refused with the base URL of another platform, which the editor keeps', async () => {
			for (const other of platforms.filter((platform) => platform.value !== value)) {
				const baseUrl = other.credential.usualUrl;
				const { message, description } = await refusal(credentialOf(value, { baseUrl }), {
					url: `${baseUrl}/x`,
				});
				expect(message).toBe(`'Base URL' in the credential is the address of ${other.name}`);
				expect(description).toContain(usualUrl);
			}
		});
	},
);

describe('a credential without a platform', () => {
	it('is one of the first platform', async () => {
		const [{ value, credential }] = platforms;
		const { headers } = await signed(
			{ ...credentialOf(value), platform: undefined },
			{ url: `${credential.usualUrl}/x` },
		);
		expect(headers).toMatchObject({ appAuthToken: 'PV9LQWZA' });
	});
});
