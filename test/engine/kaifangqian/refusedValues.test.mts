import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { bodyOf, fromList, hintsOf, lisi, operatorOf, personSigner, stage } from './support.mjs';

const { sandbox, act, refused, sent } = await stage();
const { contact } = sandbox.operator;

describe('values are refused before anything is sent', () => {
	const create = (more: IDataObject) => ({
		...operatorOf(sandbox),
		signReId: fromList(sandbox.lines.free),
		...more,
	});
	const hours = (count: number) => new Date(Date.now() + count * 3600_000).toISOString();

	it.each<[string, string, IDataObject, string]>([
		[
			'create',
			'an expired date',
			create({ options: { expireDate: '2020-01-01' } }),
			"'Signing Deadline' is in the past",
		],
		[
			'create',
			'a date that is none',
			create({ options: { expireDate: '={{ "soon" }}' } }),
			"'Signing Deadline' is not a date",
		],
		[
			'create',
			'a day that does not exist',
			create({ options: { expireDate: '2099-02-30' } }),
			"'Signing Deadline' is not a date",
		],
		[
			'create',
			'a number instead of a contact',
			create({ operatorContact: '={{ 12345 }}' }),
			"'Sender Phone or Email' is neither a mobile number nor an email address",
		],
		[
			'create',
			'no name',
			create({ operatorName: '={{ "" }}' }),
			"'Sender Name' is empty for this item",
		],
		[
			'create',
			'an unknown choice',
			create({ options: { send: '={{ "2" }}' } }),
			"'Mode' is neither 1 nor 0",
		],
		[
			'create',
			'a switch that is none',
			create({ options: { autoFinish: '={{ "perhaps" }}' } }),
			"'Finish Automatically' is neither true nor false",
		],
		[
			'create',
			'a switch that is read only when the contract is there',
			create({ options: { checkStarted: '={{ "no" }}' } }),
			"'Check Started Contracts' is neither true nor false",
		],
		[
			'create',
			'an account that the platform cannot store',
			create({ options: { operatorAccount: '张三😀' } }),
			"'Operator Account' holds a character that the platform cannot store",
		],
		[
			'create',
			'an object where a text belongs',
			create({ subject: '={{ {a: 1} }}' }),
			"'Subject' is not a text",
		],
		[
			'create',
			'a template value without its field',
			create({ options: { signTemplateParamList: { value: [{ templateId: '1' }] } } }),
			"'Template Values 1 → Field' is empty for this item",
		],
		['recall', 'no ID', { contractId: '={{ undefined }}' }, "'Contract ID' is empty for this item"],
		[
			'recall',
			'an ID that has lost digits',
			{ contractId: '={{ 1900000340380424119 }}' },
			"'Contract ID' is a number too large to be exact",
		],
		[
			'addSigners',
			'an ID that is too long',
			{ contractId: 'x'.repeat(65), signersInput: 'json', signersJson: [personSigner()] },
			"'Contract ID' is longer than 64 characters",
		],
		['addSigners', 'no signer', { contractId: '1' }, 'There is no signer'],
		[
			'approve',
			'an unknown decision',
			{ contractId: '1', signerName: lisi.name, signerContact: lisi.contact, approval: '={{ 2 }}' },
			"'Decision' is out of range",
		],
		...[
			['a comment that is too long', '好'.repeat(513), 'is longer than 512 characters'],
			['a comment with an emoji', '好😀', 'holds a character that the platform cannot store'],
		].map(([what, comment, reason]): [string, string, IDataObject, string] => [
			'approve',
			what,
			{
				contractId: '1',
				signerName: lisi.name,
				signerContact: lisi.contact,
				options: { comment },
			},
			`'Comment' ${reason}`,
		]),
		[
			'getTaskLink',
			'an unknown type of link',
			{ contractId: '1', taskId: '1', options: { linkType: '={{ "tv" }}' } },
			"'Link Type' is neither h5 nor pc",
		],
		[
			'getTaskLink',
			'a page that is no address',
			{ contractId: '1', taskId: '1', options: { callbackPage: 'javascript:alert(1)' } },
			"'Return Page' is not a web address",
		],
		[
			'getPageLink',
			'an expiry after more than 72 h',
			{
				contractId: '1',
				contact,
				options: { noLogin: true, pageUrlExpireTime: hours(73) },
			},
			"'Expires' is more than 72 hours ahead",
		],
		[
			'getPageLink',
			'an expiry in the past',
			{
				contractId: '1',
				contact,
				options: { noLogin: true, pageUrlExpireTime: hours(-1) },
			},
			"'Expires' is in the past",
		],
		[
			'getPageLink',
			'an expiry of a link with login',
			{ contractId: '1', contact, options: { pageUrlExpireTime: hours(1) } },
			"'Expires' only works together with 'Without Login'",
		],
		[
			'download',
			'a contact that is none',
			{ contractId: '1', contact: '={{ "李四" }}' },
			"'Downloading Person' is neither a mobile number nor an email address",
		],
	])('%s: %s', async (operation, _what, parameters, message) => {
		expect((await refused('contract', operation, parameters)).message).toBe(message);
	});

	const draftWith = async (options: IDataObject) =>
		await act(
			'contract',
			'create',
			create({
				signersInput: 'json',
				signersJson: [personSigner()],
				options: { send: '0', ...options },
			}),
		);

	it('today counts as a deadline, in China, and the hint says what it means', async () => {
		const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
		const { run, error } = await draftWith({ expireDate: today });
		expect(error).toBeUndefined();
		expect(bodyOf(sent()[0])).toMatchObject({ expireDate: today });
		expect(hintsOf({ run })).toEqual([expect.stringContaining('The signing deadline is today.')]);
	});

	it.each([
		['2099-06-29', '2099-06-29'],
		['2099/6/29', '2099-06-29'],
		['2099年6月29日', '2099-06-29'],
		['2099.6.9', '2099-06-09'],
		['2099-06-29T00:00:00.000+08:00', '2099-06-29'],
		// The day as written, whatever the offset; only an instant out of a database is the day in China.
		['2099-06-29T23:00:00-05:00', '2099-06-29'],
		['2099-06-28T16:00:00.000Z', '2099-06-29'],
		['2099-06-28 18:30', '2099-06-28'],
		["={{ DateTime.fromISO('2099-02-28').startOf('day') }}", '2099-02-28'],
		["={{ new Date('2099-02-27T16:00:00Z') }}", '2099-02-28'],
	])('the deadline %s is %s', async (expireDate, expected) => {
		const { run, error } = await draftWith({ expireDate });
		expect(error).toBeUndefined();
		expect(bodyOf(sent()[0])).toMatchObject({ expireDate: expected });
		expect(hintsOf({ run })).toEqual([]);
	});

	it.each([
		['not JSON', '{"contractId": }', "'Body (JSON)' is not valid JSON"],
		['a list', '[1]', "'Body (JSON)' is not a JSON object"],
		[
			'a dangerous key',
			'{"a":{"__proto__":{"b":1}}}',
			"'Body (JSON)' holds the key 'a.__proto__', which is not allowed",
		],
	])('api.request: %s', async (_what, body, message) => {
		const parameters = { method: 'POST', path: '/contract/recall', body };
		expect((await refused('api', 'request', parameters)).message).toBe(message);
	});
});
