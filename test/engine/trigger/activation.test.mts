/** What happens when a workflow with the trigger is published: what cannot work is said then, not with the first callback. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { keyPair } from '../../sandbox/kaifangqian/keys.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { credentialFor as qiandunCredentialFor } from '../qiandun.mjs';
import { callHook, TRIGGER, triggerWorkflow } from '../webhook.mjs';
import { kaifangqianStage, qiandunStage, warnings } from './support.mjs';

const { sandbox: kaifangqian } = await kaifangqianStage();
const { sandbox: qiandun } = await qiandunStage({ switches: { gateRefusal: 'json4xx' } });

interface Settings {
	options?: IDataObject;
	events?: unknown;
	credential?: IDataObject;
	webhookBaseUrl?: string;
}

const activate = async (
	platform: 'kaifangqian' | 'qiandun',
	{ options, events, credential, webhookBaseUrl }: Settings = {},
): Promise<string[]> => {
	const secrets =
		platform === 'kaifangqian'
			? credentialFor(kaifangqian, credential)
			: qiandunCredentialFor(qiandun, credential);
	const json = triggerWorkflow({
		platform,
		...(options ? { options } : {}),
		...(events === undefined ? {} : { events: events as string[] }),
	});
	const { logs, result } = await callHook(json, TRIGGER, 'create', { webhookBaseUrl, secrets });
	expect(result).toBe(true);
	return warnings(logs);
};

const refusalOf = async (...given: Parameters<typeof activate>) =>
	await activate(...given).then(
		() => {
			throw new Error('It was activated');
		},
		({ message, description }: Error & { description?: string }) => ({ message, description }),
	);

describe('a credential that works', () => {
	it('of Kaifangqian is tried with one harmless call, and nothing is said', async () => {
		expect(await activate('kaifangqian')).toEqual([]);
		expect(kaifangqian.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /signRes',
		]);
	});

	it('of Qiandun is tried with one harmless call, and nothing is said', async () => {
		expect(await activate('qiandun')).toEqual([]);
		expect(qiandun.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /api/open/seal/detail',
		]);
	});
});

describe('a credential that cannot work is refused', () => {
	it.each([
		['an unknown token', { appAuthToken: 'NO1TOKEN' }, 'token无效'],
		['a token that is switched off', { appAuthToken: kaifangqian.disabledToken }, /停用|禁用/],
		['an empty token', { appAuthToken: '' }, "'App Auth Token' in the credential is empty"],
		[
			'a malformed private key',
			{ secret: 'not-a-key' },
			"'RSA Private Key' in the credential is not an RSA private key",
		],
		[
			"a 'Platform Public Key' that is a private one",
			{ platformPublicKey: keyPair('platform').privateKey },
			"'Platform Public Key' in the credential is not an RSA public key",
		],
		['an empty base URL', { baseUrl: '' }, "'Base URL' in the credential is empty"],
	])('because of %s', async (_what, credential, message) => {
		const refused = await refusalOf('kaifangqian', { credential });
		expect(refused.message).toMatch(message);
		expect(refused.description).toBeTruthy();
		expect(JSON.stringify(refused)).not.toContain(kaifangqian.token);
	});

	it.each([
		['a wrong secret', { secret: 'another-secret' }],
		['an unknown key', { appKey: 'another-key' }],
	])('because of %s', async (_what, credential) => {
		for (const gateRefusal of ['envelope200', 'json4xx', 'empty4xx'] as const) {
			qiandun.switches.gateRefusal = gateRefusal;
			const { description } = await refusalOf('qiandun', { credential });
			expect(description).toContain("'App Secret'");
		}
	});

	it('because it is one of the other platform', async () => {
		const { message } = await refusalOf('kaifangqian', { credential: { platform: 'qiandun' } });
		expect(message).toBe('The credential is for Qiandun, but this node is set to Kaifangqian');
		expect(kaifangqian.requests).toEqual([]);
	});

	it('because there is none', async () => {
		const json = triggerWorkflow({ platform: 'kaifangqian' });
		await expect(callHook(json, TRIGGER, 'create', { secrets: {} })).rejects.toThrow();
	});
});

describe('what may pass by itself', () => {
	it('a platform that cannot be reached is said in the log, and does not stand in the way', async () => {
		const credential = { baseUrl: 'http://127.0.0.1:9/resrun-paas/kaifangqian/openAPI/V2' };
		expect(await activate('kaifangqian', { credential })).toEqual([
			expect.stringMatching(/127\.0\.0\.1:9 could not be reached.*ECONNREFUSED/),
		]);
	});

	it.each([
		['is busy', { status: 200, body: '{"code":91000,"message":"服务器未知错误"}' }],
		['is throttled', 'throttled1'],
		['is behind a gateway that gives up', { status: 502, body: 'Bad Gateway' }],
	] as const)('a platform that %s does not stand in the way', async (_what, fault) => {
		kaifangqian.failNext('/signRes', fault);
		await activate('kaifangqian');
		expect(kaifangqian.requests).toHaveLength(1);
	});
});

describe('options', () => {
	it.each([
		[
			{ contractIds: '合同 1' },
			"'Contract IDs' holds '合同', which cannot be the ID of a contract",
		],
		[
			{ contractIds: ['1900000000000000001', 'a/b'] },
			"'Contract IDs' holds 'a/b', which cannot be the ID of a contract",
		],
		[
			{ urlSecret: 'a+b' },
			"'URL Secret' holds a character that means something else in an address",
		],
		[
			{ urlSecret: '芝麻' },
			"'URL Secret' holds a character that means something else in an address",
		],
	])('%j is refused before anybody is asked', async (options, message) => {
		const refused = await refusalOf('kaifangqian', { options });
		expect(refused.message).toBe(message);
		expect(refused.description).toBeTruthy();
		expect(kaifangqian.requests).toEqual([]);
	});

	it.each([
		{ contractIds: '1900000000000000001, 1900000000000000002' },
		{ contractIds: ['contract-0001'] },
		{ contractIds: '' },
		{ urlSecret: 'aZ09._~-' },
		{ urlSecret: '' },
	])('%j is fine', async (options) => {
		expect(await activate('kaifangqian', { options })).toEqual([]);
	});
});

describe('an event that there is not would start nothing for ever', () => {
	it.each<[platform: 'kaifangqian' | 'qiandun', events: unknown, wrong: string, name: string]>([
		['kaifangqian', ['contract.finished'], 'contract.finished', 'Kaifangqian'],
		['kaifangqian', '={{ ["contract.signed", "Signed"] }}', 'Signed', 'Kaifangqian'],
		['kaifangqian', '={{ "contract.signed,signed" }}', 'signed', 'Kaifangqian'],
		// As it stands there when the platform is changed.
		['qiandun', ['contract.fillRefused'], 'contract.fillRefused', 'Qiandun'],
	])('%s: %j', async (platform, events, wrong, name) => {
		const refused = await refusalOf(platform, { events });
		expect(refused.message).toBe(`'Trigger On' holds '${wrong}', which is no event of ${name}`);
		expect(refused.description).toBeTruthy();
	});

	it.each([[['*']], [['contract.signed', 'contract.completed']], ['={{ "contract.signed" }}']])(
		'%j is fine',
		async (events) => {
			expect(await activate('kaifangqian', { events })).toEqual([]);
		},
	);
});

describe('the production address', () => {
	// 36 characters of id, /esign behind it, / before it.
	const baseOf = (length: number) => `https://n8n.example/${'x'.repeat(length - 20 - 43)}`;
	const warned = async (
		platform: 'kaifangqian' | 'qiandun',
		length: number,
		options?: IDataObject,
	) => await activate(platform, { options, webhookBaseUrl: baseOf(length) });

	it('is said to be too long where it is longer than Kaifangqian takes', async () => {
		expect(await warned('kaifangqian', 128)).toEqual([]);
		expect(await warned('kaifangqian', 129)).toEqual([
			expect.stringMatching(
				/has 129 characters\. Kaifangqian takes at most 128: .* breaks the starting and recalling/,
			),
		]);
	});

	it('counts with its URL secret', async () => {
		const length = 128 - '?secret=abc'.length;
		expect(await warned('kaifangqian', length, { urlSecret: 'abc' })).toEqual([]);
		const [message] = await warned('kaifangqian', length, { urlSecret: 'sesame' });
		expect(message).toContain('has 131 characters');
		expect(message).not.toContain('sesame');
	});

	it('may be longer for Qiandun', async () => {
		expect(await warned('qiandun', 300, { urlSecret: 'secret' })).toEqual([]);
	});
});

it('checkExists() finds nothing and delete() has nothing to do, and neither calls anybody', async () => {
	const json = triggerWorkflow({ platform: 'kaifangqian' });
	expect((await callHook(json, TRIGGER, 'checkExists')).result).toBe(false);
	expect((await callHook(json, TRIGGER, 'delete')).result).toBe(true);
});
