import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { confirming, saying, TRY_AGAIN, UNPROVEN, withStatus } from './confirm.support.mjs';
import { eventsOf, itemsOf, kaifangqianStage, PLATFORM_WAITS, post, warnings } from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;
const { callbackOf, behindProxy } = confirming(stage);

describe('other events are asked back too', () => {
	it('DOCUMENT_DELAY of a draft: proven, after one look', async () => {
		const contractId = await stage.contract({ send: '0' });
		const host = await stage.host();
		sandbox.control.delay(contractId, '2099-12-31');
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([
			{ event: 'contract.deadlineChanged', contractStatus: 'DRAFT', verified: 'platform' },
		]);
		expect(stage.asked()).toHaveLength(1);
	});

	it.each(['REFUSAL_SIGN', 'APPROVE_FAILED'])(
		'REFUSAL_APPROVE is proven by the status %s',
		async (status) => {
			const contractId = await stage.contract();
			const host = await stage.host();
			sandbox.failNext('/contract/tasks', saying(status));
			const body = { callbackType: 'REFUSAL_APPROVE', contractId, contractStatus: status };
			expect((await post(host.productionUrl, JSON.stringify(body))).text).toBe('success');
			expect(itemsOf(host)).toMatchObject([
				{ event: 'contract.approvalRefused', contractStatus: status, verified: 'platform' },
			]);
			expect(stage.asked()).toHaveLength(1);
		},
	);

	it('EXPIRED before the status is saved: 503, accepted on the next try', async () => {
		const { proxy, host } = await behindProxy(withStatus('SIGNING'), withStatus('SIGNING'));
		sandbox.control.setCallbackUrl(undefined);
		const contractId = await stage.contract();
		sandbox.control.setCallbackUrl(host.productionUrl);
		sandbox.control.expire(contractId);
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries.map(({ ok, answer }) => [ok, answer?.status])).toEqual([
			[false, 503],
			[true, 200],
		]);
		expect(itemsOf(host)).toMatchObject([{ event: 'contract.expired', contractStatus: 'EXPIRED' }]);
		expect(proxy.heard).toHaveLength(3);
		expect(warnings(host.logs)[0]).toContain('the platform has not saved the expiry yet');
	});

	it('DELETE of a contract the platform still knows as DELETED: verified platform', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		sandbox.control.remove(contractId);
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([
			{ event: 'contract.deleted', contractStatus: 'DELETED', verified: 'platform' },
		]);
	});

	it('an event whose contract was deleted before the callback came: 401, the platform does not say the same any more', async () => {
		const contractId = await stage.contract();
		const body = await callbackOf(contractId, 'REFUSAL_SIGN', () => {
			sandbox.control.refuseSign(contractId);
		});
		sandbox.control.remove(contractId);
		const host = await stage.host();
		expect(await post(host.productionUrl, body)).toMatchObject(UNPROVEN);
		expect(warnings(host.logs)).toEqual([
			'CN E-Sign Trigger did not accept a callback: contract.signRefused: the platform says that the contract is DELETED',
		]);
	});

	it('DELETE of a contract that can no longer be asked for: refused, or accepted unproven by option', async () => {
		const contractId = await stage.contract();
		const body = await callbackOf(contractId, 'DELETE', () => sandbox.control.remove(contractId));
		// The platform has forgotten the contract.
		sandbox.reset();
		const strict = await stage.host();
		expect(await post(strict.productionUrl, body)).toMatchObject(UNPROVEN);
		expect(warnings(strict.logs)[0]).toContain('the platform does not know the contract');
		const lenient = await stage.host({
			parameters: { options: { acceptUnprovenDeletions: true } },
		});
		expect((await post(lenient.productionUrl, body)).text).toBe('success');
		expect(itemsOf(lenient)).toMatchObject([
			{ event: 'contract.deleted', contractStatus: 'DELETED', verified: 'none', contractId },
		]);
		// The option opens no other door.
		const other = body.replace('"DELETE"', '"RECALLED"');
		expect(await post(lenient.productionUrl, other)).toMatchObject(UNPROVEN);
	});

	it('DELETE of a contract that still runs: 401, with the option too', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ parameters: { options: { acceptUnprovenDeletions: true } } });
		const body = { contractId, contractStatus: 'DELETED', callbackType: 'DELETE' };
		expect(await post(host.productionUrl, JSON.stringify(body))).toMatchObject(UNPROVEN);
		expect(host.executions).toEqual([]);
	});
});

