import { describe, expect, it } from 'vitest';
import { eventsOf, itemsOf, kaifangqianStage, post, warnings } from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;

const UNPROVEN = { status: 401, text: '{"message":"Not accepted"}' };

describe('a true event told again in other words', () => {
	for (const [type, event, act] of [
		['COMPLETE', 'contract.completed', (id: string) => sandbox.control.sign(id)],
		['RECALLED', 'contract.recalled', async (id: string) => await recall(id)],
		['REFUSAL_SIGN', 'contract.signRefused', (id: string) => sandbox.control.refuseSign(id)],
		['EXPIRED', 'contract.expired', (id: string) => sandbox.control.expire(id)],
		['DELETE', 'contract.deleted', (id: string) => sandbox.control.remove(id)],
	] as Array<[string, string, (id: string) => unknown]>) {
		it(`${type}: starts nothing a second time, and pushes nothing out of the memory`, async () => {
			const contractId = await stage.contract();
			const host = await stage.host();
			await act(contractId);
			await stage.settled(host);
			const before = host.executions.length;
			expect(eventsOf(host)).toContain(event);
			const memory = JSON.stringify(host.staticData());
			for (let round = 0; round < 12; round += 1) {
				const body = {
					contractId,
					callbackType: type,
					contractStatus: ['COMPLETE', 'COMPLETED', `X${round}`][round % 3],
					taskId: `task-${round}`,
					signerName: `某某${round}`,
				};
				expect((await post(host.productionUrl, JSON.stringify(body))).text).toBe('success');
			}
			await host.idle();
			expect(host.executions).toHaveLength(before);
			expect(JSON.stringify(host.staticData())).toBe(memory);
		});
	}

	const recall = async (contractId: string) => await stage.post('/contract/recall', { contractId });

	it('a signature: the status beside it makes no second one of it', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		sandbox.control.sign(contractId);
		await stage.settled(host);
		const { taskId } = stage.sent().find(({ callbackType }) => callbackType === 'SUBMIT_SIGN')!;
		const before = host.executions.length;
		for (const contractStatus of ['SIGNING', 'WRITING', 'COMPLETE', 'anything']) {
			const body = { contractId, callbackType: 'SUBMIT_SIGN', contractStatus, taskId };
			expect((await post(host.productionUrl, JSON.stringify(body))).text).toBe('success');
		}
		await host.idle();
		expect(host.executions).toHaveLength(before);
	});
});

// The platform's database may compare more loosely than we do, and its answer does not repeat the id.
it('an ID that only looks like the one of a contract: 401, the platform is not asked', async () => {
	const contractId = await stage.contract();
	const host = await stage.host();
	sandbox.control.sign(contractId);
	await stage.settled(host);
	const before = host.executions.length;
	sandbox.requests.length = 0;
	const wide = [...contractId].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
	const lookalikes = [
		`${contractId} `,
		`${contractId}\t`,
		`${contractId}\n`,
		`${contractId}\u0000`,
		`${contractId}\u200b`,
		`\u2060${contractId}`,
		`\u202e${contractId}\u202c`,
		`\ufeff${contractId}`,
		`${contractId}\ud800`,
		`${contractId}\u0301`,
		wide.join(''),
		contractId + '0'.repeat(64),
	];
	for (const lookalike of lookalikes) {
		const body = { contractId: lookalike, callbackType: 'COMPLETE', contractStatus: 'COMPLETE' };
		expect(await post(host.productionUrl, JSON.stringify(body))).toMatchObject(UNPROVEN);
	}
	expect(host.executions).toHaveLength(before);
	expect(stage.asked()).toEqual([]);
	expect(itemsOf(host).every((item) => item.contractId === contractId)).toBe(true);
	expect(warnings(host.logs)[0]).toContain('a form that the platform gives to none');
});
