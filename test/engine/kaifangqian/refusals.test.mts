import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { bodyOf, fromList, lisi, operatorOf, personSigner, stage } from './support.mjs';

const { sandbox, act, sent, contract } = await stage();
const { contact } = sandbox.operator;

/** Runs an operation that must be refused for its only item, and returns the words and the code. */
const refusal = async (resource: string, operation: string, parameters: IDataObject) => {
	const { run, items, error } = await act(resource, operation, parameters);
	expect(items).toEqual([]);
	expect(run.status).toBe('error');
	expect(['NodeApiError', 'NodeOperationError']).toContain(error?.name);
	expect(error?.context.itemIndex).toBe(0);
	expect(error?.message).toBeTruthy();
	expect(error?.description).toBeTruthy();
	expect(error!.message.length + error!.description!.length).toBeLessThan(1000);
	return { message: error!.message, description: error!.description!, code: error!.httpCode };
};

const status = async (contractId = '1') => await refusal('contract', 'getStatus', { contractId });

describe('the forms of an answer', () => {
	it.each([false, true])(
		'1: the reason, the code, what to do (code as text: %s)',
		async (codeAsString) => {
			sandbox.switches.codeAsString = codeAsString;
			const { message, description, code } = await status('404');
			expect([message, code]).toEqual(['业务处理失败,合同不存在', '31000']);
			expect(description).toMatch(/^Kaifangqian answered with code 31000\. The reason stands/);
		},
	);

	it.each([200, 404, 500])('2: the generic one, with HTTP %i', async (form2Status) => {
		sandbox.switches.form2Status = form2Status;
		sandbox.failNext('*', 'form2');
		const { message, description, code } = await status();
		expect(message).toBe('操作失败，系统异常');
		expect([description, code]).toEqual(['Kaifangqian answered with code 500.', '500']);
	});

	it('3: the bare 500', async () => {
		sandbox.failNext('*', 'form3');
		const { message, description, code } = await status();
		expect(message).toBe('Kaifangqian could not handle the request and answered with a web page');
		expect(description).toContain('Check the values of this item');
		expect(code).toBe('500');
	});

	it('success without a result, left out or null', async () => {
		for (const nullResult of [false, true]) {
			sandbox.switches.nullResult = nullResult;
			const { items } = await act('account', 'registerPerson', {
				accountName: lisi.name,
				accountContact: lisi.contact,
			});
			expect(items[0].json).toEqual({ success: true });
		}
	});

	it('success only with 10000, whatever else it looks like', async () => {
		for (const body of [
			'{"code":"1","message":"成功","result":{"status":"COMPLETE"}}',
			'{"success":true,"result":{"status":"COMPLETE"}}',
			'{"code":10000,"success":false,"message":"操作失败"}',
		]) {
			sandbox.failNext('*', { status: 200, body });
			await status();
		}
	});

	it.each<[string, Fault, string]>([
		['a web page', 'html200', '(a web page, HTTP 200)'],
		['10 MB of HTML', 'hugeHtml', '(a web page, HTTP 200)'],
		['half an answer', 'truncatedJson', '(no JSON, HTTP 200)'],
		['nothing', { status: 200, body: '' }, '(empty, HTTP 200)'],
		['a list', { status: 200, body: '[1,2]' }, '(no JSON, HTTP 200)'],
		[
			'a text',
			{ status: 403, body: 'Forbidden', headers: { 'content-type': 'text/plain' } },
			'(no JSON, HTTP 403)',
		],
		['other JSON', { status: 200, body: '{"hello":"world"}' }, '(no JSON, HTTP 200)'],
	])('%s is not an answer of the platform', async (_what, fault, words) => {
		const contractId = await contract();
		sandbox.failNext('*', fault);
		const { message, description } = await status(contractId);
		expect(message).toBe(`The answer did not come from Kaifangqian's API ${words}`);
		expect(description).toContain("Check 'Base URL' in the credential");
	});
});

