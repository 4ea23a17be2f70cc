import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import { alternate, type Bench, type Row } from '../bench.mjs';
import { saveCredential, withCredential, withN8n } from '../fullN8n.mjs';
import { esignTrigger, webhookNode } from '../nodes.mjs';
import { atLeast, atMost } from '../report.mjs';
import { startSide, withSide, type Side } from '../side.mjs';
import type { SenderSide } from '../sides/sender.mjs';
import type { VerifySide } from '../sides/verify.mjs';
import { ratioOf } from '../statistics.mjs';
import type { N8nServer } from '../../e2e/server/index.mjs';

const AT_ONCE = 10;
/** n8n goes on after it has answered; the next side shall not pay for it. */
const BETWEEN = 2000;

/** Callbacks per second of our trigger with and without verification, and of n8n's Webhook node. */
const rates = async (bench: Bench, server: N8nServer, sender: Side<SenderSide>) => {
	const { platform, quick } = bench;
	const count = quick ? 50 : 200;
	const { platformPublicKey } = platform;
	const verified = await saveCredential(server, 'Verified', platform, { platformPublicKey });
	const unverified = await saveCredential(server, 'Unverified', platform);

	const side = async (trigger: INode, path: string, answer: string) => {
		const { id } = await server.rest.createWorkflow({
			name: path,
			nodes: [trigger],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		await server.rest.activate(id);
		return async () => {
			const ms = await sender.call('send', {
				url: `${server.url}/webhook/${path}`,
				count,
				atOnce: AT_ONCE,
				privateKey: platform.platformPrivateKey,
				answer,
			});
			await new Promise((resolve) => setTimeout(resolve, BETWEEN));
			return (count / ms) * 1000;
		};
	};
	const ours = async (credential: typeof verified, options: Record<string, unknown>) => {
		const id = randomUUID();
		const trigger = withCredential(esignTrigger(id, options as never), credential);
		return await side(trigger, `${id}/${TRIGGER_PATH}`, '200 success');
	};
	const plain = randomUUID();
	return await alternate(bench, [
		await ours(verified, {}),
		await ours(unverified, { confirmWithPlatform: false }),
		await side(webhookNode(plain), plain, '200 '),
	]);
};

/** The path that the trigger registers below its webhook id. */
const TRIGGER_PATH = 'esign';

const measure = async (bench: Bench): Promise<void> => {
	const { stand, quick } = bench;
	const unit = 'callbacks/s';
	await withSide(startSide<SenderSide>(stand, 'sender.mts'), async (sender) => {
		const compare = async (engine: 'vm' | 'legacy') =>
			await withN8n(
				bench,
				{ N8N_EXPRESSION_ENGINE: engine },
				async (server) => await rates(bench, server, sender),
			);

		const [verified, unverified, webhook] = await compare('vm');
		bench.add({
			work: 'callbacks with a signature that is verified',
			ours: verified,
			unit,
			beside: { name: 'ours, unverified', values: unverified },
			result: { sample: ratioOf(verified, unverified), unit: '×' },
			target: atLeast(0.95),
		});
		bench.add({
			work: "the limit that n8n sets: a community trigger beside n8n's own",
			ours: verified,
			unit,
			beside: { name: 'Webhook', values: webhook },
			result: { sample: ratioOf(verified, webhook), unit: '×' },
		});

		const legacy = await compare('legacy');
		bench.add({
			work: 'the same with the expression engine `legacy`',
			ours: legacy[0],
			unit,
			beside: { name: 'Webhook', values: legacy[2] },
			result: { sample: ratioOf(legacy[0], legacy[2]), unit: '×' },
			target: atLeast(0.8),
		});
	});

	await withSide(startSide<VerifySide>(stand, 'verify.mts'), async (side) => {
		const [times] = await alternate(bench, [
			async () => await side.call('verify', { bytes: 1024, times: quick ? 200 : 2000 }),
		]);
		bench.add({
			work: 'verification of 1 KB',
			ours: times,
			unit: 'ms',
			target: atMost(0.1, 'ms'),
		});
	});
};

export const row: Row = { number: 7, title: 'callbacks, full n8n', measure };
