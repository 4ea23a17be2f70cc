import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineOptions } from '../engine.mjs';
import { startKaifangqian, credentialFor } from '../kaifangqian.mjs';
import { credentialFor as qiandunCredentialFor, startQiandun } from '../qiandun.mjs';
import { callWebhook, TRIGGER, triggerWorkflow, type FakeRequest } from '../webhook.mjs';
import { runs } from '../../seed.mjs';

// Each body goes through the real WebhookContext. What may come out: an answer by the node itself, or
// "success" from n8n. A throw fails the test.

const kaifangqian = await startKaifangqian({ switches: { throttle: false } });
const qiandun = await startQiandun();
afterAll(async () => {
	await kaifangqian.close();
	await qiandun.close();
});

const LONGEST = 64 * 1024;
const DEEPEST = 20;
const TO_PROTOTYPE = ['__proto__', 'constructor', 'prototype'];

const isContainer = (value: unknown): value is object =>
	typeof value === 'object' && value !== null;

/** The names in a value, at any depth. */
const namesIn = (value: unknown): string[] =>
	isContainer(value)
		? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
		: [];

const depthOf = (value: unknown): number =>
	isContainer(value) ? 1 + Math.max(-1, ...Object.values(value).map(depthOf)) : 0;

/** The rule for a body, by itself: a JSON object, not too deep, without a name that leads to a prototype. */
const bodyOf = (rawBody: string | Buffer): Record<string, unknown> | undefined => {
	let body: unknown;
	try {
		body = JSON.parse(new TextDecoder().decode(Buffer.from(rawBody)));
	} catch {
		return undefined;
	}
	const isWelcome = isContainer(body) && !Array.isArray(body) && depthOf(body) <= DEEPEST;
	if (!isWelcome || namesIn(body).some((name) => TO_PROTOTYPE.includes(name))) return undefined;
	return { ...(body as object) };
};

/** With which status a request may be answered; 400 exactly where its body is malformed. */
const statusesFor = (
	rawBody: string | Buffer,
	{ urlSecret, detailsPath }: IDataObject = {},
	query: Record<string, unknown> = {},
): number[] => {
	if (urlSecret !== undefined && query.secret !== urlSecret) return [401];
	if (Buffer.byteLength(rawBody) > LONGEST) return [413];
	const body = bodyOf(rawBody);
	if (!body) return [400];
	// There is nothing to ask the platform about.
	const { transactionId = '' } = body;
	const isNamed = typeof transactionId === 'number' || typeof transactionId === 'string';
	if (detailsPath !== undefined && (!isNamed || transactionId === '')) return [400];
	return [200, 401, 503];
};