describe('every code has a hint', () => {
	it.each([
		[21000, 'Fill it in'],
		[22000, 'Fill it in'],
		[23000, 'wrong form or length'],
		[23001, '11 digits'],
		[24000, 'kind of parameter'],
		[24001, 'UTF-8'],
		[25000, 'JSON bodies only'],
		[26000, "'RSA Private Key'"],
		[31000, 'The reason stands in the message'],
		[32000, 'already linked'],
		[32001, 'Register Company'],
		[32002, 'Register Person'],
		[32003, 'closed their account'],
		[32004, 'Use another account'],
		[40000, "'App Auth Token'"],
		[41000, '点击复制token'],
		[41001, 'Check the clock'],
		[41002, 'Run the item again'],
		[42000, 'enable it in the console'],
		[51000, 'Remove SQL words'],
		[52000, 'Remove HTML'],
		[91000, 'Wait a little'],
	])('%i', async (code, words) => {
		sandbox.failNext('*', { status: 200, body: `{"code":${code},"message":"原因"}` });
		const found = await status();
		expect(found.message).toBe('原因');
		expect(found.code).toBe(String(code));
		expect(found.description).toContain(`code ${code}. `);
		expect(found.description).toContain(words);
	});

	it('and an unknown one without a message is still named', async () => {
		sandbox.failNext('*', { status: 200, body: '{"code":77777}' });
		expect(await status()).toMatchObject({
			message: 'Kaifangqian refused the call with code 77777',
			code: '77777',
		});
	});
});

describe('a contract in the wrong state', () => {
	const person = { signerName: lisi.name, signerContact: lisi.contact };

	it.each<[string, IDataObject, string]>([
		['recall', {}, '合同状态不支持撤回'],
		['finish', {}, '合同为自动结束,不能手动结束'],
		[
			'addSigners',
			{ signersInput: 'json', signersJson: [personSigner()] },
			'合同为自动结束,不能追加签署方',
		],
		['approve', person, '合同状态不是签署中'],
		['signOnBehalf', { ...person, signatureSubjectType: 'PERSON' }, '合同状态不是签署中'],
	])('refuses %s', async (operation, parameters, reason) => {
		const contractId = await contract();
		sandbox.control.signAll(contractId);
		const { message, code } = await refusal('contract', operation, { contractId, ...parameters });
		expect([message, code]).toEqual([`业务处理失败,${reason}`, '31000']);
		expect(sandbox.control.contract(contractId).status).toBe('COMPLETE');
	});

	it.each<[string, IDataObject]>([
		['recall', {}],
		['finish', {}],
		['addSigners', { signersInput: 'json', signersJson: [personSigner()] }],
		['approve', person],
		['signOnBehalf', { ...person, signatureSubjectType: 'PERSON' }],
		['getTaskLink', { taskId: '1' }],
		['getPageLink', { contact }],
		['getStatus', {}],
	])('that does not exist is refused by %s', async (operation, parameters) => {
		const { message } = await refusal('contract', operation, { contractId: '404', ...parameters });
		expect(message).toBe('业务处理失败,合同不存在');
	});

	it('says what helps where a signature was never authorised', async () => {
		const contractId = await contract();
		const { message, description } = await refusal('contract', 'signOnBehalf', {
			contractId,
			signatureSubjectType: 'PERSON',
			...person,
		});
		expect(message).toBe('业务处理失败,签章授权不存在');
		expect(description).toContain('They do so once, in the web console');
	});

	it('says what helps where a position names another document', async () => {
		const { message, description } = await refusal('contract', 'create', {
			...operatorOf(sandbox),
			signReId: fromList(sandbox.lines.free),
			signersInput: 'json',
			signersJson: [
				personSigner({
					positionParamList: [
						{
							controlType: 'SIGNATURE',
							signPositionType: 'POSITION',
							relationDocList: [{ docId: '404' }],
							pageConfig: '1',
							offsetX: '0',
							offsetY: '0',
						},
					],
				}),
			],
		});
		expect(message).toBe('业务处理失败,关联文档不存在');
		expect(description).toContain('Check the document IDs of the positions');
	});
});

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
		const found = await refusal('contract', operation, parameters);
		expect(found.message).toBe(message);
		expect(sent()).toEqual([]);
	});

	it('today counts as a deadline, in China', async () => {
		const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
		const { error } = await act(
			'contract',
			'create',
			create({ send: '0', additionalFields: { expireDate: today } }),
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
		const found = await refusal('api', 'request', {
			method: 'POST',
			path: '/contract/recall',
			body,
		});
		expect(found.message).toBe(message);
		expect(sent()).toEqual([]);
	});
});
