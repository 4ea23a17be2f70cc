/** What is billed call by call is not sent where it plainly cannot be right; what is written oddly is understood. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { bodyOf, echoRequest, stage } from './support.mjs';

const { act, once, sent } = await stage();
const person = { psnName: '张三', psnIDCardNum: '11010119900101123X', psnMobile: '13800138000' };

describe('Verify Person', () => {
	it.each([
		['in full-width characters', '１１０１０１１９９００１０１１２３Ｘ'],
		['in groups, with a small x', '110101 19900101 123x'],
		['behind an invisible character', '\u200b11010119900101123X'],
	])('understands an ID number %s', async (_, psnIDCardNum) => {
		const { request } = await once('identity', 'verifyPerson', { ...person, psnIDCardNum });
		expect(bodyOf(request)).toMatchObject({ psnIDCardNum: person.psnIDCardNum });
	});

	it.each<[string, IDataObject]>([
		["'ID Number' is not the number of an ID card", { psnIDCardNum: '1.10101199001011E+17' }],
		["'ID Number' is not the number of an ID card", { psnIDCardNum: '1101011990010112' }],
		["'ID Number' holds a line break", { psnIDCardNum: '110101199001011234\n110101199001011235' }],
		["'Mobile Number' is not a mobile number", { psnMobile: '021-12345678' }],
		["'Mobile Number' is not a mobile number", { psnMobile: '1.38001E+10' }],
	])('refuses: %s', async (says, more) => {
		const { error } = await act('identity', 'verifyPerson', { ...person, ...more });
		expect(error?.message).toBe(says);
		expect(sent()).toEqual([]);
	});

	it('leaves the numbers of other documents alone', async () => {
		const passport = { psnIDCardType: 'CRED_PSN_PASSPORT', psnIDCardNum: 'E12345678' };
		const { request } = await once('identity', 'verifyPerson', { ...person, ...passport });
		expect(bodyOf(request)).toMatchObject(passport);
	});
});

describe('Start', () => {
	const start = {
		...echoRequest(),
		initiatorAccountId: 'CORP_TEST_001',
		docs: { entry: [{ fileCode: 'FC_1' }] },
		signersInput: 'json',
		signersJson: '[{"accountId":"PSN_TEST_001"}]',
	};

	it.each<[string, IDataObject]>([
		["'Signers' is not a list of objects", { signersJson: '["PSN_TEST_001"]' }],
		["'Signers' is not a list of objects", { signersJson: '[{}]' }],
		["'Signers' is empty", { options: { furtherFields: '{"signers":null}' } }],
		["'Files' is empty", { options: { furtherFields: '{"docs":[]}' } }],
		["'Files' is not a list of objects", { options: { furtherFields: '{"docs":"FC_1"}' } }],
	])('refuses: %s', async (says, more) => {
		const { error } = await act('contract', 'start', { ...start, ...more });
		expect(error?.message).toBe(says);
		expect(sent()).toEqual([]);
	});

	it('refuses ways of verification that are JSON in letters', async () => {
		const signers = { entry: [{ accountId: 'a', willingnessAuthModes: '["CODE_SMS"]' }] };
		const { error } = await act('contract', 'start', { ...start, signersInput: 'fields', signers });
		expect(error?.message).toContain('\'["CODE_SMS"]\', which cannot be a code');
		expect(sent()).toEqual([]);
	});
});
