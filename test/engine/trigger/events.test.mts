import type { IDataObject } from 'n8n-workflow';
import { afterAll, describe, expect, it } from 'vitest';
import { BUSINESS_TYPES } from '../../sandbox/qiandun/index.mjs';
import { company, itemsOf, kaifangqianStage, person, post, qiandunStage } from './support.mjs';
import { kaifangqianRows, printTable, type EventLine } from './table.mjs';
import { qiandunRows } from './qiandunTable.mjs';

const kaifangqian = await kaifangqianStage();
const qiandun = await qiandunStage();

const lines: EventLine[] = [];
afterAll(() => printTable(lines));

/** These start or end the life of a contract, which is counted. */
const TURNS = [
	'contract.sent',
	'contract.completed',
	'contract.fillRefused',
	'contract.signRefused',
	'contract.approvalRefused',
	'contract.recalled',
	'contract.expired',
	'contract.deleted',
];

const COMMON = ['event', 'eventId', 'platform', 'receivedAt', 'verified'];

const ALL_TYPES = [
	'SEND_SIGNING',
	'SUBMIT_WRITE',
	'REFUSAL_WRITE',
	'SUBMIT_SIGN',
	'REFUSAL_SIGN',
	'RECALLED',
	'DELETE',
	'COMPLETE',
	'EXPIRED',
	'SIGN_FAILED',
	'DOCUMENT_DELAY',
	'SUBMIT_APPROVE',
	'REFUSAL_APPROVE',
	'ADD_SIGN_NODE',
];

