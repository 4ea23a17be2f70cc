import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import type { NodeRun } from '../node.mjs';
import { fromList, pdfItem, redirectTo, stage } from './support.mjs';

const { sandbox, act, sent, contract } = await stage();

// Nothing of this may come back out, whatever happens to the call.
const name = '欧阳测试人';
const phone = '13912345678';
const idNumber = '110101199001011234';
const email = 'ouyang.test@example.com';
const company = '绝密测试有限公司';
const personal = [name, phone, idNumber, email];
const keyLine = sandbox.developerPrivateKey.split('\n')[5];
const credential = { secret: sandbox.developerPrivateKey };

/** Every text that can be reached from a value, also through properties that JSON leaves out. */
const textsIn = (value: unknown, skip: string[] = [], seen = new Set<unknown>()): string[] => {
	if (typeof value === 'string') return [value];
	if (typeof value === 'function') return [];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	if (ArrayBuffer.isView(value))
		return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')];
	return Reflect.ownKeys(value)
		.filter((key) => !skip.includes(String(key)))
		.flatMap((key) => [
			String(key),
			...textsIn((value as Record<PropertyKey, unknown>)[key], skip, seen),
		]);
};

const leaked = (texts: string[], secrets: string[]) =>
	secrets.filter((secret) =>
		texts.some((text) => text.includes(secret) || text.includes(encodeURIComponent(secret))),
	);

const expectNothingLeaked = ({ run, error, items }: NodeRun, token = sandbox.token) => {
	// What n8n stores of the whole run: neither the token nor a line of the key.
	const stored = textsIn(run);
	expect(stored.length).toBeGreaterThan(20);
	expect(leaked(stored, [token, keyLine])).toEqual([]);
	expect(JSON.stringify(run.data)).not.toContain(token);
	// What people see: no personal data either. The node's own parameters are the user's workflow.
	const faults = [error, ...items.map((item) => item.error)].filter(Boolean) as NodeApiError[];
	const failed = items.map(({ json }) => json).filter(({ error: text }) => text !== undefined);
	expect(faults.length + failed.length).toBeGreaterThan(0);
	const shown = [...textsIn(faults, ['node']), ...textsIn(failed)];
	expect(leaked(shown, personal)).toEqual([]);
};

const signer: IDataObject = { signerName: name, signerContact: phone };
const operations: Array<[string, string, IDataObject]> = [
	[
		'account',
		'registerCompany',
		{
			accountName: name,
			accountContact: phone,
			companyName: company,
			options: { legalPerson: name, identity: idNumber },
		},
	],
	[
		'account',
		'registerPerson',
		{
			accountName: name,
			accountContact: email,
			options: { identity: idNumber, mobile: phone },
		},
	],
	['api', 'request', { method: 'GET', path: '/signRes', query: { contact: phone, name } }],
	['api', 'request', { method: 'POST', path: '/contract/recall', body: { contact: phone, name } }],
	['businessLine', 'getAll', { contact: phone }],
	[
		'contract',
		'create',
		{
			operatorName: name,
			operatorContact: phone,
			signReId: fromList('1'),
			signers: { signer: [{ name, contact: email }] },
			options: { enterpriseName: company },
		},
	],
	[
		'contract',
		'sendFiles',
		{
			operatorName: name,
			operatorContact: phone,
			signReId: fromList('1'),
			signers: { signer: [{ name, contact: email, details: { company } }] },
		},
	],
	['contract', 'addSigners', { contractId: '1', signers: { signer: [{ name, contact: phone }] } }],
	['contract', 'approve', { contractId: '1', ...signer }],
	['contract', 'signOnBehalf', { contractId: '1', ...signer, signatureSubjectType: 'PERSON' }],
	['contract', 'getPageLink', { contractId: '1', contact: phone, options: { partyName: company } }],
	['contract', 'download', { contractId: '1', contact: email }],
	['document', 'upload', { options: { fileName: 'a.pdf' } }],
	[
		'verification',
		'getCompanyLink',
		{
			accountName: phone,
			corpIdentInfo: { companyName: company, legalRepName: name },
			oprIdentInfo: { name, idCard: idNumber, mobile: phone },
		},
	],
];

/**
 * What a platform, or something before it, may say back: all it was told, and more. Names it was not
 * told cannot be known for names; numbers and addresses can.
 */
const echoOf = (parameters: IDataObject) =>
	[
		`token=${sandbox.token}`,
		JSON.stringify(parameters).includes(name) ? `用户${name}不存在` : '',
		`(${phone}, ${email}, ${idNumber})，+86 ${phone}`,
		`http://127.0.0.1/x?appAuthToken=${sandbox.token}&contact=${phone}`,
	].join(' ');

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html' };
const faults: Array<[string, (echo: string) => Fault]> = [
	[
		'a refusal that repeats everything',
		(message) => ({ status: 200, body: JSON.stringify({ code: 31000, message }) }),
	],
	[
		'a generic answer that repeats everything',
		(message) => ({
			status: 500,
			body: JSON.stringify({ success: false, message }),
			headers: json,
		}),
	],
	[
		'a web page that repeats everything',
		(echo) => ({ status: 500, body: `<html>${echo}</html>`, headers: html }),
	],
	['a text that repeats everything', (body) => ({ status: 200, body })],
	['a 401', (message) => ({ status: 401, body: JSON.stringify({ code: 41000, message }) })],
	['a redirect', () => redirectTo(`http://127.0.0.1:9/?appAuthToken=${sandbox.token}`)],
	['a lost connection', () => 'dropAfter'],
];

