/** What a gateway says with 5xx is no refusal: the platform behind it may have done its work. */
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
])('HTTP %s %j %s: unknown, and sent once', async (status, headers, body) => {
	sandbox.failNext(sandbox.paths.start, { status, headers, body });
	const plain = await act('contract', 'start', start);
	expect(plain.error?.context.outcomeUnknown).toBe(true);
	expect(plain.error?.description).toMatch(/^The call was not repeated/);
	expect(plain.error?.description).not.toContain('did not let the call through');

	sandbox.requests.length = 0;
	sandbox.failNext(sandbox.paths.start, { status, headers, body });
	const retried = await act('contract', 'start', start, { node });
	expect(retried.error?.context.outcomeUnknown).toBe(true);
	expect(sent(sandbox.paths.start)).toHaveLength(1);
});
