import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { isRepeat } from '../../../nodes/CnEsign/trigger/repeats.js';
import { runs } from '../../seed.mjs';

let last = 0;

/** Requests to one trigger: each reads the stored memory first and writes it back as a whole, as n8n does. */
const trigger = () => {
	const id = `workflow-${++last}`;
	const store: { seen?: unknown } = {};
	return {
		store,
		request(mode = 'webhook') {
			const own = structuredClone(store) as IDataObject;
			const response = Object.assign(new EventEmitter(), { statusCode: 200 });
			const context = {
				getWorkflow: () => ({ id }),
				getNode: () => ({ name: 'Trigger' }),
				getMode: () => mode,
				getWorkflowStaticData: () => own,
				getResponseObject: () => response,
			} as unknown as IWebhookFunctions;
			return {
				ask: async (eventId: string) => await isRepeat(context, eventId),
				/** n8n has made the execution, stored the memory and answered. */
				done() {
					Object.assign(store, own);
					response.emit('finish');
					response.emit('close');
				},
				/** The execution could not be made. */
				failed() {
					response.statusCode = 500;
					response.emit('finish');
				},
				brokenOff: () => void response.emit('close'),
			};
		},
	};
};

describe('isRepeat', () => {
	it('one after the other: agrees with a plain list of the last 500', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat({ max: 700 }), { maxLength: 1500 }), async (numbers) => {
				const { request, store } = trigger();
				let model: string[] = [];
				for (const id of numbers.map(String)) {
					const one = request();
					expect(await one.ask(id)).toBe(model.includes(id));
					one.done();
					if (!model.includes(id)) model = [...model, id].slice(-500);
				}
				expect(store.seen ?? []).toEqual(model);
			}),
			{ numRuns: runs(20) },
		);
	});

	it('in any order at the same time: each is the first exactly once, and none is forgotten later', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 60 }),
				fc.scheduler(),
				async (numbers, scheduler) => {
					const { request, store } = trigger();
					const ids = numbers.map(String);
					const firsts: string[] = [];
					const all = ids.map(async (id) => {
						const one = request();
						await scheduler.schedule(Promise.resolve());
						if (!(await one.ask(id))) firsts.push(id);
						await scheduler.schedule(Promise.resolve());
						one.done();
					});
					await scheduler.waitFor(Promise.all(all));
					expect([...firsts].sort()).toEqual([...new Set(ids)].sort());
					const later = request();
					expect(await later.ask('another')).toBe(false);
					later.done();
					// What overlapping requests wrote over is written again.
					expect(new Set(store.seen as string[])).toEqual(new Set([...ids, 'another']));
				},
			),
			{ numRuns: runs(100) },
		);
	});

	it('an execution that could not be made is not remembered: who waits for it is the first', async () => {
		const { request } = trigger();
		const [one, two] = [request(), request()];
		expect(await one.ask('a')).toBe(false);
		const waiting = two.ask('a');
		one.failed();
		expect(await waiting).toBe(false);
		two.done();
		expect(await request().ask('a')).toBe(true);
	});

	it('a delivery that broke off or hangs is undecided: the next one is to come again', async () => {
		const { request } = trigger();
		const [one, two, three] = [request(), request(), request()];
		expect(await one.ask('a')).toBe(false);
		const waiting = two.ask('a');
		one.brokenOff();
		await expect(waiting).rejects.toThrow('broke off');
		expect(await three.ask('a')).toBe(false);
		await expect(request().ask('a')).rejects.toThrow('did not answer in time');
		three.done();
		expect(await request().ask('a')).toBe(true);
	});

	it('the test address and the production address do not know of each other', async () => {
		const { request } = trigger();
		const test = request('manual');
		expect(await test.ask('a')).toBe(false);
		test.brokenOff();
		expect(await request().ask('a')).toBe(false);
	});
});
