import { describe, expect, it } from 'vitest';
import { eventsOf, itemsOf, kaifangqianStage, qiandunStage } from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;
const qiandun = await qiandunStage();

/** A contract's whole life: sent, signed, completed. */
const wholeLife = async (): Promise<string> => {
	const contractId = await stage.contract();
	sandbox.control.sign(contractId);
	return contractId;
};

describe('Trigger On', () => {
	const choices: Array<[string[] | string, string[]]> = [
		[['*'], ['contract.sent', 'contract.signed', 'contract.completed']],
		['={{ [] }}', ['contract.sent', 'contract.signed', 'contract.completed']],
		['={{ ["contract.completed"] }}', ['contract.completed']],
		[['contract.completed'], ['contract.completed']],
		[
			['contract.completed', 'contract.sent'],
			['contract.sent', 'contract.completed'],
		],
		[
			['contract.recalled', '*'],
			['contract.sent', 'contract.signed', 'contract.completed'],
		],
		[['contract.recalled'], []],
		[['contract.allSigned', 'contract.statusChanged'], []],
	];
	for (const [events, expected] of choices) {
		it(`${JSON.stringify(events)} starts for ${expected.join(', ') || 'nothing'}`, async () => {
			const host = await stage.host({ parameters: { events } });
			await wholeLife();
			await stage.settled(host);
			expect(eventsOf(host)).toEqual(expected);
			expect(sandbox.callbacks.deliveries.every(({ ok }) => ok)).toBe(true);
		});
	}

	it('nothing chosen: n8n itself does not run such a workflow, and the platform hears no "success"', async () => {
		const host = await stage.host({ parameters: { events: [] } });
		await stage.contract();
		await stage.settled(host);
		expect(sandbox.callbacks.deliveries.map(({ answer }) => answer?.status)).toEqual([
			500, 500, 500,
		]);
		expect(host.executions.map(({ status }) => status)).toEqual(Array(3).fill('error'));
	});

	it('an event nobody has heard of passes whatever was chosen, on both platforms', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ parameters: { events: ['contract.completed'] } });
		sandbox.switches.unknownCallbackType = 'CONTRACT_ARCHIVED';
		sandbox.control.delay(contractId, '2099-12-31');
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([{ event: 'unknown', callbackType: 'CONTRACT_ARCHIVED' }]);

		const other = await qiandun.host({ parameters: { events: ['contract.signed'] } });
		qiandun.sandbox.control.unknownType('OPEN_SOMETHING_NEW');
		await qiandun.settled(other);
		expect(eventsOf(other)).toEqual(['unknown']);
	});

	it('what the event turns out to be is compared, not what the callback called it', async () => {
		const contractId = await stage.contract({ autoFinish: 0 });
		const host = await stage.host({ parameters: { events: ['contract.completed'] } });
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(eventsOf(host)).toEqual([]);
		await stage.post('/contract/finish', { contractId });
		await stage.settled(host);
		expect(eventsOf(host)).toEqual(['contract.completed']);
	});

	it('all have signed and completed are two things', async () => {
		const contractId = await stage.contract({ autoFinish: 0 });
		const host = await stage.host({ parameters: { events: ['contract.allSigned'] } });
		sandbox.control.sign(contractId);
		await stage.post('/contract/finish', { contractId });
		await wholeLife();
		await stage.settled(host);
		// Asked after it was finished, the early COMPLETE is the completion already.
		expect(eventsOf(host)).toEqual([]);
		const second = await stage.contract({ autoFinish: 0 });
		sandbox.control.sign(second);
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([{ event: 'contract.allSigned', contractId: second }]);
	});
});

describe('Contract IDs', () => {
	it('start only for these contracts, however the list is written', async () => {
		const wanted = [await stage.contract(), await stage.contract()];
		const other = await stage.contract();
		const spellings: unknown[] = [
			wanted.join(','),
			` ${wanted.join(' , ')} ,`,
			wanted.join('，'),
			wanted.join('\n'),
			wanted.join('；'),
			wanted,
		];
		for (const contractIds of spellings) {
			const host = await stage.host({
				parameters: { options: { contractIds: contractIds as string } },
			});
			for (const id of [other, ...wanted]) sandbox.control.failSign(id);
			await stage.settled(host);
			expect(itemsOf(host).map(({ contractId }) => contractId)).toEqual(wanted);
		}
		expect(sandbox.callbacks.deliveries.every(({ ok }) => ok)).toBe(true);
	});

	it('hold for unknown events too, and for events without a contract', async () => {
		const [wanted, other] = [await stage.contract(), await stage.contract()];
		const host = await stage.host({ parameters: { options: { contractIds: wanted } } });
		sandbox.switches.unknownCallbackType = 'CONTRACT_ARCHIVED';
		for (const id of [wanted, other]) sandbox.control.delay(id, '2099-12-31');
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([{ event: 'unknown', contractId: wanted }]);

		const options = { ...qiandun.paths, contractIds: qiandun.sandbox.seeds.contract.contractId };
		const second = await qiandun.host({ parameters: { options } });
		qiandun.sandbox.control.passPerson({ accountId: '1120' });
		qiandun.sandbox.control.contractStatusChanged(qiandun.sandbox.seeds.contract.contractId);
		await qiandun.settled(second);
		expect(eventsOf(second)).toEqual(['contract.statusChanged']);
		await expect.poll(() => qiandun.sandbox.callbacks.pending(), { timeout: 10_000 }).toEqual([]);
	});
});