describe('Kaifangqian: a state change becomes an event', () => {
	it('the table holds all 14 callback types and one that nobody knows', () => {
		const sent = new Set<string>(kaifangqianRows.flatMap((row) => row.sent));
		expect([...sent].sort()).toEqual([...ALL_TYPES, 'CONTRACT_ARCHIVED'].sort());
	});

	for (const row of kaifangqianRows) {
		for (const verified of ['platform', 'signature'] as const) {
			it(`${row.sent.join(' + ')} (${row.change}) → ${row.events.join(' + ')}, verified: ${verified}`, async () => {
				const { sandbox } = kaifangqian;
				const before = await row.before(kaifangqian);
				const host = await kaifangqian.host({
					credential:
						verified === 'signature' ? { platformPublicKey: sandbox.platformPublicKey } : {},
				});
				const made = await row.act(kaifangqian, before);
				const contractId = before || made;
				await kaifangqian.settled(host);

				expect(kaifangqian.sent().map(({ callbackType }) => callbackType)).toEqual(row.sent);
				expect(sandbox.callbacks.deliveries.map(({ attempt, ok }) => [attempt, ok])).toEqual(
					row.sent.map(() => [1, true]),
				);
				const items = itemsOf(host);
				expect(items.map(({ event }) => event)).toEqual(row.events);
				for (const item of items) {
					expect(item).toMatchObject({ platform: 'kaifangqian', verified, contractId });
					expect(item.eventId).toMatch(/^[0-9a-f]{32}$/);
					expect(new Date(item.receivedAt as string).toISOString()).toBe(item.receivedAt);
					expect(Object.keys(item).length).toBeLessThanOrEqual(10);
					expect(item.life).toBe(TURNS.includes(item.event as string) ? 1 : undefined);
				}
				const life = items[0].life === undefined ? [] : ['life'];
				expect(Object.keys(items[0]).sort()).toEqual(
					[...COMMON, 'contractId', 'contractStatus', ...life, ...row.fields].sort(),
				);
				const signedStatus = row.signedStatus ?? row.status;
				expect(items.at(-1)!.contractStatus).toBe(
					verified === 'platform' ? row.status : signedStatus,
				);
				// The workflow went on behind the trigger.
				for (const execution of host.executions)
					expect(execution).toMatchObject({ status: 'success', output: execution.items });
				expect(host.logs).toEqual([]);
				if (verified === 'platform')
					lines.push({
						platform: 'Kaifangqian',
						change: row.change,
						'the platform sends': row.sent.join(' + '),
						'items emitted': row.events.join(' + '),
						verified: 'platform | signature',
					});
			});
		}
	}

	it('says "none" where neither is asked for', async () => {
		const host = await kaifangqian.host({
			parameters: { options: { confirmWithPlatform: false } },
		});
		const contractId = await kaifangqian.contract();
		await kaifangqian.settled(host);
		expect(itemsOf(host)).toMatchObject([{ event: 'contract.sent', verified: 'none', contractId }]);
		expect(kaifangqian.asked()).toEqual([]);
	});

	it('hands over signer, reason and the raw body when not simplified', async () => {
		const contractId = await kaifangqian.contract();
		const host = await kaifangqian.host({ parameters: { simplify: false } });
		kaifangqian.sandbox.control.refuseSign(contractId, undefined, '条款不同意');
		await kaifangqian.settled(host);
		const [raw] = kaifangqian.sent();
		expect(itemsOf(host)).toEqual([
			{
				event: 'contract.signRefused',
				eventId: expect.any(String),
				platform: 'kaifangqian',
				receivedAt: expect.any(String),
				verified: 'platform',
				contractId,
				contractStatus: 'REFUSAL_SIGN',
				life: 1,
				callbackType: 'REFUSAL_SIGN',
				taskId: raw.taskId,
				signerType: 'PERSONAL',
				// For people registered by API the phone number stands where the name should be: that is no name.
				signer: { contact: '13900139000', contactType: 'MOBILE' },
				reason: '条款不同意',
				raw,
			},
		]);
		expect(raw).toMatchObject({ signer: { name: '13900139000', contact: '13900139000' } });
	});

	it('says COMPLETE with the last signature already', async () => {
		const { platformPublicKey } = kaifangqian.sandbox;
		for (const credential of [{}, { platformPublicKey }]) {
			const contractId = await kaifangqian.contract();
			const host = await kaifangqian.host({ credential, parameters: { simplify: false } });
			kaifangqian.sandbox.control.sign(contractId);
			await kaifangqian.settled(host);
			expect(itemsOf(host)).toMatchObject([
				{
					event: 'contract.signed',
					contractStatus: 'COMPLETE',
					raw: { callbackType: 'SUBMIT_SIGN', contractStatus: 'COMPLETE' },
				},
				{
					event: 'contract.completed',
					contractStatus: 'COMPLETE',
					raw: { callbackType: 'COMPLETE', contractStatus: 'COMPLETE' },
				},
			]);
			kaifangqian.sandbox.control.setCallbackUrl(undefined);
		}
	});

	it('reads both spellings of the statuses', async () => {
		kaifangqian.sandbox.switches.statusSpelling = 'public';
		for (const credential of [{}, { platformPublicKey: kaifangqian.sandbox.platformPublicKey }]) {
			const writing = await kaifangqian.contract({ signReId: kaifangqian.sandbox.lines.writing });
			const signing = await kaifangqian.contract();
			const host = await kaifangqian.host({ credential });
			kaifangqian.sandbox.control.refuseWrite(writing);
			kaifangqian.sandbox.control.sign(signing);
			await kaifangqian.settled(host);
			const statuses = kaifangqian.sent().map(({ contractStatus }) => contractStatus);
			expect(statuses).toEqual(expect.arrayContaining(['REFUSAL_WRITE', 'COMPLETED']));
			expect(itemsOf(host)).toMatchObject([
				{ event: 'contract.fillRefused', contractStatus: 'REFUSAL_WRIT' },
				{ event: 'contract.signed' },
				{ event: 'contract.completed', contractStatus: 'COMPLETE' },
			]);
			kaifangqian.sandbox.control.setCallbackUrl(undefined);
		}
	});
});

