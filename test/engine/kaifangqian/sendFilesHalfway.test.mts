/** What stops in the middle: nothing is lost, and no contract is started twice. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { pdf, pdfItem, stage } from './support.mjs';
import { itemWith, rows, row, sending, three, zip } from './sendFiles.support.mjs';

const setting = await stage();
const { sandbox, sent } = setting;
const send = sending(setting);

const contracts = () => sandbox.control.contracts();
const uploads = () => sent('/document/file');
const docIdsIn = (text: unknown) =>
	/docId ([^.;]+)/.exec(String(text))?.[1].split(', ') as string[];
const refused = { status: 200, body: '{"code":31000,"message":"业务处理失败,稍后"}' };
const files = { binaryPropertyNames: 'a,b,c' };

describe('an upload that is refused', () => {
	it('names what is uploaded, and the second run needs only the rest', async () => {
		sandbox.failNext('/document/file', { delayMs: 0 }, 1);
		sandbox.failNext('/document/file', refused, 1);
		const { error } = await send([await three()], files);
		expect(error?.message).toContain('稍后');
		const ids = docIdsIn(error?.description);
		expect(ids).toHaveLength(1);
		expect(error?.description).toContain('No contract was started.');
		expect(error?.description).toContain("'Uploaded Document IDs'");
		expect(error?.context).toMatchObject({ leftBehind: { docIds: ids } });
		expect([uploads().length, contracts().length]).toEqual([2, 0]);

		sandbox.requests.length = 0;
		const again = await send([await three()], {
			...files,
			options: { signDocumentList: ids.join(',') },
		});
		expect(again.error).toBeUndefined();
		expect(uploads()).toHaveLength(2);
		expect(contracts()).toHaveLength(1);
		expect(contracts()[0].documents).toEqual(
			(again.items[0].json.documents as IDataObject[]).map(({ docId }) => docId),
		);
		expect(contracts()[0].documents[0]).toBe(ids[0]);
	});

	it('names documents and attachments when it is an attachment', async () => {
		sandbox.failNext('/annex/file', refused);
		const input = [
			await itemWith({ data: [pdf, 'a.pdf'], price: [zip, 'b.zip', 'application/zip'] }),
		];
		const { error } = await send(input, {
			options: { annexBinaryPropertyNames: 'price' },
		});
		expect(docIdsIn(error?.description)).toHaveLength(1);
		expect(contracts()).toEqual([]);
	});

	it('is not sent again after a lost connection, and nothing is said of a contract', async () => {
		sandbox.failNext('/document/file', 'dropAfter');
		const { error } = await send([await pdfItem()]);
		expect(error?.message).toContain('whether the call was carried out is unknown');
		expect(error?.description).toContain('No contract was started.');
		// What is unknown is only the upload: running the item again starts no second contract.
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect([uploads().length, contracts().length]).toEqual([1, 0]);
	});

	it('that names no ID is refused before a contract is started with half of the files', async () => {
		sandbox.failNext('/document/file', {
			status: 200,
			body: '{"code":10000,"message":"成功","result":{}}',
		});
		const { error } = await send([await pdfItem()]);
		expect(error?.message).toBe('Kaifangqian took a file but named no ID for it');
		expect(contracts()).toEqual([]);
	});

	it('is told in the item with Continue, for a workflow to go on with', async () => {
		sandbox.failNext('/contract/draft', refused);
		const { items } = await send([await three()], files, { continueOnFail: true });
		expect(items).toEqual([
			{
				json: {
					error: {
						message: expect.stringContaining('稍后'),
						code: '31000',
						hint: expect.stringContaining('Already uploaded: docId '),
						leftBehind: {
							docIds: [expect.any(String), expect.any(String), expect.any(String)],
						},
					},
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('is told of every item that left something behind, when the run stops', async () => {
		sandbox.failNext('/contract/draft', refused, 2);
		const { error } = await send([await pdfItem(), await pdfItem()]);
		expect(error?.message).toMatch(/\[Item 0\]$/);
		expect(error?.description).toMatch(/Also: .*\[Item 1\]\. Already there: docId \S+\./);
	});
});

describe('a draft that is refused', () => {
	it('names what is uploaded; the second run uploads nothing and starts one contract', async () => {
		sandbox.failNext('/contract/draft', refused);
		const { error } = await send([await three()], files);
		const ids = docIdsIn(error?.description);
		expect(ids).toHaveLength(3);
		expect(error?.context.outcomeUnknown).toBeUndefined();
		sandbox.requests.length = 0;
		const again = await send([await three()], {
			...files,
			options: { signDocumentList: ids },
		});
		expect(again.error).toBeUndefined();
		expect([uploads().length, contracts().length]).toEqual([0, 1]);
	});

	it.each([
		['the connection broke after it was sent', 'dropAfter', 1],
		['the connection broke before it was read', 'dropBefore', 0],
		['half of the answer came', 'truncatedJson', 1],
		['a web page came', 'html200', 0],
		['the generic refusal came', 'form2', 0],
		['a page of the server came', 'html500', 0],
		['a gateway gave up', { status: 504, body: 'Gateway Timeout' }, 0],
		['the unknown code came', { status: 200, body: '{"code":91000,"message":"未知"}' }, 0],
	] as const)('says that nobody knows when %s, and how to find out', async (_, fault, there) => {
		sandbox.failNext('/contract/draft', fault);
		const { error } = await send([await pdfItem()]);
		expect(error?.description).toContain('Whether a contract was started is not certain.');
		expect(error?.description).toContain("'Started Contract ID'");
		expect(error?.description).not.toContain('No contract was started');
		expect(error?.description).toMatch(
			/Already uploaded: docId \S+\. If there is no contract with them: /,
		);
		expect(error?.context.outcomeUnknown).toBe(true);
		expect(sent('/contract/draft')).toHaveLength(1);
		expect(contracts()).toHaveLength(there);
	});

	it('but is taken without an ID: nobody knows which contract it is', async () => {
		sandbox.failNext('/contract/draft', { status: 200, body: '{"code":10000,"message":"成功"}' });
		const { error } = await send([await pdfItem()]);
		expect(error?.message).toBe('Kaifangqian took the contract but named no ID for it');
		expect(error?.description).toContain(
			'Look in the company console (企业管理后台) whether it is there',
		);
		expect(error?.description).not.toContain('No contract was started');
		expect(error?.description).toMatch(
			/Already uploaded: docId \S+\. If there is no contract with them: /,
		);
		expect(error?.context.outcomeUnknown).toBe(true);
		expect(sent('/contract/draft')).toHaveLength(1);
	});

	it('by the throttle is sent again, and starts one contract', async () => {
		sandbox.failNext('/contract/draft', 'throttled1');
		const { items, error } = await send([await pdfItem()]);
		expect(error).toBeUndefined();
		expect(items[0].json.status).toBe('SIGNING');
		expect(contracts()).toHaveLength(1);
	});
});

it('an expression that cannot be evaluated concerns its own item, not the others', async () => {
	const { items } = await send(
		[await pdfItem({ bad: true }), await pdfItem(), await pdfItem()],
		{ options: { sn: '={{ $json.bad ? $("Nowhere").item.json.sn : "" }}' } },
		{ continueOnFail: true },
	);
	expect(items.map(({ json }) => [json.error !== undefined, json.status])).toEqual([
		[true, undefined],
		[false, 'SIGNING'],
		[false, 'SIGNING'],
	]);
	expect(contracts()).toHaveLength(2);
});

it('belongs to all items when they make one contract', async () => {
	sandbox.failNext('/contract/draft', refused);
	const { items } = await send(
		[await pdfItem(), await pdfItem()],
		{ options: { contracts: 'allItems' } },
		{ continueOnFail: true },
	);
	expect(items).toHaveLength(1);
	expect(items[0]).toMatchObject({
		json: { error: { leftBehind: { docIds: [expect.any(String), expect.any(String)] } } },
		pairedItem: [{ item: 0 }, { item: 1 }],
	});
});

it('says that nobody knows when the execution is cancelled while the draft is under way', async () => {
	sandbox.failNext('/contract/draft', { delayMs: 5000 });
	const { run, error } = await send(
		[await pdfItem()],
		{},
		{
			onStart: (cancel) => {
				const whenSent = () =>
					sent('/contract/draft').length > 0 ? cancel() : setTimeout(whenSent, 5);
				whenSent();
			},
		},
	);
	expect(run.status).toBe('canceled');
	expect(error?.description ?? '').not.toContain('No contract was started');
});

describe('a contract that is there', () => {
	const unseen = [
		['refused', refused],
		['unreadable', 'html200'],
		['cut off', 'dropAfter'],
		[
			'an answer of another form',
			{ status: 200, body: '{"code":10000,"result":{"status":"SIGNING","todoTaskList":7}}' },
		],
	] as const;

	const expectUnseen = async (fault: Fault, checkStarted: boolean): Promise<string> => {
		sandbox.failNext('/contract/tasks', fault, 9);
		const options = { retries: 0, checkStarted };
		const { items, error } = await send([await pdfItem()], { options });
		expect(error).toBeUndefined();
		const { contractId, note, tasks, documents } = items[0].json;
		expect(contractId).toBe(contracts()[0].contractId);
		expect(note).toContain("'Get Status'");
		expect(note).toContain("'Get Task Link'");
		expect(tasks).toEqual([]);
		expect(documents).toHaveLength(1);
		expect(contracts()).toHaveLength(1);
		// Asked once: what could not be looked at is not asked for its links as well.
		expect(sent('/contract/tasks')).toHaveLength(1);
		return String(note);
	};

	it.each(unseen)('is not refused when its tasks are %s: the item says so', async (_, fault) => {
		expect(await expectUnseen(fault, true)).toContain(
			'The contract was started, but could not be looked at afterwards',
		);
	});

	it.each(unseen)(
		'is not refused when its tasks are %s and nothing is to be checked',
		async (_, fault) => {
			expect(await expectUnseen(fault, false)).toContain('Status and links could not be fetched');
		},
	);

	it('is not refused when one link is: the others come, and the note names the task', async () => {
		sandbox.failNext('/contract/taskUrl', refused);
		const { items, error } = await send([await pdfItem()], {
			signers: rows(row(), row({ name: '王五', contact: 'wangwu@example.com' })),
			options: { signOrderType: 'NO_ORDER' },
		});
		expect(error).toBeUndefined();
		const tasks = items[0].json.tasks as IDataObject[];
		expect(tasks.map((task) => 'signingLink' in task)).toEqual([false, true]);
		expect(items[0].json.note).toContain(String(tasks[0].taskId));
		expect(items[0].json.note).toContain('稍后');
	});

	it('gives its links later, by its ID, and no second contract', async () => {
		sandbox.failNext('/contract/tasks', refused);
		const { items } = await send([await pdfItem()]);
		const { contractId } = items[0].json;
		const again = await send([await pdfItem()], { options: { contractId } });
		expect(again.items[0].json).toMatchObject({
			contractId,
			tasks: [{ signingLink: expect.any(String) }],
		});
		expect([uploads().length, contracts().length]).toEqual([1, 1]);
	});
});
