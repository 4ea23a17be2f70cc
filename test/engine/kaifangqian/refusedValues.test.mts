import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { bodyOf, fromList, lisi, operatorOf, personSigner, stage } from './support.mjs';

const { sandbox, act, sent } = await stage();
const { contact } = sandbox.operator;

/** Runs an operation that must be refused for its only item, and returns the message. */
const refusalOf = async (resource: string, operation: string, parameters: IDataObject) => {
	const { run, items, error } = await act(resource, operation, parameters);
	expect(items).toEqual([]);
	expect(run.status).toBe('error');
	expect(error?.name).toBe('NodeOperationError');
	expect(error?.context.itemIndex).toBe(0);
	expect(error?.description).toBeTruthy();
	return error?.message;
};

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
			create({ additionalFields: { expireDate: '2020-01-01' } }),
			"'Signing Deadline' is in the past",
		],
		[
			'create',
			'a date that is none',
			create({ additionalFields: { expireDate: '={{ "soon" }}' } }),
			"'Signing Deadline' is not a date",
		],
		[
			'create',
			'a day that does not exist',
			create({ additionalFields: { expireDate: '2099-02-30' } }),
			"'Signing Deadline' is not a date",
		],
		[
			'create',
			'a number instead of a contact',
			create({ operatorContact: '={{ 12345 }}' }),
			"'Operator Contact' is neither a mobile number nor an e-mail address",
		],
		[
			'create',
			'a contact of another type',
			create({ operatorContactType: 'EMAIL' }),
			"'Operator Contact' does not fit 'Operator Contact Type'",
		],
		['create', 'no name', create({ operatorName: '={{ "" }}' }), "'Operator Name' is empty"],
		[
			'create',
			'an unknown choice',
			create({ send: '={{ "2" }}' }),
			"'Send Now' is neither 1 nor 0",
		],
		[
			'create',
			'a switch that is none',
			create({ additionalFields: { autoFinish: '={{ "perhaps" }}' } }),
			"'Finish Automatically' is neither true nor false",
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
			create({ additionalFields: { signTemplateParamList: { value: [{ templateId: '1' }] } } }),
			"'Template Values 1 → Field' is empty",
		],
		['recall', 'no ID', { contractId: '={{ undefined }}' }, "'Contract ID' is empty"],
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
		['addSigners', 'no signer', { contractId: '1' }, "'Signer List' is empty"],
		[
			'approve',
			'an unknown decision',
			{ contractId: '1', signerName: lisi.name, signerContact: lisi.contact, approval: '={{ 2 }}' },
			"'Decision' is out of range",
		],
		[
			'getTaskLink',
			'an unknown type of link',
			{ contractId: '1', taskId: '1', additionalFields: { linkType: '={{ "tv" }}' } },
			"'Link Type' is neither h5 nor pc",
		],
		[
			'getTaskLink',
			'a page that is no address',
			{ contractId: '1', taskId: '1', additionalFields: { callbackPage: 'javascript:alert(1)' } },
			"'Return Page' is not a web address",
		],
		[
			'getPageLink',
			'an expiry after more than 72 h',
			{
				contractId: '1',
				contact,
				additionalFields: { noLogin: true, pageUrlExpireTime: hours(73) },
			},
			"'Expires' is more than 72 hours ahead",
		],
		[
			'getPageLink',
			'an expiry in the past',
			{
				contractId: '1',
				contact,
				additionalFields: { noLogin: true, pageUrlExpireTime: hours(-1) },
			},
			"'Expires' is in the past",
		],
		[
			'getPageLink',
			'an expiry of a link with login',
			{ contractId: '1', contact, additionalFields: { pageUrlExpireTime: hours(1) } },
			"'Expires' only works together with 'Without Login'",
		],
		[
			'download',
			'a contact that is none',
			{ contractId: '1', contact: '={{ "李四" }}' },
			"'Contact' is neither a mobile number nor an e-mail address",
		],
	])('%s: %s', async (operation, _what, parameters, message) => {
		const found = await refusalOf('contract', operation, parameters);
		expect(found).toBe(message);
		expect(sent()).toEqual([]);
	});

	it('today counts as a deadline, in China', async () => {
		const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
		const { error } = await act(
			'contract',
			'create',
			create({
				send: '0',
				signersInput: 'json',
				signersJson: [personSigner()],
				additionalFields: { expireDate: today },
			}),
		);
		expect(error).toBeUndefined();
		expect(bodyOf(sent()[0])).toMatchObject({ expireDate: today });
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
		const found = await refusalOf('api', 'request', {
			method: 'POST',
			path: '/contract/recall',
			body,
		});
		expect(found).toBe(message);
		expect(sent()).toEqual([]);
	});
});
