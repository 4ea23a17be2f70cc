import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	EVENTS,
	eventOfStatus,
	normalise,
	renamed,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/callbacks/normalise.js';
import { idInLife } from '../../../../../nodes/CnEsign/platforms/callbacks.js';
import { anyBody, shuffled } from '../../callbackBodies.mjs';
import { anyText } from '../../../support.mjs';
import { runs } from '../../../../seed.mjs';

const id = fc.stringMatching(/^[0-9]{19}$/);
const status = fc.constantFrom('SIGNING', 'WRITING', 'RECALLED', 'REFUSAL_WRIT', 'EXPIRED');
const type = fc.constantFrom(...Object.keys(EVENTS));
const known = fc.record({
	contractId: id,
	contractStatus: status,
	callbackType: type,
	taskId: fc.option(id, { nil: undefined }),
	reason: fc.option(anyText, { nil: undefined }),
});

describe('normalise', () => {
	it('never throws and never drops, whatever the body holds', () => {
		fc.assert(
			fc.property(anyBody, (body) => {
				const event = normalise(body);
				expect(typeof event.event).toBe('string');
				expect(event.event).not.toBe('');
				expect(event.eventId).toMatch(/^[0-9a-f]{32}$/);
				for (const value of [event.contractId, event.contractStatus])
					expect(['string', 'undefined']).toContain(typeof value);
				for (const value of Object.values(event.flat)) expect(typeof value).toBe('string');
				expect(Object.keys(event.flat).length).toBeLessThanOrEqual(3);
			}),
			{ numRuns: runs(1000) },
		);
	});

	it('known names with values of any type: never throws, and is unknown only without a contract', () => {
		const names = [
			'contractId',
			'contractStatus',
			'taskId',
			'signer',
			'signerName',
			'signerType',
			'nodeType',
			'reason',
		];
		const value = fc.jsonValue({ maxDepth: 2 });
		const body = fc.record(Object.fromEntries(names.map((name) => [name, value])), {
			requiredKeys: [],
		});
		fc.assert(
			fc.property(body, type, (rest, callbackType) => {
				const event = normalise({ ...rest, callbackType });
				expect(event.event === 'unknown').toBe(event.contractId === undefined);
			}),
			{ numRuns: runs(1000) },
		);
	});

	it('gives one id for one event, whatever the order of the fields', () => {
		fc.assert(
			fc.property(fc.oneof(anyBody, known), fc.infiniteStream(fc.nat()), (body, order) => {
				const again = shuffled(JSON.parse(JSON.stringify(body)), order) as typeof body;
				const first = normalise(JSON.parse(JSON.stringify(body)));
				expect(normalise(again).eventId).toBe(first.eventId);
				expect(normalise(again).event).toBe(first.event);
			}),
			{ numRuns: runs(500) },
		);
	});

	const ofOneTask = new Set(['SUBMIT_WRITE', 'SUBMIT_SIGN', 'SUBMIT_APPROVE']);
	const onceInALife = fc.constantFrom(
		...['SEND_SIGNING', 'REFUSAL_WRITE', 'REFUSAL_SIGN', 'RECALLED', 'DELETE', 'EXPIRED'],
	);

	it('gives different ids to different contracts, types and, where an event is about one, tasks', () => {
		fc.assert(
			fc.property(known, id, (body, other) => {
				fc.pre(other !== body.contractId && other !== body.taskId);
				const { eventId } = normalise(body);
				expect(normalise({ ...body, contractId: other }).eventId).not.toBe(eventId);
				if (ofOneTask.has(body.callbackType))
					expect(normalise({ ...body, taskId: other }).eventId).not.toBe(eventId);
				for (const callbackType of Object.keys(EVENTS)) {
					if (callbackType === body.callbackType) continue;
					// One end, whichever way it came about.
					const both = [callbackType, body.callbackType];
					if (['REFUSAL_APPROVE', 'REFUSAL_SIGN'].every((type) => both.includes(type))) continue;
					expect(normalise({ ...body, callbackType }).eventId).not.toBe(eventId);
				}
			}),
			{ numRuns: runs(200) },
		);
	});

	// A forger who repeats a true event in other words must not make a second event of it.
	it('what happens once to a contract has one id, whatever else the body says', () => {
		fc.assert(
			fc.property(known, onceInALife, anyBody, (body, callbackType, more) => {
				const { contractId } = body;
				const plain = normalise({ contractId, callbackType });
				expect(plain.mayRecur).toBe(false);
				expect(normalise({ ...more, ...body, callbackType }).eventId).toBe(plain.eventId);
				const completed = { contractId, callbackType: 'COMPLETE', contractStatus: 'COMPLETE' };
				expect(normalise({ ...more, taskId: body.taskId, ...completed }).eventId).toBe(
					normalise(completed).eventId,
				);
			}),
			{ numRuns: runs(300) },
		);
	});

	it('a task is done once, whatever status the contract has by then', () => {
		fc.assert(
			fc.property(known, id, fc.constantFrom(...ofOneTask), status, (body, taskId, done, later) => {
				const first = normalise({ ...body, taskId, callbackType: done });
				const again = { ...body, taskId, callbackType: done, contractStatus: later };
				expect(normalise(again).eventId).toBe(first.eventId);
			}),
		);
	});

	it('a reason or a name makes no other event', () => {
		fc.assert(
			fc.property(known, anyText, (body, text) => {
				const withTask = { ...body, taskId: 'task-0001' };
				const changed = { ...withTask, reason: text, signerName: text, signer: { name: text } };
				expect(normalise(changed).eventId).toBe(normalise(withTask).eventId);
			}),
		);
	});

	it('without a task, two signers are two events', () => {
		const body = { contractId: '1', contractStatus: 'SIGNING', callbackType: 'SUBMIT_SIGN' };
		const signed = (name: string) => normalise({ ...body, signer: { name } }).eventId;
		expect(signed('李四')).toBe(signed('李四'));
		expect(signed('李四')).not.toBe(signed('王五'));
		// Found by fuzzing: the order of the signer's own fields made another event of it.
		const [one, other] = [
			{ name: '李四', contact: '1' },
			{ contact: '1', name: '李四' },
		].map((signer) => normalise({ ...body, signer }).eventId);
		expect(one).toBe(other);
	});

	it('an unknown type keeps apart what differs anywhere', () => {
		const one = { contractId: '1', callbackType: 'NEW', detail: { a: 1 } };
		expect(normalise(one).eventId).not.toBe(normalise({ ...one, detail: { a: 2 } }).eventId);
		expect(normalise(one).eventId).not.toBe(normalise({ ...one, detail: [['a', 1]] }).eventId);
		expect(normalise(one)).toMatchObject({ event: 'unknown', mayRecur: true, contractId: '1' });
	});

	it('COMPLETE is completed only with a completed status, in either spelling, and is one event then', () => {
		const body = { contractId: '1', callbackType: 'COMPLETE' };
		const events = ['COMPLETE', 'COMPLETED', 'SIGNING', 'RECALLED', undefined].map(
			(contractStatus) => normalise({ ...body, contractStatus }),
		);
		expect(events.map(({ event }) => event)).toEqual([
			'contract.completed',
			'contract.completed',
			'contract.allSigned',
			'contract.statusChanged',
			'contract.statusChanged',
		]);
		expect(events.map(({ mayRecur }) => mayRecur)).toEqual([false, false, true, true, true]);
		expect(events[0].eventId).toBe(events[1].eventId);
		// However it was learned: an early COMPLETE that turned out to be the end is the same event.
		const learned = renamed(
			events[2],
			{ ...body, contractStatus: 'SIGNING' },
			'contract.completed',
		);
		expect(learned.eventId).toBe(events[0].eventId);
		expect(learned.mayRecur).toBe(false);
	});

	it('spells a status one way, in the event and in its id', () => {
		const body = { contractId: '1', callbackType: 'REFUSAL_WRITE', taskId: '2' };
		const [server, public_] = ['REFUSAL_WRIT', 'REFUSAL_WRITE'].map((contractStatus) =>
			normalise({ ...body, contractStatus }),
		);
		expect(server).toEqual({ ...public_, full: server.full });
		expect(server.contractStatus).toBe('REFUSAL_WRIT');
	});
});

