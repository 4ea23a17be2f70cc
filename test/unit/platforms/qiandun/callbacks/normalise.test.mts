import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	EVENTS,
	normalise,
} from '../../../../../nodes/CnEsign/platforms/qiandun/callbacks/normalise.js';
import { anyBody, shuffled } from '../../callbackBodies.mjs';
import { runs } from '../../../../seed.mjs';

const transactionId = fc.uuid();
const businessType = fc.constantFrom(...Object.keys(EVENTS));

describe('normalise', () => {
	it('never throws and never drops, whatever body and content hold', () => {
		fc.assert(
			fc.property(anyBody, anyBody, (body, details) => {
				const event = normalise(body, details as never);
				expect(typeof event.event).toBe('string');
				expect(event.eventId).toMatch(/^[0-9a-f]{32}$/);
				expect(['string', 'undefined']).toContain(typeof event.contractId);
				for (const value of Object.values(event.flat)) expect(typeof value).toBe('string');
				expect(Object.keys(event.flat).length).toBeLessThanOrEqual(3);
			}),
			{ numRuns: runs(1000) },
		);
	});

	it('known names with values of any type: never throws', () => {
		const value = fc.jsonValue({ maxDepth: 2 });
		const names = ['transactionId', 'businessType', 'contractId', 'accountId'];
		const body = fc.record(Object.fromEntries(names.map((name) => [name, value])), {
			requiredKeys: [],
		});
		fc.assert(
			fc.property(body, body, (given, details) => {
				expect(normalise(given, details as never).event).toMatch(/^[a-zA-Z.]+$/);
			}),
			{ numRuns: runs(1000) },
		);
	});

	it('the transaction is the event: one id whatever else is said, another for another', () => {
		fc.assert(
			fc.property(transactionId, transactionId, businessType, anyBody, (one, two, type, rest) => {
				fc.pre(one !== two);
				const { eventId, mayRecur } = normalise({ transactionId: one, businessType: type });
				expect(mayRecur).toBe(false);
				expect(normalise({ ...rest, transactionId: one }).eventId).toBe(eventId);
				expect(normalise({ transactionId: two, businessType: type }).eventId).not.toBe(eventId);
			}),
		);
	});

	it('without a transaction the body is the event, whatever the order of its fields, and may recur', () => {
		fc.assert(
			fc.property(anyBody, fc.infiniteStream(fc.nat()), (body, order) => {
				fc.pre(!('transactionId' in body));
				const event = normalise(body);
				expect(event.mayRecur).toBe(true);
				expect(normalise(shuffled(body, order) as typeof body).eventId).toBe(event.eventId);
				expect(normalise({ ...body, more: 1 }).eventId).not.toBe(event.eventId);
			}),
		);
	});

	it('what the platform says comes before what the notification says', () => {
		fc.assert(
			fc.property(businessType, businessType, (claimed, real) => {
				const body = { transactionId: 'T', businessType: claimed, contractId: 'claimed' };
				const event = normalise(body, { businessType: real, contractId: 'real' });
				expect(event).toMatchObject({ event: EVENTS[real], contractId: 'real' });
				expect(event.full).toMatchObject({ businessType: real });
				expect(normalise(body, {}).event).toBe(EVENTS[claimed]);
			}),
		);
	});

	it('a contract that only the notification names counts only while nothing is fetched', () => {
		const body = { transactionId: 'T', contractId: 'claimed' };
		expect(normalise(body).contractId).toBe('claimed');
		expect(normalise(body, {}).contractId).toBeUndefined();
		expect(normalise(body, { contractName: 'other' }).contractId).toBeUndefined();
		// Under which name the platform has it is not published.
		expect(normalise(body, { data: [{ no: 'claimed' }] }).contractId).toBe('claimed');
	});

	it('names of inherited functions are unknown types', () => {
		for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty'])
			expect(normalise({ transactionId: 'T', businessType: name }).event).toBe('unknown');
	});
});