const open = { status: 'SIGNING', todoTaskList: [{ taskId: '1', taskType: 'SIGN' }] };
const completed = { status: 'COMPLETE', todoTaskList: [] };
const BEFORE: Record<string, { path: string; result: IDataObject }> = {
	addSigners: { path: '/contract/tasks', result: open },
	download: { path: '/contract/tasks', result: completed },
	sendFiles: { path: '/document/file', result: { docId: '1' } },
};

/** Lets the call pass that some operations begin with: a question about the contract, or an upload. */
const passBefore = (operation: string): void => {
	const before = BEFORE[operation];
	if (!before) return;
	const body = JSON.stringify({ code: 10000, message: '成功', result: before.result });
	sandbox.failNext(before.path, { status: 200, body });
};

describe.each(faults)('%s', (_what, fault) => {
	it.each(operations)('gives nothing away in %s.%s', async (resource, operation, parameters) => {
		passBefore(operation);
		sandbox.failNext('*', fault(echoOf(parameters)), 9);
		const more = { credential, input: [await pdfItem()] };
		const options = { ...(parameters.options as IDataObject), retries: 0 };
		const once = await act(resource, operation, { ...parameters, options }, more);
		expect(sent().length).toBeGreaterThan(BEFORE[operation] ? 1 : 0);
		expectNothingLeaked(once);
	});
});

describe('nothing is given away', () => {
	it('by items that are passed on under Continue on Fail', async () => {
		sandbox.failNext('*', faults[0][1](echoOf(signer)), 9);
		const input = [{ json: {} }, { json: {} }];
		const result = await act(
			'contract',
			'approve',
			{ contractId: '1', ...signer },
			{ credential, input, continueOnFail: true },
		);
		expect(result.items).toHaveLength(2);
		expectNothingLeaked(result);
	});

	it('when no connection comes about, nor when it takes too long', async () => {
		const unreachable = { ...credential, baseUrl: 'http://127.0.0.1:9/openAPI' };
		const options = { retries: 0, timeout: 1 };
		expectNothingLeaked(
			await act('businessLine', 'getAll', { contact: phone, options }, { credential: unreachable }),
		);
		sandbox.failNext('*', { delayMs: 1300 });
		expectNothingLeaked(
			await act('businessLine', 'getAll', { contact: phone, options }, { credential }),
		);
	});

	it('of a key or token that is malformed', async () => {
		const half = { secret: sandbox.developerPrivateKey.slice(0, 500) };
		expectNothingLeaked(
			await act('businessLine', 'getAll', { contact: phone }, { credential: half }),
		);
		const odd = { appAuthToken: 'Odd\r\nToken: 1' };
		expectNothingLeaked(
			await act('businessLine', 'getAll', { contact: phone }, { credential: odd }),
			'Odd\r\nToken',
		);
	});

	it('of the sender in the credential', async () => {
		const sender = { ...credential, senderName: name, senderContact: phone };
		const draft = {
			signReId: fromList('1'),
			options: { send: '0', retries: 0 },
		};
		sandbox.failNext('*', faults[0][1](`用户${name}(${phone})不存在`));
		const refused = await act('contract', 'create', draft, { credential: sender });
		expect(refused.error?.message).toContain('[hidden]');
		expectNothingLeaked(refused);
		expect(leaked(textsIn(refused.run), [name, phone])).toEqual([]);
		const wrong = { ...sender, senderContact: `${phone}0` };
		expectNothingLeaked(await act('contract', 'create', draft, { credential: wrong }));
	});

	it('by values that are refused before anything is sent', async () => {
		const withoutPhone = {
			operatorName: name,
			operatorContact: `={{ "${phone}0" }}`,
			signReId: fromList('1'),
		};
		expectNothingLeaked(await act('contract', 'create', withoutPhone, { credential }));
		const json = { signersInput: 'json', signersJson: `[{ "name": ${name} }]`, contractId: '1' };
		expectNothingLeaked(await act('contract', 'addSigners', json, { credential }));
	});

	it('by the question about a contract that comes first', async () => {
		// It tells the platform nothing but the contract: of what comes back, names cannot be known for names.
		const parameters = { contractId: '1', signers: { signer: [{ name: '李四', contact: phone }] } };
		sandbox.failNext('/contract/tasks', faults[0][1](echoOf(parameters)));
		expectNothingLeaked(await act('contract', 'addSigners', parameters, { credential }));
		expect(sent('/contract/signer/add')).toEqual([]);
	});

	it('by a download that breaks off', async () => {
		const contractId = await contract();
		sandbox.control.signAll(contractId);
		sandbox.switches.downloadBytes = 100_000;
		sandbox.failNext('/contract/document/download', 'cutBody', 9);
		const { contact } = sandbox.operator;
		const run = await act('contract', 'download', { contractId, contact }, { credential });
		expectNothingLeaked(run);
		expect(leaked(textsIn(run.error, ['node']), [contact])).toEqual([]);
		expect(sent('/contract/document/download')).not.toEqual([]);
	});
});