describe('eventOfStatus', () => {
	it('gives an event the id that its callback has, so that neither counts twice', () => {
		const callbacks: Record<string, string> = {
			COMPLETE: 'COMPLETE',
			REFUSAL_WRIT: 'REFUSAL_WRITE',
			REFUSAL_SIGN: 'REFUSAL_SIGN',
			RECALLED: 'RECALLED',
			EXPIRED: 'EXPIRED',
			DELETED: 'DELETE',
			SIGNING: 'SEND_SIGNING',
		};
		for (const [status, callbackType] of Object.entries(callbacks)) {
			const { event, eventId } = normalise({
				contractId: '1',
				contractStatus: status,
				callbackType,
			});
			expect(eventOfStatus('1', status, 1)).toEqual({ event, eventId });
			expect(eventOfStatus('1', status, 2)).toEqual({ event, eventId: idInLife(eventId, 2) });
		}
	});

	it('is nothing for a status that no callback tells of', () => {
		for (const status of ['DRAFT', 'START', 'CLEAN_UP', 'toString', ''])
			expect(eventOfStatus('1', status, 1)).toBeUndefined();
	});
});

describe('a turn in the life of a contract', () => {
	it('is named for what starts it and for what ends it, and for nothing else', () => {
		const turns = Object.keys(EVENTS).map((callbackType) => {
			const contractStatus = callbackType === 'COMPLETE' ? 'COMPLETE' : 'SIGNING';
			return [callbackType, normalise({ contractId: '1', contractStatus, callbackType }).turn];
		});
		const byTurn = (turn: string | undefined) =>
			turns.filter(([, found]) => found === turn).map(([type]) => type);
		expect(byTurn('starts')).toEqual(['SEND_SIGNING']);
		expect(byTurn('ends').sort()).toEqual(
			[
				'COMPLETE',
				'DELETE',
				'EXPIRED',
				'RECALLED',
				'REFUSAL_APPROVE',
				'REFUSAL_SIGN',
				'REFUSAL_WRITE',
			].sort(),
		);
	});
});
