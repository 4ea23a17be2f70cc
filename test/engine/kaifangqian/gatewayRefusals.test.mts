/** A gateway's 5xx in the platform's own form says nothing about whether the call was carried out. */
import { expect, it } from 'vitest';
import { stage } from './support.mjs';

const { sandbox, act, sent, contract } = await stage();
const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

it.each([
	[504, '{"code":10504,"message":"gateway timeout"}'],
	[502, '{"code":-1,"message":"upstream timed out"}'],
	[500, '{"code":null,"message":"系统异常"}'],
	[502, '{"success":true,"code":401,"message":"应用Token失效，请重新授权!"}'],
	[504, '<html>request 1700000000-999999 timed out</html>'],
	[504, '{"message":"request 999999 timed out"}'],
	[200, '<html>trace 999999</html>'],
	[200, '{"success":false,"message":"操作失败，row 999999 of 8","code":500}'],
])('HTTP %s %s: unknown, and sent once', async (status, body) => {
	const contractId = await contract();
	sandbox.failNext('/contract/recall', { status, body });
	const plain = await act('contract', 'recall', { contractId });
	expect(plain.error?.context.outcomeUnknown).toBe(true);
	expect(plain.error?.description).not.toContain('Nothing was');

	sandbox.requests.length = 0;
	sandbox.failNext('/contract/recall', { status, body });
	const retried = await act('contract', 'recall', { contractId }, { node });
	expect(retried.error?.context.outcomeUnknown).toBe(true);
	expect(sent('/contract/recall')).toHaveLength(1);
});
