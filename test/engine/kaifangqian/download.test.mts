import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { PDFDocument } from 'pdf-lib';
import { beforeEach, describe, expect, it } from 'vitest';
import { deterministicBytes } from '../../sandbox/shared/bytes.mjs';
import { binaryBytes } from '../engine.mjs';
import { queryOf, stage } from './support.mjs';

const { sandbox, act, sent, upload, contract } = await stage();
const { contact } = sandbox.operator;
const path = '/contract/document/download';

let contractId: string;

beforeEach(async () => {
	contractId = await contract();
	sandbox.requests.length = 0;
});

const download = async (parameters: IDataObject = {}) =>
	await act('contract', 'download', { contractId, contact, ...parameters });

describe('contract.download', () => {
	it('puts the PDF into binary data, under the name that the platform gives', async () => {
		const { items, error } = await download({
			additionalFields: { operatorAccount: 'your-account-001' },
		});
		expect(error).toBeUndefined();
		expect(queryOf(sent()[0])).toEqual({
			contact,
			contractId,
			operatorAccount: 'your-account-001',
		});
		expect(items).toHaveLength(1);
		const [item] = items;
		expect(item.json).toEqual({
			contractId,
			fileName: '服务合同.pdf',
			mimeType: 'application/pdf',
		});
		expect(item.pairedItem).toEqual({ item: 0 });
		expect(item.binary?.data).toMatchObject({
			fileName: '服务合同.pdf',
			mimeType: 'application/pdf',
			fileExtension: 'pdf',
			id: expect.stringMatching(/^filesystem/),
		});
		const bytes = await binaryBytes(item);
		expect((await PDFDocument.load(bytes)).getPageCount()).toBe(2);
	});

	it('tells a ZIP of several documents apart', async () => {
		const two = await contract({ signDocumentList: `${await upload()},${await upload()}` });
		const { items } = await download({ contractId: two, outputBinaryPropertyName: 'signed' });
		expect(items[0].json).toMatchObject({ fileName: '服务合同.zip', mimeType: 'application/zip' });
		const files = unzipSync(await binaryBytes(items[0], 'signed'));
		expect(Object.keys(files)).toHaveLength(2);
	});

	it('delivers a large file unchanged', async () => {
		sandbox.switches.downloadBytes = 20_000_001;
		const { items, error } = await download();
		expect(error).toBeUndefined();
		const expected = createHash('sha256');
		for await (const chunk of deterministicBytes(20_000_001, Buffer.from('PK\x03\x04', 'latin1')))
			expected.update(chunk);
		const found = createHash('sha256').update(await binaryBytes(items[0]));
		expect(found.digest('hex')).toBe(expected.digest('hex'));
	});

	it('may give the file another name, whose suffix still follows the content', async () => {
		const named = async (fileName: string) =>
			(await download({ additionalFields: { fileName } })).items[0].json.fileName;
		expect(await named('2030/合同.pdf')).toBe('2030_合同.pdf');
		expect(await named('合同.zip')).toBe('合同.zip.pdf');
		expect(await named('合同')).toBe('合同.pdf');
	});
});

describe('the file name of a download', () => {
	it.each(['percent', 'form'] as const)('is decoded in the %s form', async (encoding) => {
		sandbox.switches.fileNameEncoding = encoding;
		sandbox.switches.downloadFileName = '服务 合同+附件 100%，终稿.pdf';
		expect((await download()).items[0].json.fileName).toBe('服务 合同+附件 100%，终稿.pdf');
	});

	it.each([
		['../../../etc/passwd.pdf', '_.._.._etc_passwd.pdf'],
		['..\\..\\evil.pdf', '_.._evil.pdf'],
		['C:\\Windows\\system.pdf', 'C__Windows_system.pdf'],
		['a\u0000b\u202Efdp.pdf', 'abfdp.pdf'],
		['con.pdf', '_con.pdf'],
		['合同.exe', '合同.exe.pdf'],
	])('%j is made harmless', async (given, expected) => {
		sandbox.switches.downloadFileName = given;
		const { items } = await download();
		expect(items[0].json.fileName).toBe(expected);
		expect(items[0].binary?.data.fileName).toBe(expected);
	});

	it('is cut to what a disk takes', async () => {
		sandbox.switches.downloadFileName = `${'合'.repeat(500)}.pdf`;
		const name = (await download()).items[0].json.fileName as string;
		expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
		expect(name).toMatch(/^合+\.pdf$/);
	});

	it('is made from the contract when nothing usable is left of it', async () => {
		sandbox.switches.downloadFileName = '....';
		expect((await download()).items[0].json.fileName).toBe(`contract-${contractId}.pdf`);
	});

	it('is made from the contract when the platform sends none', async () => {
		const headers = { 'content-type': 'application/octet-stream' };
		sandbox.failNext(path, { status: 200, body: '%PDF-1.7 …', headers });
		const { items } = await download();
		expect(items[0].json.fileName).toBe(`contract-${contractId}.pdf`);
	});
});

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
		const { message, description, code } = await refused({ contact: '13900000000' });
		expect(message).toBe('业务处理失败,无下载权限');
		expect(description).toContain('code 31000');
		expect(code).toBe('31000');
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
		expect(items[0].json.error).toBe(
			'The download broke off before the file was complete [Item 0]',
		);
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
		expect((await refused({ contractId: '404' })).message).toBe('业务处理失败,合同不存在');
	});
});

describe('a download that is not answered at first', () => {
	it.each(['throttled1', 'throttled2', 'throttled3', 'dropBefore'] as const)(
		'is asked for again after %s',
		async (fault) => {
			sandbox.failNext(path, fault);
			const { items, error } = await download();
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(sent(path)).toHaveLength(2);
		},
	);
});
