import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanContact, MOBILE } from '../../../../nodes/CnEsign/runtime/items/cleanText.js';
import {
	chinaTime,
	contactRule,
	dateOnly,
	EMAIL,
	instantOf,
	isContact,
	isProperName,
	STORABLE,
	todayInChina,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/rules.js';
import { runs } from '../../../seed.mjs';
import { anyText } from '../../support.mjs';

const isTaken = (contact: string) => contactRule.pattern?.test(cleanContact(contact)) === true;

const mobiles = fc
	.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
	.map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);

describe('phone and email', () => {
	it.each([
		'13800138000',
		'19912345678',
		'wangwu@example.com',
		'张三@例子.中国',
		'a+b@c.d.example',
	])('%s is a contact as it stands', (contact) => {
		expect(isTaken(contact)).toBe(true);
		expect(cleanContact(contact)).toBe(contact);
		expect(isContact(contact)).toBe(true);
	});

	it.each([
		...['12800138000', '1380013800', '138001380000', '852 9123 4567', '+1 380 013 8000'],
		...['wangwu', 'wangwu@example', '@example.com', 'a@b@example.com', '', '86'],
		// A rule that holds for a part of the text only would let these through.
		...['x13800138000', '13800138000x', '13800138000,13900139000', '+8612800138000'],
		...['+86 86 13800138000', '0013800138000', '013800138000'],
	])('%j is none, however it is read', (contact) => {
		expect(isTaken(contact)).toBe(false);
		expect(isContact(contact)).toBe(false);
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

	it('is the same number in whatever form people and spreadsheets write it (docs/api/kaifangqian.md, 5.1)', () => {
		const countries = fc.constantFrom('', '+86', '86', '0086', '+86 ', '+86-', '(+86)', '＋８６ ');
		const gaps = fc.constantFrom(
			'',
			' ',
			'-',
			'\u00a0',
			'\u2011',
			'\u2013',
			'.',
			'\u200b',
			'\t',
			'\u2212',
			'\u2014',
			'·',
			'\ufe63',
			'\u3164',
			'\u2028',
		);
		fc.assert(
			fc.property(mobiles, countries, gaps, fc.boolean(), (number, country, gap, isWide) => {
				const written = [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(gap);
				const wide = written.replace(/\d/g, (digit) =>
					String.fromCodePoint(Number(digit) + 0xff10),
				);
				expect(cleanContact(` ${country}${isWide ? wide : written}\n`)).toBe(number);
			}),
			{ numRuns: runs(300) },
		);
	});

	it('an address loses blanks and invisible marks, and keeps all else', () => {
		expect(cleanContact(' wang.wu-1(a)@example.com\u200b\n')).toBe('wang.wu-1(a)@example.com');
		expect(cleanContact('ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ')).toBe('wang@example.com');
	});

	it('that is clean stays as it is', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, mobiles), (text) => {
				const clean = cleanContact(text);
				expect(cleanContact(clean)).toBe(clean);
			}),
		);
	});
});

describe('a proper name', () => {
	it('is anything but the contact that the platform gives where it has none', () => {
		for (const name of ['张三', 'O’Neill', '某某科技有限公司', '12345'])
			expect(isProperName(name)).toBe(true);
		for (const other of [
			'13900139000',
			' 13900139000 ',
			'+86 139-0013-9000',
			'wang@example.com',
			'',
			' ',
			null,
			5,
		])
			expect(isProperName(other)).toBe(false);
	});
});

describe('names and titles', () => {
	it('hold no character of four bytes (docs/api/kaifangqian.md, 3.3)', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 10 }), (text) => {
				const bytes = [...text].every((character) => Buffer.byteLength(character) < 4);
				expect(STORABLE.test(text)).toBe(bytes);
			}),
		);
		expect(['张三', '𠮷田', '😀'].map((text) => STORABLE.test(text))).toEqual([true, false, false]);
	});
});