const headers = fc.dictionary(
	fc.constantFrom('content-type', 'sign', 'content-encoding', 'host', 'x-forwarded-for', 'cookie'),
	fc.oneof(fc.string({ maxLength: 60 }), fc.base64String({ maxLength: 400 })),
	{ maxKeys: 4 },
);
const query = fc.dictionary(
	fc.constantFrom('secret', 'contractId', 'a'),
	fc.oneof(fc.constant('sesame'), fc.string(), fc.array(fc.string(), { maxLength: 3 })),
	{ maxKeys: 3 },
);
const field = fc.oneof(
	fc.constantFrom('contractId', 'contractStatus', 'callbackType', 'taskId', 'signer', 'reason'),
	fc.constantFrom('transactionId', 'businessType', '__proto__', 'constructor'),
	fc.string({ maxLength: 8 }),
);
const value = fc.oneof(
	fc.constantFrom('COMPLETE', 'SUBMIT_SIGN', 'EXPIRED', 'OPEN_CONTRACT_SIGNED', 'SIGNING', ''),
	fc.jsonValue({ maxDepth: 3 }),
);
// Written as text: an object would swallow fields named twice or called __proto__.
const json = fc
	.array(fc.tuple(field, value), { maxLength: 8 })
	.map(
		(entries) =>
			`{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`).join(',')}}`,
	);
const rawBody = fc.oneof(
	json,
	fc.json({ maxDepth: 4 }),
	fc.string({ maxLength: 200 }),
	fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
	fc.nat({ max: 70_000 }).map((length) => `{"a":"${'x'.repeat(length)}"}`),
	fc.nat({ max: 40 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
);

const modes: Array<[string, IDataObject, () => EngineOptions['secrets']]> = [
	[
		'Kaifangqian, signature',
		{ platform: 'kaifangqian' },
		() => credentialFor(kaifangqian, { platformPublicKey: kaifangqian.platformPublicKey }),
	],
	[
		'Kaifangqian, nothing proven',
		{ platform: 'kaifangqian', options: { confirmWithPlatform: false } },
		() => credentialFor(kaifangqian),
	],
	['Qiandun, nothing proven', { platform: 'qiandun' }, () => qiandunCredentialFor(qiandun)],
	[
		'Qiandun, pulled',
		{
			platform: 'qiandun',
			simplify: false,
			options: { detailsPath: qiandun.paths.details, confirmPath: qiandun.paths.confirm },
		},
		() => qiandunCredentialFor(qiandun),
	],
	[
		'Kaifangqian, URL secret',
		{ platform: 'kaifangqian', options: { urlSecret: 'sesame', confirmWithPlatform: false } },
		() => credentialFor(kaifangqian),
	],
];

describe('webhook() answers whatever comes, and never throws', () => {
	for (const [what, parameters, secrets] of modes) {
		it(what, async () => {
			const workflow = triggerWorkflow(parameters);
			const options = { secrets: secrets() };
			await fc.assert(
				fc.asyncProperty(rawBody, headers, query, async (body, sent, asked) => {
					const request: FakeRequest = { rawBody: body, headers: sent, query: asked };
					const answer = await callWebhook(workflow, TRIGGER, request, options);
					expect(statusesFor(body, parameters.options as IDataObject, asked)).toContain(
						answer.status,
					);
					if (answer.by === 'node') {
						expect(Object.keys(answer.body as object)).toEqual(['message']);
						expect(answer.result).toEqual({ noWebhookResponse: true });
						expect(answer.logs).toHaveLength(1);
					} else {
						expect(answer).toMatchObject({ status: 200, body: 'success' });
						expect(answer.items.length).toBeLessThanOrEqual(1);
						for (const item of answer.items) expect(item.event).toMatch(/^[\w.]+$/);
					}
				}),
				{ numRuns: runs(150) },
			);
		});
	}

	it('Kaifangqian, asked back: nobody starts anything with contracts that do not exist', async () => {
		const workflow = triggerWorkflow({ platform: 'kaifangqian' });
		const options = { secrets: credentialFor(kaifangqian) };
		await fc.assert(
			fc.asyncProperty(
				// DELETE, because the others take a second look first, which takes its time.
				fc.oneof(fc.string(), fc.integer(), fc.jsonValue({ maxDepth: 1 })),
				async (contractId) => {
					const rawBody = JSON.stringify({ contractId, callbackType: 'DELETE' });
					const answer = await callWebhook(workflow, TRIGGER, { rawBody }, options);
					expect(answer).toMatchObject({ by: 'node', items: [] });
					expect(statusesFor(rawBody)).toContain(answer.status);
				},
			),
			{ numRuns: runs(100) },
		);
	});

	for (const [what, parameters, secrets] of modes) {
		it(`${what}: a name that leads to a prototype, wherever it stands, is malformed`, async () => {
			const workflow = triggerWorkflow(parameters);
			const options = { secrets: secrets() };
			const bodies = [...TO_PROTOTYPE, '\\u005f_proto__'].flatMap((name) =>
				[
					`"${name}":{"a":1}`,
					`"${name}":null,"a":1`,
					`"contractId":[{"${name}":""}]`,
					`"signer":{"name":"李四","${name}":{"admin":true}}`,
					`"a":${'['.repeat(15)}{"b":{"${name}":1}}${']'.repeat(15)}`,
				].map((part) => `{"contractStatus":"SIGNING","callbackType":"DELETE",${part}}`),
			);
			const before = kaifangqian.requests.length + qiandun.requests.length;
			for (const rawBody of bodies) {
				const request = { rawBody, query: { secret: 'sesame' } };
				const answer = await callWebhook(workflow, TRIGGER, request, options);
				expect(answer, rawBody).toMatchObject({
					by: 'node',
					status: 400,
					body: { message: 'Malformed' },
					items: [],
					staticData: {},
				});
			}
			expect(kaifangqian.requests.length + qiandun.requests.length).toBe(before);
			expect(Object.prototype).not.toHaveProperty('admin');
		});
	}

	it('a body that nobody has read, or that cannot be read', async () => {
		const workflow = triggerWorkflow({ platform: 'kaifangqian' });
		const options = { secrets: credentialFor(kaifangqian) };
		const unread = async (readRawBody?: () => Promise<void>) =>
			await callWebhook(workflow, TRIGGER, { readRawBody }, options);
		expect(await unread()).toMatchObject({ by: 'node', status: 400 });
		expect(await unread(async () => {})).toMatchObject({ by: 'node', status: 400 });
		const broken = await unread(async () => {
			throw new Error('stream is not readable');
		});
		expect(broken).toMatchObject({ by: 'node', status: 503 });
	});

	it('no credential at all: 503, and the connection test still works', async () => {
		const workflow = triggerWorkflow({ platform: 'kaifangqian' }, { credentials: undefined });
		const answer = await callWebhook(workflow, TRIGGER, { rawBody: '{"contractId":"1"}' });
		expect(answer).toMatchObject({ by: 'node', status: 503, body: { message: 'Try again later' } });
		const test = await callWebhook(workflow, TRIGGER, { webhook: 'setup' });
		expect(test).toMatchObject({ by: 'n8n', status: 200, body: 'success', items: [] });
	});
});
