/** Refusals that do not look like one, and addresses that are not the platform's own. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Act } from '../kaifangqian.mjs';
import { actingOn, startQiandun, type QiandunSandbox } from '../qiandun.mjs';

let sandbox: QiandunSandbox;
let act: Act;
beforeAll(async () => {
	sandbox = await startQiandun();
	act = actingOn(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

it.each([undefined, 'application/octet-stream'])(
	'a refusal with the content type %s is a refusal, not a file',
	async (type) => {
		const body = '{"result":null,"code":"oc_40006","msg":"合同不存在或状态异常","success":false}';
		const headers = type ? { 'content-type': type } : undefined;
		sandbox.failNext('/open/contract/signer', { status: 200, body, headers });
		const { items, error } = await act('api', 'request', {
			endpoint: '31',
			query: '{"contractId":"1"}',
		});
		expect(items.flatMap(({ binary }) => Object.keys(binary ?? {}))).toEqual([]);
		expect(error?.message).toContain('合同不存在或状态异常');
		expect(error?.httpCode).toBe('oc_40006');
	},
);

it("says so when the base URL is still Kaifangqian's, and sends nothing", async () => {
	const baseUrl = 'https://home.kaifangqian.com/resrun-paas/kaifangqian/openAPI/V2';
	const { error } = await act(
		'user',
		'getPerson',
		{ accountId: '1120' },
		{ credential: { baseUrl } },
	);
	expect(error?.message).toBe("'Base URL' in the credential is the address of Kaifangqian");
	expect(error?.description).toContain('Nothing was sent');
});