describe('Kaifangqian: who has signed', () => {
	const email = 'wei@example.com';
	const byEmail = person({ name: '魏十', contactType: 'EMAIL', contact: email }, '1');

	/** The items of the event as it came, and as it would read with another signer. */
	const signed = async (simplify: boolean, signer?: IDataObject) => {
		const contractId = await kaifangqian.contract({ signerList: [byEmail] });
		const host = await kaifangqian.host({ parameters: { simplify } });
		const [callback] = await kaifangqian.recorded(() =>
			kaifangqian.sandbox.control.sign(contractId),
		);
		const body = JSON.parse(callback.body) as IDataObject;
		const sent = signer ? { ...body, signer } : body;
		expect((await post(host.productionUrl, JSON.stringify(sent))).text).toBe('success');
		await host.idle();
		return { item: itemsOf(host)[0], body: sent };
	};

	it('a person by e-mail: there is no contact, and the address is no name', async () => {
		const { item, body } = await signed(false);
		expect(body.signer).toEqual({ name: email, contactType: 'MOBILE' });
		expect(item.signer).toEqual({ contactType: 'MOBILE' });
		expect(item.raw).toEqual(body);
		const simplified = (await signed(true)).item;
		expect(JSON.stringify(simplified)).not.toContain(email);
		expect(simplified).not.toHaveProperty('signerName');
	});

	it.each(['13900139000', ' 13900139000 ', 'lisi@example.com'])(
		'a name that is the contact is not passed on: %s',
		async (name) => {
			const contact = '13900139000';
			const { item } = await signed(false, { name, contact, contactType: 'MOBILE' });
			expect(item.signer).toEqual({ contact, contactType: 'MOBILE' });
			expect(item.raw).toMatchObject({ signer: { name } });
			const { item: simplified } = await signed(true, { name, contact, contactType: 'MOBILE' });
			expect(simplified).not.toHaveProperty('signerName');
		},
	);

	it('a name that people have given themselves is', async () => {
		const signer = { name: '李四', contact: '13900139000', contactType: 'MOBILE' };
		expect((await signed(false, signer)).item.signer).toEqual(signer);
		expect((await signed(true, signer)).item.signerName).toBe('李四');
	});

	it('of a company its name', async () => {
		const name = '西南测试有限公司';
		const signer = { name: '钱八', contactType: 'MOBILE', contact: '13600136008' };
		const node = { nodeType: 'AGENT_SIGN', signerOrder: '1', signer };
		const contractId = await kaifangqian.contract({
			signerList: [{ ...company('RECEIVER_ENT', '1', node), signerName: name }],
		});
		const host = await kaifangqian.host({ parameters: { simplify: false } });
		kaifangqian.sandbox.control.sign(contractId);
		await kaifangqian.settled(host);
		expect(itemsOf(host)[0]).toMatchObject({
			event: 'contract.signed',
			signerType: 'ENTERPRISE',
			signerName: name,
			nodeType: 'AGENT_SIGN',
			signer: { contact: '13600136008', contactType: 'MOBILE' },
		});
	});
});

describe('Qiandun: a state change becomes an event', () => {
	it('the table holds all 8 business types and one that nobody knows', () => {
		expect(qiandunRows.map(({ businessType }) => businessType)).toEqual([
			...BUSINESS_TYPES,
			'OPEN_SOMETHING_NEW',
		]);
	});

	for (const row of qiandunRows) {
		it(`${row.businessType} (${row.change}) → ${row.event}, verified: none without paths`, async () => {
			const host = await qiandun.host();
			const transactionId = row.act(qiandun.sandbox);
			await qiandun.settled(host);
			const [item, ...more] = itemsOf(host);
			expect(more).toEqual([]);
			const { event, businessType } = row;
			expect(item).toMatchObject({
				event,
				platform: 'qiandun',
				verified: 'none',
				transactionId,
				businessType,
			});
			expect(item.eventId).toMatch(/^[0-9a-f]{32}$/);
			// An event nobody has heard of always comes with its body.
			const own = ['transactionId', 'businessType', ...(event === 'unknown' ? ['raw'] : [])];
			expect(Object.keys(item).sort()).toEqual([...COMMON, ...own].sort());
			// The connection test is the only other request that came.
			expect(qiandun.sandbox.callbacks.deliveries).toMatchObject([
				{ status: 200, answer: 'success', received: true },
			]);
			expect(qiandun.sandbox.requests).toEqual([]);
		});

		it(`${row.businessType} (${row.change}) → ${row.event}, verified: platform with both paths`, async () => {
			const host = await qiandun.host({ parameters: { options: qiandun.paths } });
			const transactionId = row.act(qiandun.sandbox);
			await qiandun.settled(host);
			const [item, ...more] = itemsOf(host);
			expect(more).toEqual([]);
			const { event, businessType } = row;
			expect(item).toMatchObject({ event, verified: 'platform', transactionId, businessType });
			expect(item.contractId).toBe(row.contractId?.(qiandun.sandbox));
			expect(item.accountId).toBe(
				event === 'unknown' ? undefined : row.accountId?.(qiandun.sandbox),
			);
			expect(Object.keys(item).length).toBeLessThanOrEqual(10);
			await expect.poll(() => qiandun.sandbox.callbacks.pending(), { timeout: 10_000 }).toEqual([]);
			lines.push({
				platform: 'Qiandun',
				change: row.change,
				'the platform sends': businessType,
				'items emitted': event,
				verified: 'none | platform',
			});
		});

		it(`${row.businessType}: the full item holds what the platform said`, async () => {
			const host = await qiandun.host({
				parameters: { simplify: false, options: qiandun.paths },
			});
			const transactionId = row.act(qiandun.sandbox);
			await qiandun.settled(host);
			await expect.poll(() => qiandun.sandbox.callbacks.pending(), { timeout: 10_000 }).toEqual([]);
			const { businessType } = row;
			expect(itemsOf(host)).toMatchObject([
				{
					transactionId,
					businessType,
					details: { transactionId, businessType, ...row.details },
					raw: { transactionId, businessType },
				},
			]);
		});
	}
});
