import { describe, expect, it } from 'vitest';
import { callWebhook, triggerWorkflow, TRIGGER } from '../webhook.mjs';
import { eventsOf, itemsOf, post, qiandunStage, warnings } from './support.mjs';

const stage = await qiandunStage();
const { sandbox, paths } = stage;
const { contractId, unfinishedAccountId } = sandbox.seeds.contract;

const signs = () => String(sandbox.control.contractSigned(contractId, unfinishedAccountId));
const callsTo = (path: string) =>
	sandbox.requests.filter((request) => request.path === `/api${path}`);
const happened = (transactionId: string) =>
	sandbox.callbacks.log
		.filter((event) => event.transactionId === transactionId)
		.map(({ what }) => what);

/** The confirmations have arrived; they follow the answers. */
const confirmed = async () =>
	await expect.poll(() => sandbox.callbacks.pending(), { timeout: 10_000 }).toEqual([]);

describe('Qiandun: pulled before it is emitted, confirmed after the answer', () => {
	for (const method of ['POST', 'GET']) {
		it(`with ${method}`, async () => {
			const host = await stage.host({
				parameters: { options: { ...paths, detailsMethod: method, confirmMethod: method } },
			});
			const transactionId = signs();
			await stage.settled(host);
			await confirmed();
			expect(happened(transactionId)).toEqual(['queued', 'delivered', 'pulled', 'confirmed']);
			expect(eventsOf(host)).toEqual(['contract.signed']);
			for (const path of [paths.detailsPath, paths.confirmPath]) {
				const [call, ...more] = callsTo(path);
				expect(more).toEqual([]);
				expect([call.method, call.outcome]).toEqual([method, 'ok']);
				const content = method === 'GET' ? call.query : JSON.parse(call.rawBody.toString());
				expect(content).toEqual({ transactionId });
			}
			// Confirmed when the platform had its answer, not before.
			const [{ at, durationMs }] = sandbox.callbacks.deliveries;
			const [confirm] = callsTo(paths.confirmPath);
			expect(confirm.at).toBeGreaterThanOrEqual(at);
			expect(durationMs).toBeLessThan(5000);
			expect(host.logs).toEqual([]);
		});
	}

	it('the order holds in the node itself: the answer has gone out before the confirmation', async () => {
		const host = await stage.host({ parameters: { options: paths } });
		host.troubles.push({ kind: 'late', ms: 1500 });
		const transactionId = signs();
		await expect.poll(() => host.executions.length, { timeout: 10_000 }).toBe(1);
		expect(happened(transactionId)).toEqual(['queued', 'delivered', 'pulled']);
		await confirmed();
		expect(sandbox.callbacks.deliveries).toMatchObject([{ received: true, answer: 'success' }]);
	});

	it('only Confirm Path: emitted unproven, and confirmed', async () => {
		const host = await stage.host({ parameters: { options: { confirmPath: paths.confirmPath } } });
		const transactionId = signs();
		await stage.settled(host);
		await confirmed();
		expect(happened(transactionId)).toEqual(['queued', 'delivered', 'confirmed']);
		expect(itemsOf(host)).toMatchObject([{ event: 'contract.signed', verified: 'none' }]);
	});

	it('only Details Path: proven, and never confirmed', async () => {
		const host = await stage.host({ parameters: { options: { detailsPath: paths.detailsPath } } });
		const transactionId = signs();
		await stage.settled(host);
		expect(happened(transactionId)).toEqual(['queued', 'delivered', 'pulled']);
		expect(itemsOf(host)).toMatchObject([{ verified: 'platform', contractId }]);
	});

	it('an event that was not chosen is confirmed too, so that it does not come back', async () => {
		const host = await stage.host({
			parameters: { events: ['seal.positionsSet'], options: paths },
		});
		signs();
		await stage.settled(host);
		await confirmed();
		expect(host.executions).toEqual([]);
	});

	it('an execution that could not be created is not confirmed: redelivered, it starts once', async () => {
		const host = await stage.host({ parameters: { options: paths } });
		host.failCreating(true);
		const transactionId = signs();
		await stage.settled(host);
		// Long enough for a confirmation that must not come.
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(sandbox.callbacks.deliveries).toMatchObject([{ status: 500 }]);
		expect(sandbox.callbacks.pending()).toEqual([transactionId]);
		expect(callsTo(paths.confirmPath)).toEqual([]);
		host.failCreating(false);
		await sandbox.callbacks.redeliver();
		await host.idle();
		await confirmed();
		expect(eventsOf(host)).toEqual(['contract.signed']);
	});

	it('the confirmation fails: only the log says so; redelivered until confirmed, one execution', async () => {
		Object.assign(sandbox.switches, {
			redeliverUntilConfirmed: true,
			redeliverDelayMs: 150,
			redeliverLimit: 20,
		});
		const host = await stage.host({ parameters: { options: paths } });
		sandbox.failNext(paths.confirmPath, 'code500', 2);
		const transactionId = signs();
		await stage.settled(host);
		expect(sandbox.callbacks.pending()).toEqual([]);
		expect(sandbox.callbacks.deliveries.length).toBeGreaterThanOrEqual(3);
		expect(sandbox.callbacks.deliveries.every(({ answer }) => answer === 'success')).toBe(true);
		expect(itemsOf(host)).toMatchObject([{ event: 'contract.signed', transactionId }]);
		expect(warnings(host.logs)).toHaveLength(2);
		for (const line of warnings(host.logs))
			expect(line).toContain('CN E-Sign Trigger could not confirm a callback: ');
	});

	it('delivered twice at the same time, or again by hand: one execution', async () => {
		sandbox.switches.duplicateNotifications = true;
		const host = await stage.host();
		signs();
		await stage.settled(host);
		await sandbox.callbacks.redeliver();
		await host.idle();
		expect(sandbox.callbacks.deliveries).toHaveLength(3);
		expect(eventsOf(host)).toEqual(['contract.signed']);
	});
});

