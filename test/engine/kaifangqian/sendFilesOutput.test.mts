/** What *Send Files* gives: one item per contract or per signer, also for a contract of a former run. */
import { describe, expect, it } from 'vitest';
import { itemWith, row, rows, sending, three } from './sendFiles.support.mjs';
import { bodyOf, lisi, pdf, pdfItem, stage, wangwu } from './support.mjs';

const setting = await stage();
const { sandbox, sent, upload } = setting;
const send = sending(setting);

const uploads = () => sent('/document/file');

describe('one item per signer', () => {
	const options = { output: 'signer', signOrderType: 'NO_ORDER' };
	const both = rows(row(), row(wangwu));

	it('has the link and the contact of each, in the order of the rows', async () => {
		const { items, error } = await send([await pdfItem()], { signers: both, options });
		expect(error).toBeUndefined();
		const [{ contractId }] = sandbox.control.contracts();
		const common = {
			contractId,
			started: true,
			status: 'SIGNING',
			statusName: 'Being Signed (签署中)',
			taskId: expect.any(String),
			taskType: 'SIGN',
			action: 'Sign (签署)',
			signingLink: expect.stringContaining(`signRuId=${contractId}`),
			documents: [{ docId: expect.any(String), fileName: '服务合同' }],
			attachments: [],
		};
		expect(items).toEqual([
			{
				json: { ...common, signerName: lisi.name, signerContact: lisi.contact },
				pairedItem: { item: 0 },
			},
			{
				json: { ...common, signerName: wangwu.name, signerContact: wangwu.contact },
				pairedItem: { item: 0 },
			},
		]);
		expect(new Set(items.map(({ json }) => json.signingLink)).size).toBe(2);
	});

	it('keeps to the items, where each starts a contract', async () => {
		const input = [await pdfItem(), await pdfItem()];
		const { items } = await send(input, { signers: both, options });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1].map((item) => ({ item })),
		);
		expect(new Set(items.map(({ json }) => json.contractId)).size).toBe(2);
	});

	it('names all items where they make one contract', async () => {
		const { items } = await send([await pdfItem(), await pdfItem()], {
			signers: both,
			options: { ...options, contracts: 'allItems' },
		});
		const from = [{ item: 0 }, { item: 1 }];
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([from, from]);
	});

	it('is one item where nobody is asked: the contract is not lost', async () => {
		const { items, error } = await send([await pdfItem()], { options: { ...options, send: '0' } });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({ status: 'DRAFT', contractId: expect.any(String) });
		expect(items[0].json).not.toHaveProperty('tasks');
	});

	it('carries what there is to say about the contract', async () => {
		sandbox.failNext('/contract/taskUrl', { status: 200, body: '{"code":31000,"message":"稍后"}' });
		const { items } = await send([await pdfItem()], { signers: both, options });
		expect(items.map(({ json }) => 'signingLink' in json)).toEqual([false, true]);
		for (const { json } of items) expect(json.note).toContain("'Get Task Link'");
	});

	it('comes for a contract that was started before, too', async () => {
		const { items: before } = await send([await pdfItem()], { signers: both, options });
		const { contractId } = before[0].json;
		const { items } = await send([{ json: {} }], { options: { ...options, contractId } });
		const links = (from: typeof items) => from.map(({ json }) => json.signingLink).sort();
		expect(links(items)).toEqual(links(before));
		for (const { json } of items) expect(json).toMatchObject({ contractId, started: false });
	});
});

describe('what a former run gave', () => {
	it('is not uploaded again: the IDs stand for the first files', async () => {
		const ids = [await upload(), await upload()];
		sandbox.requests.length = 0;
		const { items, error } = await send([await three()], {
			binaryPropertyNames: 'a,b,c',
			options: { signDocumentList: ids.join(', ') },
		});
		expect(error).toBeUndefined();
		expect(uploads()).toHaveLength(1);
		expect(items[0].json.documents).toEqual([
			{ docId: ids[0] },
			{ docId: ids[1] },
			{ docId: expect.any(String), fileName: 'c' },
		]);
	});

	it('may be all there is, without any binary field', async () => {
		const { items, error } = await send([{ json: {} }], {
			options: { signDocumentList: [await upload()] },
		});
		expect(error).toBeUndefined();
		expect(items[0].json.status).toBe('SIGNING');
	});

	it('starts nothing when the contract is there already, but gives status and links', async () => {
		const { items: before } = await send([await pdfItem()]);
		const { contractId } = before[0].json;
		sandbox.requests.length = 0;
		const { items, error } = await send([{ json: {} }], { options: { contractId } });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			contractId,
			started: false,
			status: 'SIGNING',
			tasks: [
				{ signerName: '李四', signingLink: expect.stringContaining(`signRuId=${contractId}`) },
			],
		});
		expect(sent().map(({ path }) => path)).toEqual(['/contract/tasks', '/contract/taskUrl']);
	});

	it('is no contract where the platform knows none of that ID', async () => {
		const { items, error } = await send([await pdfItem()], { options: { contractId: '1.9E+18' } });
		expect(items).toEqual([]);
		expect(error?.message).toContain('数据不存在');
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(sent().map(({ path }) => path)).toEqual(['/contract/tasks']);
	});

	it('keeps its names: a file of the same name as an uploaded one gets a number', async () => {
		const input = [await itemWith({ a: [pdf, '合同.pdf'], b: [pdf, '合同.pdf'] })];
		const parameters = { binaryPropertyNames: 'a,b' };
		sandbox.failNext('/document/file', { delayMs: 0 });
		sandbox.failNext('/document/file', { status: 200, body: '{"code":31000,"message":"稍后"}' });
		const { error } = await send(input, parameters);
		const { docIds } = error!.context.leftBehind as { docIds: string[] };
		const again = await send(input, { ...parameters, options: { signDocumentList: docIds } });
		expect(again.error).toBeUndefined();
		expect(uploads().map((request) => bodyOf(request).fileName)).toEqual([
			'合同',
			'合同 (2)',
			'合同 (2)',
		]);
	});
});
