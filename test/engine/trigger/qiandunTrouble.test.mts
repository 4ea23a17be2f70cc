import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/qiandun/index.mjs';
import { startServer } from '../localServer.mjs';
import { eventsOf, qiandunStage, warnings } from './support.mjs';

const stage = await qiandunStage();
const { sandbox, paths } = stage;
const { contractId, unfinishedAccountId } = sandbox.seeds.contract;

const signs = () => sandbox.control.contractSigned(contractId, unfinishedAccountId);
/** The confirmations have arrived; they follow the answers. */
const confirmed = async () =>
	await expect.poll(() => sandbox.callbacks.pending(), { timeout: 10_000 }).toEqual([]);
const callsTo = (path: string) =>
	sandbox.requests.filter((request) => request.path === `/api${path}`);

const TRY_AGAIN = { status: 503, answer: '{"message":"Try again later"}' };

describe('Qiandun: the platform cannot be asked: 503, and again later', () => {
	const troubles: Array<[string, Fault]> = [
		['is busy (500)', 'code500'],
		['answers no JSON', 'nonJson'],
		['answers a web page', 'html200'],
		['sends half an answer', 'truncatedJson'],
		['drops the connection', 'dropBefore'],
		['says 429', { status: 429, body: '' }],
		['says 502', { status: 502, body: 'Bad Gateway' }],
		['lets nobody through its gateway (403)', { status: 403, body: '' }],
	];
	for (const [what, fault] of troubles) {
		it(`it ${what}`, async () => {
			Object.assign(sandbox.switches, { callbackRetries: 1, callbackRetryDelayMs: 1 });
			const host = await stage.host({ parameters: { options: paths } });
			sandbox.failNext(paths.detailsPath, fault);
			signs();
			await stage.settled(host);
			expect(sandbox.callbacks.deliveries).toMatchObject([TRY_AGAIN, { answer: 'success' }]);
			expect(eventsOf(host)).toEqual(['contract.signed']);
			expect(warnings(host.logs)[0]).toContain('the platform could not be asked: ');
			expect(warnings(host.logs)[0]).not.toContain(sandbox.appSecret);
			await confirmed();
		});
	}

	it('a wrong AppSecret, in every form of refusal: nothing starts, nothing is confirmed', async () => {
		for (const gateRefusal of ['envelope200', 'json4xx', 'empty4xx'] as const) {
			sandbox.switches.gateRefusal = gateRefusal;
			const host = await stage.host({
				credential: { secret: 'wrong-secret' },
				parameters: { options: paths },
			});
			signs();
			await stage.settled(host);
			expect([401, 503]).toContain(sandbox.callbacks.deliveries.at(-1)!.status);
			expect(host.executions).toEqual([]);
			expect(warnings(host.logs)).toHaveLength(1);
		}
		expect(callsTo(paths.confirmPath)).toEqual([]);
	});

	it('silence: 503 after three seconds', async () => {
		const host = await stage.host({ parameters: { options: paths } });
		sandbox.failNext(paths.detailsPath, { delayMs: 4500 });
		signs();
		await stage.settled(host);
		const [delivery] = sandbox.callbacks.deliveries;
		expect(delivery).toMatchObject(TRY_AGAIN);
		expect(delivery.durationMs).toBeLessThan(sandbox.switches.callbackTimeoutMs);
	});

	it('an answer that drips and never ends: 503 as well', async () => {
		const origin = await startServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			const timer = setInterval(() => response.write(' '), 50);
			response.once('close', () => clearInterval(timer));
		});
		const host = await stage.host({
			credential: { baseUrl: `${origin}/api` },
			parameters: { options: paths },
		});
		signs();
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries).toMatchObject([TRY_AGAIN]);
	});

	it('a path that is none: 503, and the log names the field', async () => {
		for (const [name, label] of [
			['detailsPath', 'Details Path'],
			['confirmPath', 'Confirm Path'],
		]) {
			for (const path of ['http://evil.example/x', '//evil.example', '../../x', '/a?b=c']) {
				const host = await stage.host({ parameters: { options: { [name]: path } } });
				signs();
				await stage.settled(host);
				expect(sandbox.callbacks.deliveries.at(-1)).toMatchObject(TRY_AGAIN);
				expect(warnings(host.logs)[0]).toContain(`'${label}'`);
				expect(host.executions).toEqual([]);
			}
		}
		expect(sandbox.requests).toEqual([]);
	});

	it('a credential of the other platform: 503 even where nothing need be asked', async () => {
		const host = await stage.host({ credential: { platform: 'kaifangqian' } });
		signs();
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries).toMatchObject([TRY_AGAIN]);
		expect(warnings(host.logs)[0]).toContain('The credential is for Kaifangqian');
	});
});
