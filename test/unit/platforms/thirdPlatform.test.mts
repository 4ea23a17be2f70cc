/**
 * A platform that is like neither of the two: one address and an action in the header, a result that has
 * another name, signed and encrypted callbacks, a console that wants its question back, and a webhook that
 * registers itself. What it needs is in `definition.ts`, and nothing else has to change for it.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { PlatformDefinition } from '../../../nodes/CnEsign/platforms/definition.js';
import {
	credentialTest,
	bodyRules,
} from '../../../nodes/CnEsign/platforms/describe/credentialProperties.js';
import { platforms } from '../../../nodes/CnEsign/platforms/index.js';
import { createClient } from '../../../nodes/CnEsign/runtime/http/createClient.js';
import { singleCall } from '../../../nodes/CnEsign/runtime/items/settings.js';
import { receive } from '../../../nodes/CnEsign/trigger/receive.js';
import { webhookLifecycle } from '../../../nodes/CnEsign/trigger/webhooks.js';
import { node } from '../support.mjs';

const KEY = Buffer.alloc(32, 7);
const IV = Buffer.alloc(16, 1);
const signed = (text: string) => createHmac('sha256', KEY).update(text).digest('hex');
const encrypted = (text: string) => {
	const cipher = createCipheriv('aes-256-cbc', KEY, IV);
	return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
};
const decrypted = (text: string) => {
	const decipher = createDecipheriv('aes-256-cbc', KEY, IV);
	return decipher.update(text, 'base64', 'utf8') + decipher.final('utf8');
};

const registered: string[] = [];

const toysign: PlatformDefinition = {
	value: 'toysign',
	name: 'Toysign',
	localName: '玩具签',
	description: 'A platform of this test',
	credential: {
		fields: [],
		usualUrl: 'https://toysign.example',
		urlMark: 'toysign',
		ownsUrl: () => true,
		sign: async (_credential, request) => request,
		test: {
			url: '/?action=Ping',
			readsBody: true,
			refused: ['AuthFailure'],
			good: ['0'],
			rules: [],
		},
	},
	actions: {
		resources: [],
		options: [],
		idFields: ['flowId'],
		client: {
			platformName: 'Toysign',
			baseUrlEnding: '',
			secretsOf: () => [],
			isPersonalField: () => false,
			nameOf: ({ headers }) => String(headers?.['X-Action'] ?? ''),
			isThrottled: () => false,
			isSuccess: ({ code }) => code === 0,
			resultOf: ({ data }) => data,
			explain: ({ envelope }) =>
				envelope && { message: String(envelope.msg), code: String(envelope.code) },
			isFile: () => false,
		},
	},
	trigger: {
		events: [{ value: 'flow.done', name: 'Flow Done', description: 'Everybody has signed' }],
		options: [],
		notice: '',
		acknowledgement: 'ok',
		async open({ delivery: { rawBody, query } }) {
			const text = rawBody.toString();
			if (query.signature !== signed(text)) return { kind: 'unproven', reason: 'wrong signature' };
			const body = JSON.parse(decrypted(text)) as Record<string, unknown>;
			if (typeof body.probe === 'string') return { kind: 'probe', answer: body.probe };
			return { kind: 'event', body };
		},
		normalise: ({ flowId }) => ({
			event: 'flow.done',
			eventId: String(flowId),
			mayRecur: true,
			contractId: String(flowId),
			flat: {},
			full: {},
		}),
		prove: async (_callback, _body, event) => ({ accepted: true, event, verified: 'signature' }),
		answerSetup: async ({ delivery: { query } }) => decrypted(String(query.echo)),
		register: async (_context, url, { baseUrl }) => void registered.push(`${baseUrl} → ${url}`),
		unregister: async () => void registered.pop(),
		isRegistered: async () => registered.length > 0,
	},
};

const all = [...platforms, toysign];
const credential = { platform: 'toysign', baseUrl: 'https://toysign.example' };
const logger = { warn: () => {}, info: () => {} };

const answering = (body: object, calls: object[] = []) => ({
	getNode: () => node,
	getCredentials: async () => credential,
	logger,
	helpers: {
		httpRequestWithAuthentication: async (_: string, options: object) => {
			calls.push(options);
			return { statusCode: 200, headers: {}, body: JSON.stringify(body) };
		},
	},
});

describe('its calls', () => {
	const callOf = (body: object, calls: object[] = []) => {
		const exec = answering(body, calls) as unknown as IHookFunctions;
		const client = createClient(toysign.actions.client, exec, singleCall(1000), credential);
		return client.forItem(0).post('/', { title: 'x' }, { headers: { 'X-Action': 'CreateFlow' } });
	};

	it('carry their action, and give what the envelope calls data', async () => {
		const calls: object[] = [];
		expect(await callOf({ code: 0, data: { flowId: '1' } }, calls)).toEqual({ flowId: '1' });
		expect(calls).toMatchObject([{ headers: { 'X-Action': 'CreateFlow' } }]);
	});

	it('are refused in its words', async () => {
		await expect(callOf({ code: 'NoQuota', msg: 'No quota is left' })).rejects.toThrow(
			'No quota is left',
		);
	});
});

it('its good codes are no failures of the credential test', () => {
	const wrong = bodyRules('code', '0', 'x').map(({ properties }) => ({
		...properties,
		message: expect.any(String) as string,
	}));
	const rulesOf = (list: PlatformDefinition[]) =>
		credentialTest(list).rules!.map(({ properties }) => properties);
	expect(rulesOf(platforms)).toEqual(expect.arrayContaining(wrong));
	for (const rule of wrong) expect(rulesOf(all)).not.toContainEqual(rule);
});

describe('its callbacks', () => {
	const deliver = async (
		text: string,
		query: object,
		{ name = 'default' }: { name?: string } = {},
	) => {
		const sent: { status?: number } = {};
		const response = {
			status: (status: number) => {
				sent.status = status;
				return { json: () => {} };
			},
		};
		const result = await receive(
			{
				getNodeParameter: (parameter: string, otherwise: unknown) =>
					parameter === 'platform' ? 'toysign' : otherwise,
				getWebhookName: () => name,
				getQueryData: () => query,
				getHeaderData: () => ({}),
				getRequestObject: () => ({ rawBody: Buffer.from(text) }),
				getResponseObject: () => response,
				getNode: () => node,
				getMode: () => 'trigger',
				logger,
			} as unknown as IWebhookFunctions,
			all,
		);
		return { ...result, ...sent };
	};
	const event = encrypted('{"flowId":"1"}');

	it('are decrypted once their signature in the query is checked', async () => {
		const { workflowData } = await deliver(event, { signature: signed(event) });
		expect(workflowData).toMatchObject([[{ json: { event: 'flow.done', contractId: '1' } }]]);
	});

	it('are refused as unproven where it is wrong', async () => {
		expect(await deliver(event, { signature: signed('x') })).toEqual({
			noWebhookResponse: true,
			status: 401,
		});
	});

	it('may be a question, by POST or by GET, whose answer has to be worked out', async () => {
		const probe = encrypted('{"probe":"echo"}');
		expect(await deliver(probe, { signature: signed(probe) })).toEqual({ webhookResponse: 'echo' });
		const echo = encrypted('echo');
		expect(await deliver('', { echo }, { name: 'setup' })).toEqual({ webhookResponse: 'echo' });
	});
});

it('its address is registered when the workflow is published, once, and taken back', async () => {
	const { checkExists, create, delete: remove } = webhookLifecycle(all)!.default!;
	const context = {
		...answering({ code: 0, data: {} }),
		getNodeParameter: (parameter: string, otherwise: unknown) =>
			parameter === 'platform' ? 'toysign' : otherwise,
		getNodeWebhookUrl: () => 'https://n8n.example/webhook/1/esign',
	} as unknown as IHookFunctions;
	expect(await checkExists.call(context)).toBe(false);
	await create.call(context);
	expect(registered).toEqual(['https://toysign.example → https://n8n.example/webhook/1/esign']);
	expect(await checkExists.call(context)).toBe(true);
	await remove.call(context);
	expect(registered).toEqual([]);
});
