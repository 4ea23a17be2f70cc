/** A cancelled execution stops calling the platform. */
import type { IDataObject } from 'n8n-workflow';
import { afterEach, describe, expect, it } from 'vitest';
import { runNode } from '../engine/node.mjs';
import { operationOf } from './inputs/input.mjs';
import type { RequestFault } from './proxy.mjs';
import { kaifangqianStage, qiandunStage, type Stage } from './stages.mjs';
import { openField } from './strike.mjs';

const open: Array<() => Promise<void>> = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});

/** Longer than any pause after which a call would be made again. */
const LONG_ENOUGH = 2500;

const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

const situations: Array<[string, Record<string, RequestFault>]> = [
	[
		'while it waits out the throttle',
		{
			kaifangqian: (exchange) =>
				exchange.answer(200, {}, '{"code":999999,"message":"请勿频繁操作"}'),
			qiandun: (exchange) => exchange.answer(429, {}, ''),
		},
	],
	['while an answer is awaited', { kaifangqian: () => {}, qiandun: () => {} }],
];

describe.each<[string, Stage<unknown>, string[]]>([
	[
		'kaifangqian',
		kaifangqianStage as Stage<unknown>,
		['contract.create', 'document.upload', 'contract.getStatus'],
	],
	['qiandun', qiandunStage as Stage<unknown>, ['contract.start', 'seal.get', 'api.request (file)']],
])('%s', (platform, stage, names) => {
	describe.concurrent.each(names)('%s', (name) => {
		it.each(situations)('makes no further call when it is cancelled %s', async (_when, faults) => {
			const { running, proxy } = await openField(stage, '');
			open.push(proxy.close, running.close);
			const { parameters, items } = await stage.inputs[name].prepare(running.sandbox);
			const before = running.contracts().length;
			let cancel = () => {};
			let first = () => {};
			const reached = new Promise<void>((resolve) => {
				first = resolve;
			});
			proxy.onRequest = () => (exchange) => {
				first();
				return faults[platform](exchange);
			};
			const [resource, operation] = operationOf(name);
			const options = {
				...(parameters.options as IDataObject),
				...running.options,
				retries: 10,
				itemsInParallel: 1,
				timeout: 60,
			};
			const began = performance.now();
			const ending = runNode(
				{ platform, resource, operation, ...parameters, options },
				{
					secrets: running.credential(proxy.origin),
					input: items,
					onStart: (stop) => {
						cancel = stop;
					},
				},
			);
			await reached;
			await wait(100);
			cancel();
			const { run } = await ending;
			expect(performance.now() - began).toBeLessThan(20_000);
			expect(run.status).toBe('canceled');
			const calls = proxy.heard.length;
			await wait(LONG_ENOUGH);
			expect(proxy.heard.length).toBe(calls);
			expect(calls).toBe(1);
			expect(running.contracts()).toHaveLength(before);
		});
	});
});