describe('Qiandun: what the platform says is the truth', () => {
	it('a made-up transaction: 503, nothing starts', async () => {
		const host = await stage.host({ parameters: { options: paths } });
		const body = { transactionId: 'made-up', businessType: 'OPEN_CONTRACT_SIGNED' };
		const reply = await post(host.productionUrl, JSON.stringify(body));
		// Code 400 may also be the gateway's word on our own key or clock, so it proves nothing.
		expect(reply).toMatchObject({ status: 503, text: '{"message":"Try again later"}' });
		expect(host.executions).toEqual([]);
		expect(warnings(host.logs)[0]).toContain('the platform could not be asked');
		expect(callsTo(paths.confirmPath)).toEqual([]);
	});

	it.each([null, {}, [], '', undefined])(
		'nothing said about it (%j): 401, nothing starts',
		async (result) => {
			const host = await stage.host({ parameters: { options: paths } });
			sandbox.failNext(paths.detailsPath, {
				status: 200,
				body: { code: '200', msg: '成功', ...(result === undefined ? {} : { result }) },
			});
			const body = { transactionId: 'made-up', businessType: 'OPEN_CONTRACT_SIGNED' };
			expect((await post(host.productionUrl, JSON.stringify(body))).status).toBe(401);
			expect(host.executions).toEqual([]);
		},
	);

	it.each(['a'.repeat(60_000), 'a\r\nb', 'a b', '交易'])(
		'an ID that the platform gives to nothing: 401, nobody is asked (%#)',
		async (transactionId) => {
			const host = await stage.host({ parameters: { options: paths } });
			const before = callsTo(paths.detailsPath).length;
			const body = { transactionId, businessType: 'OPEN_CONTRACT_SIGNED' };
			expect((await post(host.productionUrl, JSON.stringify(body))).status).toBe(401);
			expect(callsTo(paths.detailsPath)).toHaveLength(before);
			expect(host.executions).toEqual([]);
		},
	);

	it('a real transaction under a false name: the name of the platform counts', async () => {
		const host = await stage.host({ parameters: { options: paths } });
		host.troubles.push({ kind: 'status', status: 503 });
		const real = String(
			sandbox.control.passCompany({ accountId: sandbox.seeds.company.accountId }),
		);
		await stage.settled(host);
		const forged = { transactionId: real, businessType: 'OPEN_CONTRACT_SIGNED', contractId };
		expect((await post(host.productionUrl, JSON.stringify(forged))).text).toBe('success');
		await confirmed();
		const [item] = itemsOf(host);
		expect(item).toMatchObject({
			event: 'identity.companyVerified',
			businessType: 'OPEN_CORP_CERT_RESULT',
			verified: 'platform',
		});
	});

	it('no businessType in the notification: taken from the content, or unknown without it', async () => {
		sandbox.switches.omitBusinessType = true;
		const proven = await stage.host({ parameters: { options: paths } });
		signs();
		await stage.settled(proven);
		await confirmed();
		expect(itemsOf(proven)).toMatchObject([
			{ event: 'contract.signed', businessType: 'OPEN_CONTRACT_SIGNED', contractId },
		]);
		const unproven = await stage.host();
		const transactionId = signs();
		await stage.settled(unproven);
		expect(itemsOf(unproven)).toMatchObject([
			{ event: 'unknown', verified: 'none', transactionId, raw: { transactionId } },
		]);
	});

	it('fields nobody knows are kept in raw', async () => {
		sandbox.switches.extraFields = { fresh: { nested: true }, contractId: '7' };
		const host = await stage.host({ parameters: { simplify: false } });
		signs();
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([
			{ event: 'contract.signed', contractId: '7', raw: { fresh: { nested: true } } },
		]);
	});

	it('ids beyond 2^53 that come as bare numbers keep their digits', async () => {
		sandbox.switches.bigIntegers = true;
		const host = await stage.host({ parameters: { options: paths } });
		signs();
		await stage.settled(host);
		await confirmed();
		expect(itemsOf(host)).toMatchObject([{ contractId: '1897893172027068416' }]);
	});

	it('no transaction: malformed where it is needed, an unproven event where it is not', async () => {
		const body = JSON.stringify({ businessType: 'OPEN_CONTRACT_SIGNED' });
		const strict = await stage.host({ parameters: { options: paths } });
		expect(await post(strict.productionUrl, body)).toMatchObject({ status: 400 });
		const lenient = await stage.host();
		expect((await post(lenient.productionUrl, body)).text).toBe('success');
		expect(itemsOf(lenient)).toMatchObject([{ event: 'contract.signed', verified: 'none' }]);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('Qiandun: the connection test', () => {
	it('lets the address be switched on, starts nothing and asks nobody', async () => {
		const host = await stage.host({ parameters: { options: { ...paths, urlSecret: 'x' } } });
		expect(sandbox.callbacks.connectivityTests).toMatchObject([
			{ url: host.productionUrl, status: 200 },
		]);
		expect(host.executions).toEqual([]);
		expect(sandbox.requests).toEqual([]);
		expect(host.logs).toEqual([]);
	});

	it('through the real WebhookContext: no option and no credential is read', async () => {
		const answer = await callWebhook(
			triggerWorkflow({ platform: 'qiandun', options: '={{ $("No Such Node").item.json }}' }),
			TRIGGER,
			{ webhook: 'setup' },
			{ secrets: {} },
		);
		expect(answer).toMatchObject({ by: 'n8n', status: 200, body: 'success', items: [], logs: [] });
	});
});
