import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { CallbackEvent } from '../../../nodes/CnEsign/platforms/callbacks.js';
import { inItsLife } from '../../../nodes/CnEsign/trigger/lives.js';

type Turn = CallbackEvent['turn'];

/** A trigger with its stored data, and a platform that says whether the contract runs. */
const trigger = () => {
	const stored: IDataObject = {};
	const context = { getWorkflowStaticData: () => stored } as unknown as IWebhookFunctions;
	const taken = new Set<string>();
	let asked = 0;
	/** The id and the life under which an event is passed on, or `undefined` for a repeat. */
	const receive = async (
		name: string,
		turn: Turn,
		{
			running = false,
			isCurrent = true,
			contractId = 'c-1' as string | undefined,
		}: { running?: boolean | 'silent'; isCurrent?: boolean; contractId?: string } = {},
	) => {
		const event: CallbackEvent = {
			event: name,
			eventId: `${contractId}:${name}`,
			mayRecur: false,
			turn,
			contractId,
			flat: {},
			full: {},
		};
		const living = await inItsLife(context, event, {
			isRepeat: async (id) => taken.has(id) || !taken.add(id),
			wasTaken: (id) => taken.has(id),
			isRunning: async () => {
				asked += 1;
				if (running === 'silent') throw new Error('not answered');
				return running;
			},
			isCurrent,
		});
		return living.isRepeat ? undefined : [living.event.eventId, living.life];
	};
	return { receive, stored, asked: () => asked };
};

describe('the events of a contract', () => {
	it('come once in a life, and are repeats afterwards', async () => {
		const { receive, asked } = trigger();
		expect(await receive('sent', 'starts')).toEqual(['c-1:sent', 1]);
		expect(await receive('sent', 'starts')).toBeUndefined();
		expect(await receive('completed', 'ends')).toEqual(['c-1:completed', 1]);
		expect(asked()).toBe(0);
		expect(await receive('completed', 'ends')).toBeUndefined();
		expect(await receive('sent', 'starts')).toBeUndefined();
	});

	it('may come in the wrong order: a beginning behind its end does not hide the next life', async () => {
		const { receive } = trigger();
		expect(await receive('deleted', 'ends')).toEqual(['c-1:deleted', 1]);
		expect(await receive('sent', 'starts')).toEqual(['c-1:sent', 1]);
		expect(await receive('sent', 'starts', { running: true })).toEqual(['c-1:sent-2', 2]);
	});

	it('count a second life where the contract runs again after an end (docs/api/kaifangqian.md, 7.5)', async () => {
		const { receive } = trigger();
		await receive('sent', 'starts');
		await receive('recalled', 'ends');
		expect(await receive('sent', 'starts', { running: true })).toEqual(['c-1:sent-2', 2]);
		expect(await receive('recalled', 'ends')).toEqual(['c-1:recalled-2', 2]);
		expect(await receive('sent', 'starts', { running: true })).toEqual(['c-1:sent-3', 3]);
		expect(await receive('sent', 'starts')).toBeUndefined();
	});

	it('of an earlier life that arrive late are repeats', async () => {
		const { receive } = trigger();
		await receive('sent', 'starts');
		await receive('recalled', 'ends');
		// The end of the first life comes again when the second has begun, before its start is heard of.
		expect(await receive('recalled', 'ends', { running: true })).toBeUndefined();
		expect(await receive('sent', 'starts')).toEqual(['c-1:sent-2', 2]);
		// Signed, but of the first life: the contract goes on.
		expect(await receive('recalled', 'ends', { running: true, isCurrent: false })).toBeUndefined();
		expect(await receive('recalled', 'ends', { isCurrent: false })).toEqual(['c-1:recalled-2', 2]);
	});

	it('are not decided where the platform cannot be asked', async () => {
		const { receive } = trigger();
		await receive('recalled', 'ends');
		await expect(receive('recalled', 'ends', { running: 'silent' })).rejects.toThrow(
			'not answered',
		);
	});

	it('of other contracts are counted by themselves', async () => {
		const { receive } = trigger();
		await receive('recalled', 'ends');
		expect(await receive('sent', 'starts', { contractId: 'c-2' })).toEqual(['c-2:sent', 1]);
	});

	it('that neither start nor end a life are plain repeats', async () => {
		const { receive, stored } = trigger();
		expect(await receive('signed', undefined)).toEqual(['c-1:signed', undefined]);
		expect(await receive('signed', undefined)).toBeUndefined();
		expect(stored).toEqual({});
	});

	it('are remembered for the 500 contracts that were heard of last', async () => {
		const { receive, stored } = trigger();
		for (let number = 0; number < 510; number++)
			await receive('sent', 'starts', { contractId: `c-${number}` });
		const known = Object.keys(stored.lives as object);
		expect(known).toHaveLength(500);
		expect(known).toContain('c-509');
		expect(known).not.toContain('c-9');
	});

	it('of a contract that is called as every object has it are no trouble', async () => {
		const { receive } = trigger();
		for (const contractId of ['toString', 'constructor', 'hasOwnProperty'])
			expect(await receive('sent', 'starts', { contractId })).toEqual([`${contractId}:sent`, 1]);
	});
});
