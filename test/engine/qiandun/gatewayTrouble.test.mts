/** What a gateway or the platform says with 5xx is no refusal: the platform may have done its work. */
import { expect, it } from 'vitest';
import { stage } from './support.mjs';

const { sandbox, act, sent } = await stage();
const { files, company, secondPerson } = sandbox.seeds;
const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const start = {
	path: sandbox.paths.start,
	initiatorAccountId: company.accountId,
	docs: { entry: [{ fileCode: files.onePage }] },
	signersInput: 'json',
	signersJson: JSON.stringify([{ accountId: secondPerson.accountId }]),
};

it.each([
	[504, { 'x-ca-error-message': 'Backend service request timed out' }, ''],
	[500, { 'x-ca-error-message': 'Gateway inner error' }, ''],
	[502, {}, '{"code":"502","success":false,"msg":"Bad gateway"}'],
	[500, {}, '{"code":"99999","success":false,"msg":"系统异常"}'],
	[200, { 'x-ca-error-message': 'x' }, ''],
	// 服务繁忙 and its like come before or after the work, and a success that is none says neither.
	[200, {}, '{"result":null,"code":"500","msg":"服务繁忙,请重试."}'],
	[200, {}, '{"code":500,"msg":"服务繁忙"}'],
	[200, {}, '{"code":"504","msg":"timeout"}'],
	[200, {}, '{"code":"200","success":false,"msg":"成功"}'],
])('HTTP %s %j %s: unknown, and sent once', async (status, headers, body) => {
	sandbox.failNext(sandbox.paths.start, { status, headers, body });
	const plain = await act('contract', 'start', start);
	expect(plain.error?.context.outcomeUnknown).toBe(true);
	expect(plain.error?.description).toMatch(/^The call was not repeated/);
	expect(plain.error?.description).not.toContain('run the item again;');
	expect(plain.error?.description).not.toContain('did not let the call through');

	sandbox.requests.length = 0;
	sandbox.failNext(sandbox.paths.start, { status, headers, body });
	const retried = await act('contract', 'start', start, { node });
	expect(retried.error?.context.outcomeUnknown).toBe(true);
	expect(sent(sandbox.paths.start)).toHaveLength(1);
});

it('names the code of the gateway beside its message', async () => {
	const headers = { 'x-ca-error-code': 'A403IS', 'x-ca-error-message': 'Invalid Signature' };
	for (const status of [400, 403, 404]) {
		sandbox.failNext(sandbox.paths.start, { status, headers, body: '' });
		const { error } = await act('contract', 'start', start);
		expect(error?.message).toBe('Invalid Signature');
		expect(error?.description).toContain('Code of its gateway: A403IS.');
		expect(error?.description).toContain('did not let the call through');
		expect(error?.context.outcomeUnknown).toBeUndefined();
	}
	sandbox.failNext(sandbox.paths.start, {
		status: 404,
		headers: { 'x-ca-error-code': 'A404' },
		body: '',
	});
	const { error } = await act('contract', 'start', start);
	expect(error?.description).toContain('Code of its gateway: A404.');
});
