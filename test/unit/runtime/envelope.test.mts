import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelopeOf, foreignAnswer, withTextIds } from '../../../nodes/CnEsign/runtime/envelope.js';

/** JSON without whole numbers beyond 2^53, which become text on purpose. */
const json = fc
	.jsonValue()
	.filter((value) => !/\d{16}|e\+/.test(JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, '')));

const of = (platformName: string, ending: string) => ({
	platformName,
	ending,
	readsOnly: true,
});

describe('envelopeOf', () => {
	it('keeps every digit of an ID, and everything else as it is', () => {
		expect(
			envelopeOf('{"code":"200","result":{"contractId":1897893172027068416,"n":1.5,"t":"1e3"}}'),
		).toEqual({ code: '200', result: { contractId: '1897893172027068416', n: 1.5, t: '1e3' } });
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

describe('foreignAnswer', () => {
	const answer = (status: number, text: string, type = '') => ({
		status,
		text,
		headers: (type === '' ? {} : { 'content-type': type }) as Record<string, string>,
	});

	it.each([
		[
			'a web page by its type',
			answer(200, 'Hello', 'text/html;charset=UTF-8'),
			'(a web page, HTTP 200)',
		],
		['a web page by its text', answer(502, '\n <!doctype html>'), '(a web page, HTTP 502)'],
		['nothing', answer(404, ' \n'), '(empty, HTTP 404)'],
		['text', answer(200, '服务升级中', 'text/plain'), '(no JSON, HTTP 200)'],
	])('names %s and the base URL to look at', (_what, given, kind) => {
		const { message, description, code } = foreignAnswer(given, of('Qiandun', '/api'));
		expect(message).toBe(`The answer did not come from Qiandun's API ${kind}`);
		expect(description).toContain("Check 'Base URL' in the credential: it ends in /api.");
		expect(code).toBe(String(given.status));
	});

	it.each([301, 302, 307, 308])('tells a redirect (%i)', (status) => {
		const { message, description } = foreignAnswer(answer(status, ''), of('Qiandun', '/api'));
		expect(message).toBe('The address in the credential redirects to another one');
		expect(description).toContain('Nothing was sent there');
	});

	it("tells a page of the platform's own with HTTP 500", () => {
		const { message } = foreignAnswer(answer(500, '<html>'), of('Kaifangqian', '/V2'));
		expect(message).toBe('Kaifangqian could not handle the request and answered with a web page');
	});

	it.each([200, 500, 502, 503, 504])('leaves open what a call with HTTP %i has done', (status) => {
		const call = { ...of('Qiandun', '/api'), readsOnly: false };
		const refusal = foreignAnswer(answer(status, '<html>'), call);
		expect(refusal.message).toMatch(/: whether the call was carried out is unknown$/);
		expect(refusal.description).toContain('Look in the Qiandun console');
		expect(refusal.outcomeUnknown).toBe(true);
	});

	it.each([302, 403, 404, 429])('is sure that nothing was done after HTTP %i', (status) => {
		const call = { ...of('Qiandun', '/api'), readsOnly: false };
		const refusal = foreignAnswer(answer(status, '<html>'), call);
		expect(refusal.message).not.toContain('unknown');
		expect(refusal.outcomeUnknown).toBeUndefined();
	});

	it('never repeats the answer itself', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 200, max: 599 }),
				fc.stringMatching(/^SECRET\d{8}$/),
				(status, text) => {
					expect(
						JSON.stringify(foreignAnswer(answer(status, text), of('Qiandun', '/api'))),
					).not.toContain(text);
				},
			),
		);
	});
});
