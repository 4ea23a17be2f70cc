import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelopeOf, withTextIds } from '../../../../nodes/CnEsign/runtime/http/envelope.js';

/** JSON without whole numbers beyond 2^53, which become text on purpose. */
const json = fc
	.jsonValue()
	.filter((value) => !/\d{16}|e\+/.test(JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, '')));

describe('envelopeOf', () => {
	it('keeps every digit of an ID, and everything else as it is', () => {
		expect(
			envelopeOf('{"code":"200","result":{"contractId":1897893172027068416,"n":1.5,"t":"1e3"}}'),
		).toEqual({ code: '200', result: { contractId: '1897893172027068416', n: 1.5, t: '1e3' } });
	});

	it('may have a mark of its character set in front', () => {
		expect(envelopeOf('\ufeff{"code":10000}')).toEqual({ code: 10000 });
	});

	it.each([
		'',
		' ',
		'[]',
		'"text"',
		'1',
		'null',
		'true',
		'<html>',
		'{"code":"200"',
		'{code:200}',
		'服务升级中',
	])('is nothing for %j', (text) => {
		expect(envelopeOf(text)).toBeUndefined();
	});

	it('never throws, and finds any object that JSON can write', () => {
		fc.assert(fc.property(fc.string(), (text) => void envelopeOf(text)));
		fc.assert(
			fc.property(fc.dictionary(fc.string(), json), (value) => {
				expect(JSON.stringify(envelopeOf(JSON.stringify(value)))).toBe(
					JSON.stringify(JSON.parse(JSON.stringify(value))),
				);
			}),
		);
	});
});

describe('withTextIds', () => {
	it('makes text of numbers under names that end in Id, at any depth, and of nothing else', () => {
		expect(
			withTextIds({
				id: 1,
				sealId: 100000014,
				seqNo: 1,
				paid: 5,
				Identity: 3,
				list: [{ fileId: 7, page: 2 }, 3, null],
				contractId: null,
				userId: '8',
			}),
		).toEqual({
			id: '1',
			sealId: '100000014',
			seqNo: 1,
			paid: 5,
			Identity: 3,
			list: [{ fileId: '7', page: 2 }, 3, null],
			contractId: null,
			userId: '8',
		});
	});

	it.each([undefined, null, 'text', 5, true, []])('leaves %j alone', (value) => {
		expect(withTextIds(value)).toEqual(value);
	});
});
