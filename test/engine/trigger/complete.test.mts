/** What a COMPLETE means, and when it is believed (docs/api/kaifangqian.md, 7.5). */
import { describe, expect, it } from 'vitest';
import { confirming, saying, TRY_AGAIN, UNPROVEN, withStatus } from './confirm.support.mjs';
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
const { callbackOf, behindProxy } = confirming(stage);

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

	it('autoFinish=0: contract.allSigned, then contract.completed once when it is finished', async () => {
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
		expect(eventsOf(host)).toEqual(['contract.signed', 'contract.allSigned', 'contract.completed']);
		expect(itemsOf(host).map(({ contractStatus }) => contractStatus)).toEqual([
			'SIGNING',
			'SIGNING',
			'COMPLETE',
		]);
	});

	// In order nobody is asked who is added once all have signed (docs/api/kaifangqian.md, 6.5).
	it('autoFinish=0 without order, two rounds of signers: contract.allSigned each time', async () => {
		const contractId = await stage.contract({ autoFinish: 0, signOrderType: 'NO_ORDER' });
		const host = await stage.host();
		sandbox.control.sign(contractId);
		await stage.settled(host);
		const more = person({ ...lisi, name: '王五', contact: '13700137000' }, '2');
		await stage.post('/contract/signer/add', { contractId, signerList: [more] });
		sandbox.control.signAll(contractId);
		await stage.settled(host);
		expect(eventsOf(host).filter((event) => event === 'contract.allSigned')).toHaveLength(2);
		expect(eventsOf(host)).not.toContain('contract.completed');
	});

	const statuses: Array<[string, string, string?]> = [
		['SIGNING', 'contract.allSigned'],
		['START', 'contract.statusChanged'],
		['APPROVING', 'contract.statusChanged'],
		['WRITING', 'contract.statusChanged'],
		['NEVER_HEARD_OF', 'contract.statusChanged'],
		['COMPLETE', 'contract.completed'],
		['COMPLETED', 'contract.completed', 'COMPLETE'],
	];
	for (const [status, event, contractStatus = status] of statuses) {
		it(`with the status ${status}: ${event}, by the platform and by the signature`, async () => {
			const contractId = await stage.contract();
			sandbox.failNext('/contract/tasks', saying(status), 9);
			const body = JSON.stringify({
				callbackType: 'COMPLETE',
				contractId,
				contractStatus: status,
			});
			const { platformPublicKey } = sandbox;
			const asked = await stage.host();
			const proven = await stage.host({ credential: { platformPublicKey } });
			sandbox.callbacks.publish(body);
			const [{ text }] = await Promise.all([
				post(asked.productionUrl, body),
				stage.settled(proven),
			]);
			expect(text).toBe('success');
			expect([...itemsOf(asked), ...itemsOf(proven)]).toMatchObject([
				{ event, contractStatus, verified: 'platform' },
				{ event, contractStatus, verified: 'signature' },
			]);
		});
	}

	it.each(['DRAFT', 'RECALLED', 'REFUSAL_SIGN', 'EXPIRED', 'DELETED'])(
		'while the contract is %s: 401',
		async (status) => {
			const contractId = await stage.contract();
			const host = await stage.host();
			sandbox.failNext('/contract/tasks', saying(status), 2);
			const body = { callbackType: 'COMPLETE', contractId, contractStatus: 'SIGNING' };
			expect(await post(host.productionUrl, JSON.stringify(body))).toMatchObject(UNPROVEN);
			expect(host.executions).toEqual([]);
		},
	);

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
