import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	chinaTime,
	contactRule,
	dateOnly,
	EMAIL,
	instantOf,
	isoParts,
	MOBILE,
	todayInChina,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/rules.js';
import { runs } from '../../../seed.mjs';

describe('phone and e-mail', () => {
	it.each([
		'13800138000',
		'19912345678',
		'wangwu@example.com',
		'张三@例子.中国',
		'a+b@c.d.example',
	])('%s is a contact', (contact) => {
		expect(contactRule.pattern?.test(contact)).toBe(true);
	});

	it.each([
		...[
			'12800138000',
			'1380013800',
			'138001380000',
			'+8613800138000',
			'138 0013 8000',
			'138-0013-8000',
		],
		...['wangwu', 'wangwu@example', '@example.com', 'a b@example.com', 'a@b@example.com', ''],
		// A rule that holds for a part of the text only would let these through.
		...['x13800138000', '13800138000x', '13800138000\nx'],
	])('%j is none', (contact) => {
		expect(contactRule.pattern?.test(contact)).toBe(false);
	});

	it('takes every number range of mainland China, and nothing is both', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1000000000, max: 9999999999 }), (rest) => {
				const number = `1${rest}`;
				const second = number[1];
				expect(MOBILE.test(number)).toBe(second >= '3');
				expect(EMAIL.test(number)).toBe(false);
			}),
		);
	});
});

const SHANGHAI = 'Asia/Shanghai';
const zones = fc.constantFrom(
	SHANGHAI,
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
);
const instants = fc
	.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2060, 0, 1) })
	.map((instant) => Math.floor(instant / 1000) * 1000);

/** What a clock on the wall of that zone shows. */
const wallClock = (instant: number, timeZone: string) =>
	new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
		.format(instant)
		.replace(' ', 'T');

describe('dates', () => {
	it('are taken in every ISO form', () => {
		for (const text of [
			'2030-06-29',
			'2030-06-29T23:59:59',
			'2030-06-29 08:00',
			'2030-06-29T00:00:00.000+08:00',
			'2030-06-29T15:59:59Z',
			// How a database hands over the 29th of June in China.
			'2030-06-28T16:00:00.000Z',
		])
			expect(dateOnly(text)).toBe('2030-06-29');
		expect(dateOnly('2030-06-29T16:00:00Z')).toBe('2030-06-30');
	});

	it('are refused when there is no such day or time', () => {
		for (const text of [
			'2030-02-29',
			'2030-13-01',
			'2030-00-10',
			'2030-06-31',
			'29.06.2030',
			'2030-6-9',
			'20300629',
			'2030-06-29T24:00',
			'2030-06-29T10:60',
			'2030-06-29T10',
			'tomorrow',
			'',
			'2030-06-29x',
		])
			expect(dateOnly(text), text).toBeUndefined();
		expect(dateOnly('2028-02-29')).toBe('2028-02-29');
	});

	it('exist exactly when the calendar has them', () => {
		const part = fc.integer({ min: 0, max: 40 });
		fc.assert(
			fc.property(fc.integer({ min: 1900, max: 2100 }), part, part, (year, month, day) => {
				const two = (number: number) => String(number).padStart(2, '0');
				const text = `${year}-${two(month)}-${two(day)}`;
				const date = new Date(`${text}T00:00:00Z`);
				const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
				expect(isoParts(text) !== undefined).toBe(exists);
			}),
		);
	});

	it('change at midnight in China', () => {
		expect(todayInChina(Date.UTC(2030, 5, 28, 15, 59, 59))).toBe('2030-06-28');
		expect(todayInChina(Date.UTC(2030, 5, 28, 16))).toBe('2030-06-29');
	});
});

describe('times', () => {
	it('are written in China time', () => {
		fc.assert(
			fc.property(instants, (instant) => {
				expect(chinaTime(instant)).toBe(wallClock(instant, SHANGHAI).replace('T', ' '));
				expect(instantOf(chinaTime(instant), SHANGHAI)).toBe(instant);
			}),
		);
	});

	it('without a zone are meant where the workflow is', () => {
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				const wall = wallClock(instant, zone);
				const read = instantOf(wall, zone) as number;
				// In the hour that a clock shows twice either is right.
				expect(wallClock(read, zone)).toBe(wall);
				if (zone === SHANGHAI || zone === 'UTC') expect(read).toBe(instant);
			}),
			{ numRuns: runs(300) },
		);
	});

	it('with a zone are meant there, wherever the workflow is', () => {
		fc.assert(
			fc.property(
				instants,
				zones,
				fc.integer({ min: -14 * 60, max: 14 * 60 }),
				(instant, zone, offset) => {
					const two = (number: number) => String(number).padStart(2, '0');
					const size = Math.abs(offset);
					const suffix = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
					const wall = new Date(instant + offset * 60_000).toISOString().slice(0, 19);
					expect(instantOf(`${wall}${suffix}`, zone)).toBe(instant);
					expect(instantOf(`${wall}${suffix.replace(':', '')}`, zone)).toBe(instant);
				},
			),
		);
		expect(instantOf('2030-06-29T10:00:00Z', SHANGHAI)).toBe(Date.UTC(2030, 5, 29, 10));
		expect(instantOf('soon', SHANGHAI)).toBeUndefined();
	});
});
