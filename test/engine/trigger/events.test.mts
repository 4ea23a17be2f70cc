import { afterAll, describe, expect, it } from 'vitest';
import { BUSINESS_TYPES } from '../../sandbox/qiandun/index.mjs';
import { itemsOf, kaifangqianStage, qiandunStage } from './support.mjs';
import { kaifangqianRows, printTable, qiandunRows, type EventLine } from './table.mjs';

const kaifangqian = await kaifangqianStage();
const qiandun = await qiandunStage();

const lines: EventLine[] = [];
afterAll(() => printTable(lines));

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
				const contractId = await row.before(kaifangqian);
				const host = await kaifangqian.host({
					credential:
						verified === 'signature' ? { platformPublicKey: sandbox.platformPublicKey } : {},
				});
				await row.act(kaifangqian, contractId);
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
				}
				expect(Object.keys(items[0]).sort()).toEqual(
					[...COMMON, 'contractId', 'contractStatus', ...row.fields].sort(),
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
				callbackType: 'REFUSAL_SIGN',
				taskId: raw.taskId,
				signerType: 'PERSONAL',
				signer: { name: '李四', contact: '13900139000', contactType: 'MOBILE' },
				reason: '条款不同意',
				raw,
			},
		]);
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
