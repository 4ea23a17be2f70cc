/** What *Get Status* says of a contract fits what the trigger says, so that a schedule that looks does nothing twice. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { actingOn } from '../kaifangqian.mjs';
import { approvedBy, itemsOf, kaifangqianStage, lisi, person } from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;
const { control } = sandbox;
const act = actingOn(sandbox);

const lookUp = async (contractId: string, options: IDataObject = {}) => {
	const { items, error } = await act('contract', 'getStatus', { contractId, options });
	if (error) throw error;
	const { event, eventId } = items[0].json;
	return { event, eventId };
};

const writing = { signReId: sandbox.lines.writing };

describe('the event of a status has the eventId of its callback', () => {
	it.each<[event: string, more: IDataObject, happens: (contractId: string) => unknown]>([
		['contract.sent', {}, () => {}],
		['contract.sent', writing, () => {}],
		['contract.completed', {}, (id) => control.signAll(id)],
		['contract.signRefused', {}, (id) => control.refuseSign(id)],
		['contract.fillRefused', writing, (id) => control.refuseWrite(id)],
		[
			'contract.recalled',
			{},
			async (contractId) => await stage.post('/contract/recall', { contractId }),
		],
		[
			'contract.deleted',
			{},
			async (contractId) => {
				await stage.post('/contract/recall', { contractId });
				control.remove(contractId);
			},
		],
	])('%s', async (event, more, happens) => {
		const host = await stage.host();
		const contractId = await stage.contract(more);
		await stage.settled(host);
		await happens(contractId);
		await stage.settled(host);
		const last = itemsOf(host).at(-1)!;
		expect(last.event).toBe(event);
		expect(await lookUp(contractId)).toEqual({ event, eventId: last.eventId });
	});

	it('a rejected approval has the eventId of the status, and the number of its life', async () => {
		const host = await stage.host();
		const contractId = await stage.contract({
			signerList: [approvedBy(sandbox.colleague), person(lisi, '2')],
		});
		await stage.settled(host);
		control.refuseApprove(contractId);
		await stage.settled(host);
		const { event, eventId, life } = itemsOf(host).at(-1)!;
		expect([event, life]).toEqual(['contract.approvalRefused', 1]);
		expect((await lookUp(contractId)).eventId).toBe(eventId);
	});

	it('in a later life too, if it is told which', async () => {
		const host = await stage.host();
		const contractId = await stage.contract();
		await stage.settled(host);
		await stage.post('/contract/recall', { contractId });
		await stage.settled(host);
		control.remove(contractId);
		await stage.settled(host);
		control.restore(contractId);
		control.start(contractId);
		await stage.settled(host);
		const [first, , , again] = itemsOf(host);
		expect(again).toMatchObject({ event: 'contract.sent', life: 2 });
		const { eventId } = again;
		expect(await lookUp(contractId, { life: again.life })).toEqual({
			event: 'contract.sent',
			eventId,
		});
		expect((await lookUp(contractId)).eventId).toBe(first.eventId);
	});

	it('where no callback tells of a status there is none', async () => {
		const contractId = await stage.contract({ send: '0' });
		expect(await lookUp(contractId)).toEqual({});
	});
});
