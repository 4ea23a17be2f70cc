import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, describe, expect, it } from 'vitest';
import { startKaifangqian, credentialFor } from '../kaifangqian.mjs';
import { credentialFor as qiandunCredentialFor, startQiandun } from '../qiandun.mjs';
import { callWebhook, TRIGGER, triggerWorkflow, type FakeRequest } from '../webhook.mjs';

// Each body goes through the real WebhookContext. What may come out: an answer by the node itself, or
// "success" from n8n. A throw fails the test.

const kaifangqian = await startKaifangqian({ switches: { throttle: false } });
const qiandun = await startQiandun();
afterAll(async () => {
	await kaifangqian.close();
	await qiandun.close();
});

const REFUSALS = new Set([400, 401, 413, 503]);

const headers = fc.dictionary(
	fc.constantFrom('content-type', 'sign', 'content-encoding', 'host', 'x-forwarded-for', 'cookie'),
	fc.oneof(fc.string({ maxLength: 60 }), fc.base64String({ maxLength: 400 })),
	{ maxKeys: 4 },
);
const query = fc.dictionary(
	fc.constantFrom('secret', 'contractId', 'a'),
	fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 })),
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
);

const modes: Array<[string, IDataObject, () => object]> = [
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
	['Qiandun, nothing proven', { platform: 'qiandun' }, () => qiandunCredentialFor(qiandun)!],
	[
		'Qiandun, pulled',
		{
			platform: 'qiandun',
			simplify: false,
			options: { detailsPath: qiandun.paths.details, confirmPath: qiandun.paths.confirm },
		},
		() => qiandunCredentialFor(qiandun)!,
	],
	[
		'Kaifangqian, path secret',
		{ platform: 'kaifangqian', options: { pathSecret: 'sesame', confirmWithPlatform: false } },
		() => credentialFor(kaifangqian),
	],
];

describe('webhook() answers whatever comes, and never throws', () => {
	for (const [what, parameters, secrets] of modes) {
		it(what, async () => {
			const workflow = triggerWorkflow(parameters);
			const options = { secrets: secrets() as never };
			await fc.assert(
				fc.asyncProperty(rawBody, headers, query, async (body, sent, asked) => {
					const request: FakeRequest = { rawBody: body, headers: sent, query: asked };
					const answer = await callWebhook(workflow, TRIGGER, request, options);
					if (answer.by === 'node') {
						expect(REFUSALS).toContain(answer.status);
						expect(Object.keys(answer.body as object)).toEqual(['message']);
						expect(answer.result).toEqual({ noWebhookResponse: true });
						expect(answer.logs).toHaveLength(1);
					} else {
						expect(answer).toMatchObject({ status: 200, body: 'success' });
						expect(answer.items.length).toBeLessThanOrEqual(1);
						for (const item of answer.items) expect(item.event).toMatch(/^[\w.]+$/);
					}
				}),
				{ numRuns: 150 },
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
					expect([401, 503]).toContain(answer.status);
				},
			),
			{ numRuns: 100 },
		);
	});

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
