import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { PDFDocument } from 'pdf-lib';
import { beforeEach, describe, expect, it } from 'vitest';
import { clientOf } from '../../sandbox/kaifangqian/testing.mjs';
import { deterministicBytes } from '../../sandbox/shared/bytes.mjs';
import { binaryBytes } from '../engine.mjs';
import { pdf, queryOf, stage } from './support.mjs';

const { sandbox, act, sent, contract: start } = await stage();
const { control } = sandbox;
const { contact } = sandbox.operator;
const path = '/contract/document/download';
const LOOK = '/contract/tasks';

let contractId: string;

/** A running contract of files of these names; the platform adds .pdf to each. */
const contract = async (...names: string[]): Promise<string> => {
	const docIds: string[] = [];
	for (const name of names) docIds.push(await clientOf(sandbox).upload(pdf, name));
	return await start({ signDocumentList: docIds.join() });
};

beforeEach(async () => {
	contractId = await contract('服务合同');
	control.signAll(contractId);
	sandbox.requests.length = 0;
});

const download = async (parameters: IDataObject = {}) =>
	await act('contract', 'download', { contractId, contact, ...parameters });

describe('contract.download', () => {
	it('puts the PDF into binary data, under the name that the platform gives', async () => {
		const { items, error } = await download({
			options: { operatorAccount: 'your-account-001' },
		});
		expect(error).toBeUndefined();
		const operatorAccount = 'your-account-001';
		expect(sent()).toHaveLength(2);
		// The file comes in any state, so the platform is asked for it first.
		expect(queryOf(sent(LOOK)[0])).toEqual({ contractId, operatorAccount });
		expect(queryOf(sent(path)[0])).toEqual({ contact, contractId, operatorAccount });
		expect(items).toHaveLength(1);
		const [item] = items;
		expect(item.json).toEqual({
			contractId,
			status: 'COMPLETE',
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
		const two = await contract('服务合同', '附录');
		control.signAll(two);
		const { items } = await download({ contractId: two, outputBinaryPropertyName: 'signed' });
		expect(items[0].json).toMatchObject({
			fileName: expect.stringMatching(/^服务合同\d+\.zip$/),
			mimeType: 'application/zip',
		});
		const files = unzipSync(await binaryBytes(items[0], 'signed'));
		expect(Object.keys(files).sort()).toEqual(['服务合同.pdf', '附录.pdf']);
	});

	it('says that files of one name can never be packed', async () => {
		const two = await contract('服务合同', '服务合同');
		control.signAll(two);
		const { items, error } = await download({ contractId: two });
		expect(items).toEqual([]);
		expect(error?.message).toBe('duplicate entry: 服务合同.pdf');
		expect(error?.description).toContain('Two files of this contract have the same name');
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
			(await download({ options: { fileName } })).items[0].json.fileName;
		expect(await named('2030/合同.pdf')).toBe('2030_合同.pdf');
		expect(await named('合同.zip')).toBe('合同.zip.pdf');
		expect(await named('合同')).toBe('合同.pdf');
	});
});

describe('a contract that is not completed', () => {
	const refusedAt = async (id: string) => {
		const { items, error } = await download({ contractId: id });
		expect(items).toEqual([]);
		expect(error?.description).toContain('Nothing was downloaded.');
		expect(error?.description).toContain("'Even If Not Completed'");
		expect(sent(path)).toEqual([]);
		return error?.message;
	};

	it('is refused with its status while it is running, after a second look', async () => {
		const running = await contract('服务合同');
		sandbox.forgetRequests();
		expect(await refusedAt(running)).toBe(
			'The contract is SIGNING, not completed, so its file is not signed by everybody',
		);
		expect(sent(LOOK)).toHaveLength(2);
		expect(sent(LOOK)[1].at - sent(LOOK)[0].at).toBeGreaterThan(900);
	});

	it('is refused at once where it has ended otherwise', async () => {
		const recalled = await contract('服务合同');
		control.recall(recalled);
		sandbox.forgetRequests();
		expect(await refusedAt(recalled)).toMatch(/^The contract is RECALLED, not completed/);
		expect(sent(LOOK)).toHaveLength(1);
	});

	it('is downloaded where it is completed a moment later', async () => {
		const running = await contract('服务合同');
		sandbox.forgetRequests();
		const downloading = download({ contractId: running });
		while (sent(LOOK)[0]?.statusCode !== 200) await new Promise((go) => setTimeout(go, 5));
		control.signAll(running);
		const { items, error } = await downloading;
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ contractId: running, status: 'COMPLETE' });
		expect(sent().map((request) => request.path)).toEqual([LOOK, LOOK, path]);
	});

	it.each(['SIGNING', 'RECALLED'])('is downloaded as it is on demand: %s', async (status) => {
		const unsigned = await contract('服务合同');
		if (status === 'RECALLED') control.recall(unsigned);
		const { items, error } = await download({
			contractId: unsigned,
			options: { evenIfNotCompleted: true },
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({
			contractId: unsigned,
			status,
			fileName: '服务合同.pdf',
			mimeType: 'application/pdf',
		});
		expect((await binaryBytes(items[0])).subarray(0, 5).toString()).toBe('%PDF-');
	});

	it('has no file where it was deleted', async () => {
		control.remove(contractId);
		const { items, error } = await download({ options: { evenIfNotCompleted: true } });
		expect(items).toEqual([]);
		expect(error?.message).toBe('The contract is DELETED, so it has no file any more');
		expect(error?.description).toContain('Nothing was downloaded');
	});
});

it('a completed contract is one in either spelling', async () => {
	sandbox.switches.statusSpelling = 'public';
	const { items, error } = await download();
	expect(error).toBeUndefined();
	expect(items[0].json.status).toBe('COMPLETE');
	expect(sent(LOOK)).toHaveLength(1);
});

describe('the file name of a download', () => {
	it('is decoded', async () => {
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
