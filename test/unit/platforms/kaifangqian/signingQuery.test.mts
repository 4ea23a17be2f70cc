import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryToSign } from '../../../../nodes/CnEsign/platforms/kaifangqian/signing.js';
import { anyText } from '../../support.mjs';
import {
	addressOf,
	BASE,
	headersOf,
	querySignatureIsValid,
	sentPairs,
	signed,
	TOKEN,
} from './signingSupport.mjs';
import { runs } from '../../../seed.mjs';

const OWN = ['appAuthToken', 'uniqueCode', 'operatorAccount'];
const names = fc.oneof(
	fc.constantFrom('contact', 'contractId', 'taskId', '名字', 'a b', 'a+b', 'Z', 'a'),
	anyText.filter((name) => name !== '' && !/^\d+$/.test(name) && !OWN.includes(name)),
);
const pairs = fc.array(fc.tuple(names, anyText), { maxLength: 6 });
const asOptions = fc.dictionary(
	names.filter((name) => name !== '__proto__'),
	fc.oneof(anyText, fc.array(anyText, { maxLength: 3 })),
	{ maxKeys: 3 },
);

describe('queryToSign', () => {
	it('sorts by name, skips blanks, and encodes nothing', () => {
		expect(
			queryToSign([
				['pageUrlExpireTime', '2030-06-29 18:00:00'],
				['taskId', ''],
				['partyName', '  '],
				['contact', '13900139000'],
				['Z', '&=+%'],
				['callbackPage', 'https://a.example/?x=1&y=张'],
			]),
		).toBe(
			'Z=&=+%&callbackPage=https://a.example/?x=1&y=张&contact=13900139000&pageUrlExpireTime=2030-06-29 18:00:00',
		);
	});

	it('keeps repeated names in the order in which they are sent', () => {
		const repeated: Array<[string, string]> = [
			['b', '2'],
			['a', '9'],
			['b', '1'],
		];
		expect(queryToSign(repeated)).toBe('a=9&b=2&b=1');
	});
});

describe('a GET', () => {
	it('is signed over what a server decodes from the address that is sent', async () => {
		await fc.assert(
			fc.asyncProperty(pairs, asOptions, async (inAddress, qs) => {
				const query = new URLSearchParams(inAddress).toString();
				const request = await signed({ url: `${BASE}/signRes?${query}`, qs });
				expect(querySignatureIsValid(request)).toBe(true);
				const sent = sentPairs(request).filter(([name]) => !OWN.includes(name));
				const given = Object.entries(qs).flatMap(([name, value]) =>
					[value].flat().map((entry): [string, string] => [name, entry]),
				);
				expect(sent).toEqual([...inAddress, ...given]);
			}),
			{ numRuns: runs(150) },
		);
	});

	it('is signed again after a 401 without doubling anything', async () => {
		await fc.assert(
			fc.asyncProperty(pairs, async (inAddress) => {
				const query = new URLSearchParams(inAddress).toString();
				const first = await signed({ url: `${BASE}/signRes?${query}` });
				const second = await signed(first);
				expect(querySignatureIsValid(second)).toBe(true);
				const without = (request: typeof first) =>
					sentPairs(request).filter(([name]) => name !== 'uniqueCode');
				expect(without(second)).toEqual(without(first));
			}),
			{ numRuns: runs(50) },
		);
	});

	it('carries token and code once in the query and once in the headers', async () => {
		const request = await signed({ url: `${BASE}/signRes`, qs: { contact: '13800138000' } });
		const { searchParams } = addressOf(request);
		expect(searchParams.getAll('appAuthToken')).toEqual([TOKEN]);
		expect(searchParams.getAll('uniqueCode')).toEqual([headersOf(request).uniqueCode]);
		expect(request).not.toHaveProperty('qs');
		expect(headersOf(request)).not.toHaveProperty('Content-Type');
	});

	it('always names an operator account, once', async () => {
		const account = async (qs: object) =>
			addressOf(await signed({ url: `${BASE}/signRes`, qs })).searchParams.getAll(
				'operatorAccount',
			);
		expect(await account({})).toEqual(['n8n']);
		expect(await account({ operatorAccount: '' })).toEqual(['n8n']);
		expect(await account({ operatorAccount: 'mine-001' })).toEqual(['mine-001']);
		const url = `${BASE}/signRes?operatorAccount=mine-001`;
		expect(addressOf(await signed({ url })).searchParams.getAll('operatorAccount')).toEqual([
			'mine-001',
		]);
	});

	it('replaces a token that address or options bring along', async () => {
		const request = await signed({
			url: `${BASE}/signRes?appAuthToken=SMUGGLED&uniqueCode=1`,
			qs: { appAuthToken: ['SMUGGLED', 'SMUGGLED'], contact: 'a@b.example' },
		});
		expect(addressOf(request).href).not.toContain('SMUGGLED');
		expect(addressOf(request).searchParams.getAll('appAuthToken')).toEqual([TOKEN]);
		expect(querySignatureIsValid(request)).toBe(true);
	});

	it('takes base URL and path apart, as the credential test gives them', async () => {
		for (const baseURL of [BASE, `${BASE}/`, ` ${BASE}// `]) {
			const { origin, pathname } = addressOf(await signed({ baseURL, url: '/signRes' }));
			expect(`${origin}${pathname}`).toBe(`${BASE}/signRes`);
		}
	});

	it('is what a call without a method is, and DELETE is signed alike', async () => {
		for (const method of [undefined, 'get', 'GET', 'DELETE']) {
			const request = await signed({ method, url: `${BASE}/contract?contractId=1` });
			expect(addressOf(request).searchParams.get('appAuthToken')).toBe(TOKEN);
			expect(querySignatureIsValid(request)).toBe(true);
		}
	});
});

it('a call with a body brings no token of its own along in the address either', async () => {
	const request = await signed({
		method: 'POST',
		url: `${BASE}/contract/recall?appAuthToken=FORGED&a=1&uniqueCode=x`,
		qs: { appAuthToken: 'FORGED', b: '2' },
		body: { contractId: '1' },
	});
	expect(sentPairs(request)).toEqual([
		['a', '1'],
		['b', '2'],
	]);
	expect(headersOf(request).appAuthToken).toBe(TOKEN);
});