describe('the platform cannot be asked: 503 with a body other than success, and again later', () => {
	const troubles: Array<[string, Fault, string?]> = [
		['throttles (999999, form 1)', 'throttled1', '请勿频繁操作'],
		['answers like a wrong address (form 3)', 'form3', 'There is no such call'],
		['breaks down (form 2)', 'form2'],
		['breaks down (a web page with HTTP 500)', 'html500'],
		['is a web page', 'html200'],
		['sends half an answer', 'truncatedJson'],
		['says nothing', { status: 200, body: '{"code":10000,"result":null}' }, 'no status'],
		[
			'names no status',
			{ status: 200, body: '{"code":10000,"result":{"status":{},"todoTaskList":[]}}' },
			'no status',
		],
		['drops the connection', 'dropBefore'],
		['says 502', { status: 502, body: 'Bad Gateway' }],
		['says 41000', { status: 200, body: '{"code":41000,"message":"token无效"}' }, 'token无效'],
	];
	for (const [what, fault, said] of troubles) {
		it(`it ${what}`, async () => {
			const contractId = await stage.contract();
			const host = await stage.host();
			sandbox.failNext('/contract/tasks', fault);
			sandbox.control.refuseSign(contractId);
			await stage.settled(host);
			// Asked once, and again with the platform's own second try.
			expect(sandbox.callbacks.deliveries.map(({ answer, ok }) => [answer?.status, ok])).toEqual([
				[503, false],
				[200, true],
			]);
			expect(sandbox.callbacks.deliveries[0].answer!.body).toBe('{"message":"Try again later"}');
			expect(eventsOf(host)).toEqual(['contract.signRefused']);
			expect(warnings(host.logs)[0]).toContain('the platform could not be asked: ');
			if (said) expect(warnings(host.logs)[0]).toContain(said);
			expect(warnings(host.logs)[0]).not.toContain(sandbox.token);
		});
	}

	it('a wrong token: 503 until it is mended, the log says why', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ credential: { appAuthToken: 'WRONG123' } });
		sandbox.control.refuseSign(contractId);
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries.map(({ answer }) => answer?.status)).toEqual([
			503, 503, 503,
		]);
		expect(warnings(host.logs)[0]).toContain('token无效');
		const mended = await stage.host();
		const [{ body }] = sandbox.callbacks.deliveries;
		expect((await post(mended.productionUrl, body)).text).toBe('success');
		expect(eventsOf(mended)).toEqual(['contract.signRefused']);
	});

	it('an unreachable host: 503', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ credential: { baseUrl: 'http://127.0.0.1:9/V2' } });
		const body = { contractId, contractStatus: 'RECALLED', callbackType: 'RECALLED' };
		expect(await post(host.productionUrl, JSON.stringify(body))).toMatchObject(TRY_AGAIN);
		expect(warnings(host.logs)[0]).toContain('127.0.0.1:9 could not be reached');
	});

	it('it does not come to an end (silence, headers only, a drip of bytes): 503 within the 5 s that the platform waits', async () => {
		const contractId = await stage.contract();
		const body = { contractId, contractStatus: 'RECALLED', callbackType: 'RECALLED' };
		const ways = ['silence', 'headersOnly', 'drip'] as const;
		const settings = await Promise.all(ways.map(async (way) => await behindProxy(way)));
		const replies = await Promise.all(
			settings.map(async ({ host }) => await post(host.productionUrl, JSON.stringify(body))),
		);
		for (const reply of replies) {
			expect(reply).toMatchObject(TRY_AGAIN);
			expect(reply.ms).toBeLessThan(PLATFORM_WAITS);
		}
	});

	it('a credential of the other platform: 503, the log says which', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ credential: { platform: 'qiandun' } });
		const body = { contractId, contractStatus: 'RECALLED', callbackType: 'RECALLED' };
		expect(await post(host.productionUrl, JSON.stringify(body))).toMatchObject(TRY_AGAIN);
		expect(warnings(host.logs)[0]).toContain(
			'The credential is for Qiandun, but this node is set to Kaifangqian',
		);
		expect(stage.asked()).toEqual([]);
	});
});
