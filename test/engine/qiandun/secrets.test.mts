import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/qiandun/index.mjs';
import { memoryFileItem } from '../engine.mjs';
import type { NodeRun } from '../node.mjs';
import { allOf, echoRequest, stage } from './support.mjs';

const appSecret = 'MARKED-app-secret-not-a-real-one';
const appKey = 'MARKED-app-key';
const { sandbox, act } = await stage({ appSecret, appKey });

const marked = {
	name: '欧阳测试某',
	id: '11010119900101999X',
	phone: '13912345678',
	card: '6222021234567890123',
};

/** An answer that repeats everything, in its message and in the gateway's words. */
const echoing = (more: Record<string, unknown> = {}): Fault => ({
	status: 200,
	body: {
		code: 'oc_10001',
		msg: `${marked.name} ${marked.id} ${marked.phone} ${marked.card} ${appSecret} ${appKey}`,
		logKey: 'f158ccc7',
		result: null,
		...more,
	},
	headers: {
		'x-ca-error-message': `Invalid Signature, Server StringToSign: X-Ca-Key:${appKey} psnIDCardNum=${marked.id}&psnMobile=${marked.phone} ${marked.card} ${appSecret}`,
	},
});

const gateOnly: Fault = { ...(echoing() as object), status: 403, body: '' } as Fault;

const calls: Array<[string, string, string, IDataObject]> = [
	[
		'/open/psnCert/3element',
		'identity',
		'verifyPerson',
		{
			psnName: marked.name,
			psnIDCardNum: marked.id,
			psnMobile: marked.phone,
		},
	],
	[
		'/open/corpCert/4element',
		'identity',
		'verifyCompany',
		{
			corpName: marked.name,
			corpIDCardType: 'x',
			corpIDCardNum: marked.card,
			legalRepName: marked.name,
			legalRepIDCardNum: marked.id,
		},
	],
	[
		'/open/psnCert/getUrl',
		'identity',
		'getPersonLink',
		{
			clientType: 'h5',
			psnAuthConfig: {
				psnName: marked.name,
				psnIDCardNum: marked.id,
				psnMobile: marked.phone,
				psnBankCardNo: marked.card,
			},
		},
	],
	['/open/psnGet', 'user', 'getPerson', { psnIDCardNum: marked.id }],
	[
		'/sandbox-only/echo',
		'api',
		'request',
		echoRequest({
			method: 'POST',
			query: { informPhone: marked.phone } as IDataObject,
			body: {
				receiverName: marked.name,
				nested: [{ idCardNum: marked.id, bankCardNo: marked.card }],
			} as IDataObject,
		}),
	],
];

/** Everything of the run except the parameters, which the user has typed in and n8n keeps. */
const shown = (error: NodeRun['error']): string => {
	const { message, description, context, stack, messages } = error as unknown as Record<
		string,
		unknown
	>;
	const { cause } = error as { cause?: unknown };
	return allOf({ message, description, context, stack, messages, cause } as never);
};

describe.each(calls)('a refusal of %s', (path, resource, operation, parameters) => {
	const values = Object.values(marked).filter((value) =>
		JSON.stringify(parameters).includes(value),
	);

	it.each([
		['in an envelope', echoing()],
		['by the gate', gateOnly],
		['with success: false and code 200', echoing({ code: '200', success: false })],
		['with the code itself', echoing({ code: `${appSecret} ${marked.id}` })],
	])('%s repeats nothing personal and no secret', async (_how, fault) => {
		sandbox.failNext(path, fault);
		const { error, run } = await act(resource, operation, {
			...parameters,
			options: { retries: 0 },
		});
		expect(error).toBeDefined();
		expect(values.length).toBeGreaterThan(0);
		for (const value of [...values, marked.id, marked.phone, appSecret, appKey]) {
			expect(shown(error)).not.toContain(value);
		}
		expect(JSON.stringify(run)).not.toContain(appSecret);
		expect(allOf(error)).not.toContain(appSecret);
		// The marks were there to be hidden.
		expect(`${error?.message} ${error?.description}`).toMatch(/\[hidden\]|\[ID number\]/);
	});

	it.each(['dropAfter', 'nonJson'] as const)(
		'or no answer (%s) repeats nothing either',
		async (fault) => {
			sandbox.failNext(path, fault);
			const { error, run } = await act(resource, operation, {
				...parameters,
				options: { retries: 0 },
			});
			expect(error).toBeDefined();
			for (const value of [...values, appSecret, appKey]) expect(shown(error)).not.toContain(value);
			expect(JSON.stringify(run)).not.toContain(appSecret);
		},
	);
});

describe('a refusal of a form with a file', () => {
	it('repeats none of its fields', async () => {
		sandbox.failNext('/sandbox-only/echo', echoing());
		const { error } = await act(
			'api',
			'request',
			echoRequest({
				method: 'POST',
				sendFile: 'multipart',
				fileField: 'file',
				body: JSON.stringify({ psnName: marked.name, psnBankCardNo: marked.card }),
			}),
			{ input: [memoryFileItem(Buffer.from('%PDF'), 'a.pdf', 'application/pdf')] },
		);
		expect(error?.httpCode).toBe('oc_10001');
		for (const value of Object.values(marked)) expect(shown(error)).not.toContain(value);
	});
});

describe('a run that goes on after a refusal', () => {
	it('has neither secret nor person in its items', async () => {
		const [path, resource, operation, parameters] = calls[0];
		sandbox.failNext(path, echoing());
		const { items, run } = await act(resource, operation, parameters, { continueOnFail: true });
		for (const value of [...Object.values(marked).slice(0, 3), appSecret, appKey]) {
			expect(JSON.stringify(items.map(({ json }) => json))).not.toContain(value);
		}
		expect(JSON.stringify(run)).not.toContain(appSecret);
	});

	it('has no secret after a success either', async () => {
		const { run, items } = await act('seal', 'get', { sealId: '100000014' });
		expect(items).toHaveLength(1);
		expect(JSON.stringify(run)).not.toContain(appSecret);
	});
});
