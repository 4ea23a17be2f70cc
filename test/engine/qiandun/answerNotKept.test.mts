/** What was done and whose answer was too long to be kept, or a file, keeps n8n's retries from no other item. */
import { expect, it } from 'vitest';
import { echoRequest, stage } from './support.mjs';

const { sandbox, act } = await stage();
const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const refused = { status: 200, body: { code: 'oc_10011', msg: '用户未认证' } };

it.each([
	['a long text', JSON.stringify({ row: 1, long: 'x'.repeat(15_000) }), { delayMs: 0 }],
	[
		'a file',
		'{}',
		{ status: 200, body: '%PDF-1.4', headers: { 'content-type': 'application/pdf' } },
	],
] as const)('%s', async (_what, body, first) => {
	sandbox.reset();
	sandbox.failNext('*', first);
	sandbox.failNext('*', refused);
	const { items, error } = await act(
		'api',
		'request',
		{ ...echoRequest({ method: 'POST', body }), options: { itemsInParallel: 1 } },
		{ node, input: [{ json: {} }, { json: {} }] },
	);
	expect(error).toBeUndefined();
	expect(sandbox.requests).toHaveLength(3);
	expect(items).toHaveLength(2);
	expect(items[0].json.note).toMatch(/^Nothing was sent now: .* was not kept\.$/);
	expect(items[1].json.note).toBeUndefined();
});
