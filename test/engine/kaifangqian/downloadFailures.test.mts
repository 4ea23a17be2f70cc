/** Downloads that give no file, or only when they are asked for again. */
import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { binaryBytes } from '../engine.mjs';
import { stage } from './support.mjs';

const { sandbox, act, sent, contract } = await stage();
const { contact } = sandbox.operator;
const path = '/contract/document/download';

let contractId: string;

beforeEach(async () => {
	contractId = await contract();
	sandbox.control.signAll(contractId);
	sandbox.requests.length = 0;
});

const download = async (parameters: IDataObject = {}) =>
	await act('contract', 'download', { contractId, contact, ...parameters });

describe('a download that gives no file', () => {
	const refused = async (parameters: IDataObject = {}) => {
		const { items, error } = await download(parameters);
		expect(items).toEqual([]);
		expect(error?.name).toBe('NodeApiError');
		expect(error?.context.itemIndex).toBe(0);
		return {
			message: error!.message,
			description: error!.description as string,
			code: error!.httpCode,
		};
	};

	it('because it is refused with JSON says why', async () => {
		const { message, description, code } = await refused({ contact: sandbox.visitor.contact });
		expect(message).toBe(
			'业务处理失败,operator不是合同参与人或业务线中指定的签约文件下载人，无下载权限',
		);
		expect(description).toMatch(
			/^Enter the contact of whoever started the contract.* code 31000\.$/,
		);
		expect(code).toBe('31000');
		const unregistered = await refused({ contact: '13900000000' });
		expect(unregistered.message).toBe('业务处理失败,账号不存在');
		expect(unregistered.description).toContain('has no account');
	});

	it.each([100, 100_000, 5_000_000])(
		'because it is cut off in the middle of %i bytes',
		async (size) => {
			sandbox.switches.downloadBytes = size;
			sandbox.failNext(path, 'cutBody', 9);
			const { message, description } = await refused();
			expect(message).toBe('The download broke off before the file was complete');
			expect(description).toBe('No file was kept. Run the item again.');
		},
	);

	it('keeps the others going under Continue on Fail', async () => {
		sandbox.switches.downloadBytes = 100_000;
		sandbox.failNext(path, 'cutBody');
		const { items, error } = await act(
			'contract',
			'download',
			{ contractId, contact, options: { itemsInParallel: 1 } },
			{ input: [{ json: {} }, { json: {} }], continueOnFail: true },
		);
		expect(error).toBeUndefined();
		expect(items[0].binary).toBeUndefined();
		expect(items[0].json.error).toMatchObject({
			message: 'The download broke off before the file was complete [Item 0]',
		});
		expect(await binaryBytes(items[1])).toHaveLength(100_000);
	});

	it.each(['html200', 'hugeHtml'] as const)('because of a web page (%s)', async (fault) => {
		sandbox.failNext(path, fault);
		const { message, description } = await refused();
		expect(message).toBe("The answer did not come from Kaifangqian's API (a web page, HTTP 200)");
		expect(description).toContain("'Base URL'");
		expect(message.length + description.length).toBeLessThan(1000);
	});

	it('because of a web page that is called a file', async () => {
		const headers = { 'content-type': 'application/octet-stream' };
		sandbox.failNext(path, { status: 200, body: '<html>login</html>', headers });
		expect((await refused()).message).toContain("did not come from Kaifangqian's API");
	});

	it('because the answer is empty', async () => {
		const headers = { 'content-type': 'application/octet-stream' };
		sandbox.failNext(path, { status: 200, body: '', headers });
		expect((await refused()).message).toBe(
			"The answer did not come from Kaifangqian's API (empty, HTTP 200)",
		);
	});

	it('because of the generic answer', async () => {
		sandbox.failNext(path, 'form2');
		expect((await refused()).message).toContain('操作失败');
	});

	it('because the contract is unknown', async () => {
		expect((await refused({ contractId: '404' })).message).toBe(
			'业务处理失败,contractId：404数据不存在',
		);
		expect(sent(path)).toEqual([]);
	});

	it('because the login filter answers, whose words speak of the token', async () => {
		sandbox.failNext(path, 'form3');
		const { message, code } = await refused();
		expect([message, code]).toEqual(['There is no such call at this address', '401']);
		// It is not taken for a call that came too often.
		expect(sent(path)).toHaveLength(1);
	});
});

describe('a download that is not answered at first', () => {
	it.each(['throttled1', 'dropBefore'] as const)('is asked for again after %s', async (fault) => {
		sandbox.failNext(path, fault);
		const { items, error } = await download();
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(sent(path)).toHaveLength(2);
	});
});
