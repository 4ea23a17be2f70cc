import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { startProxy, type Rewrite } from './proxy.mjs';
import {
	eventsOf,
	itemsOf,
	kaifangqianStage,
	lisi,
	person,
	PLATFORM_WAITS,
	post,
	warnings,
} from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;

const UNPROVEN = { status: 401, text: '{"message":"Not accepted"}' };
const TRY_AGAIN = { status: 503, text: '{"message":"Try again later"}' };

/** The callback of a state change, kept back. */
const callbackOf = async (contractId: string, type: string, act: () => unknown) => {
	const recorded = await stage.recorded(act);
	sandbox.requests.length = 0;
	const found = recorded.find(({ body }) => body.includes(`"callbackType":"${type}"`));
	if (!found) throw new Error(`${contractId} sent no ${type}`);
	return found.body;
};

const withStatus = (status: string) => (body: string) => {
	const answer = JSON.parse(body);
	answer.result.status = status;
	return JSON.stringify(answer);
};

/** A host whose credential leads through a proxy. */
const behindProxy = async (...rewrites: Rewrite[]) => {
	const proxy = await startProxy(sandbox.origin);
	proxy.rewrites.push(...rewrites);
	const baseUrl = sandbox.baseUrl.replace(sandbox.origin, proxy.origin);
	return { proxy, host: await stage.host({ credential: { baseUrl } }) };
};

describe('COMPLETE is believed only when the platform says so', () => {
	it('forged for a running contract: 401 after a second look', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const body = { contractId, contractStatus: 'COMPLETE', callbackType: 'COMPLETE' };
		const reply = await post(host.productionUrl, JSON.stringify(body));
		expect(reply).toMatchObject(UNPROVEN);
		expect(reply.ms).toBeLessThan(PLATFORM_WAITS);
		expect(host.executions).toEqual([]);
		expect(stage.asked()).toHaveLength(2);
		expect(warnings(host.logs)).toEqual([
			'CN E-Sign Trigger did not accept a callback: contract.completed: the platform says that the contract is not complete',
		]);
	});

	it('autoFinish=0: contract.statusChanged, then contract.completed once when it is finished', async () => {
		const contractId = await stage.contract({ autoFinish: 0 });
		const host = await stage.host();
		sandbox.control.sign(contractId);
		await stage.settled(host);
		await stage.post('/contract/finish', { contractId });
		await stage.settled(host);
		sandbox.callbacks.publish(sandbox.callbacks.deliveries.at(-1)!.body);
		await stage.settled(host);
		expect(
			stage.sent().map(({ callbackType, contractStatus }) => [callbackType, contractStatus]),
		).toEqual([
			['SUBMIT_SIGN', 'SIGNING'],
			['COMPLETE', 'SIGNING'],
			['COMPLETE', 'COMPLETE'],
			['COMPLETE', 'COMPLETE'],
		]);
		expect(eventsOf(host)).toEqual([
			'contract.signed',
			'contract.statusChanged',
			'contract.completed',
		]);
		expect(itemsOf(host).map(({ contractStatus }) => contractStatus)).toEqual([
			'SIGNING',
			'SIGNING',
			'COMPLETE',
		]);
	});

	it('autoFinish=0, two rounds of signers: contract.statusChanged each time', async () => {
		const contractId = await stage.contract({ autoFinish: 0 });
		const host = await stage.host();
		sandbox.control.sign(contractId);
		await stage.settled(host);
		const more = person({ ...lisi, name: '王五', contact: '13700137000' }, '2');
		await stage.post('/contract/signer/add', { contractId, signerList: [more] });
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(eventsOf(host).filter((event) => event === 'contract.statusChanged')).toHaveLength(2);
	});

	it('the status is saved late: SIGNING at the first look, COMPLETE at the second → contract.completed', async () => {
		const { proxy, host } = await behindProxy((body) => body, withStatus('SIGNING'));
		const contractId = await stage.contract();
		await stage.settled(host);
		proxy.rewrites.length = 0;
		// One look for the signature, then the early one.
		proxy.rewrites.push((body) => body, withStatus('SIGNING'));
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(eventsOf(host)).toEqual(['contract.sent', 'contract.signed', 'contract.completed']);
		expect(proxy.heard).toHaveLength(4);
	});

	it('SIGNING at the first look and nothing at the second: 503, no completion is lost', async () => {
		const contractId = await stage.contract();
		const body = await callbackOf(contractId, 'COMPLETE', () => sandbox.control.sign(contractId));
		const { proxy, host } = await behindProxy();
		proxy.rewrites.push(withStatus('SIGNING'), () => '<html>Bad Gateway</html>');
		expect(await post(host.productionUrl, body)).toMatchObject(TRY_AGAIN);
		expect(host.executions).toEqual([]);
		expect((await post(host.productionUrl, body)).text).toBe('success');
		expect(eventsOf(host)).toEqual(['contract.completed']);
	});

	it('delivered late, after the contract was finished: both callbacks are one contract.completed', async () => {
		const contractId = await stage.contract({ autoFinish: 0 });
		const early = await callbackOf(contractId, 'COMPLETE', () => sandbox.control.sign(contractId));
		const host = await stage.host();
		await stage.post('/contract/finish', { contractId });
		await stage.settled(host);
		expect((await post(host.productionUrl, early)).text).toBe('success');
		expect(eventsOf(host)).toEqual(['contract.completed']);
	});

	it('status COMPLETED, as public descriptions spell it: contract.completed', async () => {
		sandbox.switches.statusSpelling = 'public';
		const contractId = await stage.contract();
		const host = await stage.host();
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(itemsOf(host).at(-1)).toMatchObject({
			event: 'contract.completed',
			contractStatus: 'COMPLETE',
		});
		expect(stage.asked()).toHaveLength(2);
	});
});

describe('other events are asked back too', () => {
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
		['throttles (999999, form 2)', 'throttled2'],
		['throttles (999999, form 3)', 'throttled3'],
		['breaks down (form 2)', 'form2'],
		['breaks down (form 3)', 'form3'],
		['is a web page', 'html200'],
		['sends half an answer', 'truncatedJson'],
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