const two = (number: number) => String(number).padStart(2, '0');

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
	it('are taken as spreadsheets, forms and databases write them', () => {
		for (const text of [
			'2030-06-29',
			'2030-6-29',
			'2030/06/29',
			'2030/6/29',
			'2030.06.29',
			'2030年6月29日',
			'2030年06月29日',
			'2030年6月29',
			'2030-06-29T23:59:59',
			'2030-06-29 08:00',
			'2030-06-29 8:00',
			'2030/6/29 18:30:05',
			'2030年6月29日 18:30',
			'2030-06-29T00:00:00.000+08:00',
			'2030-06-29T00:00:00+0800',
			'2030-06-29T15:59:59Z',
			'2030-06-29t15:59:59z',
			'2030-06-29 15:59:59 Z',
			'２０３０－０６－２９',
			'２０３０／６／２９　１８：００',
			// How a database hands over the 29th of June in China.
			'2030-06-28T16:00:00.000Z',
		])
			expect(dateOnly(text), text).toBe('2030-06-29');
		expect(dateOnly('2030-06-29T16:00:00Z')).toBe('2030-06-30');
	});

	it('with an offset mean the day as written, wherever that is', () => {
		for (const offset of [
			'+08:00',
			'-05:00',
			'+14:00',
			'-0800',
			'+00:00',
			'+08',
			'-12',
			' +0800',
			' -05:00',
			'+05:45',
		])
			for (const time of ['00:00:00', '23:59:59.999'])
				expect(dateOnly(`2030-06-29T${time}${offset}`)).toBe('2030-06-29');
	});

	it('in UTC mean the day that it is in China then', () => {
		fc.assert(
			fc.property(instants, (instant) => {
				expect(dateOnly(new Date(instant).toISOString())).toBe(chinaTime(instant).slice(0, 10));
			}),
		);
	});

	it('are refused when there is no such day or time', () => {
		for (const text of [
			'2030-02-29',
			'2030-02-30',
			'2030-13-01',
			'2030-00-10',
			'2030-06-31',
			'2030/2/30',
			'29.06.2030',
			'06/29/2030',
			'20300629',
			'1909526400000',
			'47663',
			'2030-06-29T10:60',
			'2030-06-29T10',
			'2030-06-29T10:00:00+8',
			'2030-06-29 10:00 PM',
			'tomorrow',
			'2030年6月',
			'',
			'2030-06-29x',
			'x2030-06-29',
			'2030-06-29日x',
		])
			expect(dateOnly(text), text).toBeUndefined();
		expect(dateOnly('2028-02-29')).toBe('2028-02-29');
	});

	it('exist exactly when the calendar has them, in every way of writing', () => {
		const part = fc.integer({ min: 0, max: 40 });
		const forms = fc.constantFrom(
			...[
				(y: number, m: number, d: number) => `${y}-${two(m)}-${two(d)}`,
				(y: number, m: number, d: number) => `${y}/${m}/${d}`,
				(y: number, m: number, d: number) => `${y}.${m}.${d}`,
				(y: number, m: number, d: number) => `${y}年${m}月${d}日`,
				(y: number, m: number, d: number) => `${y}-${two(m)}-${two(d)} 12:00`,
			],
		);
		fc.assert(
			fc.property(
				fc.integer({ min: 1900, max: 2100 }),
				part,
				part,
				forms,
				(year, month, day, write) => {
					const iso = `${year}-${two(month)}-${two(day)}`;
					const date = new Date(`${iso}T00:00:00Z`);
					const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
					expect(dateOnly(write(year, month, day))).toBe(exists ? iso : undefined);
				},
			),
			{ numRuns: runs(500) },
		);
	});

	it('never throw, whatever text comes', () => {
		const part = fc.constantFrom(
			...[
				'2030',
				'-',
				'/',
				'06',
				'29',
				'T',
				' ',
				'10:00',
				'25:61',
				'Z',
				'+08:00',
				'年',
				'月',
				'日',
				'\n',
			],
		);
		const texts = fc.oneof(
			anyText,
			fc.array(part, { maxLength: 8 }).map((all) => all.join('')),
		);
		fc.assert(
			fc.property(texts, (text) => {
				expect(dateOnly(text) ?? '2030-06-29').toMatch(/^\d{4}-\d{2}-\d{2}$/);
				expect(['number', 'undefined']).toContain(typeof instantOf(text, SHANGHAI));
			}),
			{ numRuns: runs(1000) },
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
