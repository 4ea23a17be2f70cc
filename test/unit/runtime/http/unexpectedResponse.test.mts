import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unexpectedResponse } from '../../../../nodes/CnEsign/runtime/http/unexpectedResponse.js';

const of = (platformName: string, baseUrlEnding: string) => ({
	platformName,
	baseUrlEnding,
	readsOnly: true,
});

describe('unexpectedResponse', () => {
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
		['nothing', answer(400, ' \n'), '(empty, HTTP 400)'],
		['JSON that is no envelope', answer(200, '[1]'), '(JSON of another form, HTTP 200)'],
		[
			'JSON that is called a web page',
			answer(200, '{"a":1}', 'text/html'),
			'(JSON of another form, HTTP 200)',
		],
		['JSON with a mark in front', answer(400, '\ufeff{"a":1}'), '(JSON of another form, HTTP 400)'],
		['text', answer(200, '服务升级中', 'text/plain'), '(no JSON, HTTP 200)'],
	])('names %s and the base URL to look at', (_what, given, kind) => {
		const { message, description, code } = unexpectedResponse(given, of('Qiandun', '/api'));
		expect(message).toBe(`The answer did not come from Qiandun's API ${kind}`);
		expect(description).toContain("Check 'Base URL' in the credential: it ends in /api.");
		expect(code).toBe(String(given.status));
	});

	it.each([301, 302, 307, 308])('tells a redirect (%i)', (status) => {
		const { message, description } = unexpectedResponse(answer(status, ''), of('Qiandun', '/api'));
		expect(message).toBe('The address in the credential redirects to another one');
		expect(description).toContain('Nothing was sent there');
	});

	it.each([
		[401, 'demands a login'],
		[403, 'does not let the call through'],
		[404, 'nothing at this address'],
		[405, 'does not take this kind of call'],
		[407, 'proxy that n8n uses'],
		[408, 'did not get the call in time'],
		[413, 'too large for the server in front of Qiandun'],
		[429, 'does not take more calls'],
	])('says what HTTP %i means, and that nothing was carried out', (status, words) => {
		for (const readsOnly of [true, false])
			for (const text of ['', '<html>', '{}']) {
				const { message, description, code, outcomeUnknown } = unexpectedResponse(
					answer(status, text),
					{ ...of('Qiandun', '/api'), readsOnly },
				);
				expect(message).toContain(words);
				expect(message).toContain(`HTTP ${status}`);
				expect(description).toContain('Nothing was carried out.');
				expect([code, outcomeUnknown]).toEqual([String(status), undefined]);
			}
	});

	it.each([200, 500, 502, 503, 504])('leaves open what a call with HTTP %i has done', (status) => {
		const call = { ...of('Qiandun', '/api'), readsOnly: false };
		const refusal = unexpectedResponse(answer(status, '<html>'), call);
		expect(refusal.message).toMatch(/: whether the call was carried out is unknown$/);
		expect(refusal.description).toContain("Check on Qiandun's own pages");
		expect(refusal.outcomeUnknown).toBe(true);
	});

	it.each([502, 503, 504])('says first that the server behind is silent (HTTP %i)', (status) => {
		const { description } = unexpectedResponse(answer(status, '<html>'), of('Qiandun', '/api'));
		expect(description).toMatch(/^The server in front of Qiandun got no answer from it/);
	});

	it.each([302, 403, 404, 429])('is sure that nothing was done after HTTP %i', (status) => {
		const call = { ...of('Qiandun', '/api'), readsOnly: false };
		const refusal = unexpectedResponse(answer(status, '<html>'), call);
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
						JSON.stringify(unexpectedResponse(answer(status, text), of('Qiandun', '/api'))),
					).not.toContain(text);
				},
			),
		);
	});
});
