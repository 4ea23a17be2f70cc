import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { stage } from './support.mjs';

const { sandbox, act, once } = await stage();

describe('contract: getSigner', () => {
	const id = '1897893172027068416';

	it('sends an ID of 19 digits whole, and gives every field of the answer', async () => {
		const { request, json } = await once('contract', 'getSigner', {
			contractId: id,
			accountId: '3321',
		});
		expect(`${request.method} ${request.path}?${request.rawQuery}`).toBe(
			`GET /api/open/contract/signer?accountId=3321&contractId=${id}`,
		);
		const field = {
			fileCode: 'FC_20250307141255daxfcgHqQPVFbhQ',
			fileId: '1',
			dateFormat: 'YYYY-MM-DD',
		};
		expect(json).toEqual({
			signStatus: 'finished',
			seqNo: 1,
			signFields: [
				{
					...field,
					signFieldStyle: 2,
					signFieldPosition: { positionPage: 0, positionX: 0, positionY: 300 },
				},
				{
					...field,
					signFieldStyle: 1,
					signFieldPosition: { positionPage: 1, positionX: 279, positionY: 420 },
				},
			],
			authConfig: { willingnessAuthModes: ['CODE_SMS'] },
			noticeConfig: { noticeTypes: 0 },
		});
	});

	it("asks by one's own code, too, and sends nothing empty", async () => {
		const { request } = await once('contract', 'getSigner', {
			contractId: '',
			businessCode: 'BIZ-0001',
			accountId: 'PSN_TEST_001',
		});
		expect(request.rawQuery).toBe('accountId=PSN_TEST_001&businessCode=BIZ-0001');
	});

	it.each([
		[`={{ ${id} }}`],
		// What an earlier node makes of the ID when it reads it as a number.
		['={{ $json.contractId }}'],
	])('refuses an ID that has lost its digits (%s)', async (contractId) => {
		const input = [{ json: JSON.parse(`{"contractId":${id}}`) as IDataObject }];
		const parameters = { contractId, accountId: '3321' };
		const { error } = await act('contract', 'getSigner', parameters, { input });
		expect(error?.message).toBe("'Contract ID' is a number too large to be exact");
		expect(error?.description).toContain('as text');
		expect(sandbox.requests).toEqual([]);
	});

	it.each([
		['oc_40006', { contractId: '1', accountId: '3321' }],
		['oc_40005', { contractId: id, accountId: '1120' }],
	])('is refused with %s', async (code, parameters) => {
		const { error } = await act('contract', 'getSigner', parameters);
		expect(error?.httpCode).toBe(code);
	});

	it('asks for the contract before anything is sent', async () => {
		const { error } = await act('contract', 'getSigner', { accountId: '3321' });
		expect(error?.message).toBe("'Contract ID' and 'Business Code' are both empty");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('IDs in other places', () => {
	it('stay exact text in every answer, however the platform writes them', async () => {
		sandbox.switches.bigIntegers = true;
		const { json } = await once('user', 'getPerson', { accountId: '1120' });
		expect(json.psnId).toBe('1869674445573197824');
	});

	it.each([
		[
			'seal',
			'getSilentSignLink',
			{ accountId: 'CORP_TEST_001', options: { sealIds: '={{ [1897893172027068416] }}' } },
			"'Seal IDs' is a number too large to be exact",
		],
		[
			'api',
			'request',
			{ endpoint: '31', query: '={{ ({ contractId: 1897893172027068416 }) }}' },
			"'Query (JSON)' holds a number too large to be exact under 'contractId'",
		],
		[
			'api',
			'request',
			{ endpoint: '4', body: '={{ ({ ids: [1897893172027068416] }) }}' },
			"'Body (JSON)' holds a number too large to be exact under 'ids.0'",
		],
	])(
		'are refused as inexact numbers by %s: %s',
		async (resource, operation, parameters, message) => {
			const { error } = await act(resource, operation, parameters);
			expect(error?.message).toBe(message);
			expect(sandbox.requests).toEqual([]);
		},
	);
});
