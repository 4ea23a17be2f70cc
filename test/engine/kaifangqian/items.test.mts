import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { fileItem } from '../engine.mjs';
import { bodyOf, pdf, pdfItem, stage } from './support.mjs';

const { sandbox, act, sent, contract } = await stage();

const BAD = [3, 8, 15];
const text = Buffer.from('This is no PDF.');

/** 20 items, three of which carry a text file that is called .pdf. */
const twenty = async (): Promise<INodeExecutionData[]> =>
	await Promise.all(
		Array.from({ length: 20 }, async (_, index) =>
			BAD.includes(index)
				? await fileItem(text, `${index}.pdf`, 'application/pdf')
				: await fileItem(pdf, `${index}.pdf`, 'application/pdf'),
		),
	);

const upload = async (
	input: INodeExecutionData[],
	options: IDataObject = {},
	continueOnFail = false,
) => await act('document', 'upload', { options }, { input, continueOnFail });

describe('20 items of which 3 are bad', () => {
	it('give 17 results and 3 refusals, in order, with Continue on Fail', async () => {
		const { items, error, run } = await upload(await twenty(), {}, true);
		expect(error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 20 }, (_, item) => ({ item })),
		);
		for (const [index, { json }] of items.entries()) {
			if (!BAD.includes(index)) {
				expect(json).toEqual({ docId: expect.any(String), fileName: `${index}` });
				continue;
			}
			expect(json).toEqual({
				error: {
					message: `The file in 'Input Data Field Name' is named .pdf but contains something else, such as text or a web page [Item ${index}]`,
					hint: expect.stringContaining('Check the node that delivers the file'),
				},
			});
		}
		expect(sent('/document/file')).toHaveLength(17);
	});

	it("carry the platform's code and the hint where it was the platform that refused", async () => {
		const good = await contract();
		const input = ['404', good, '405'].map((contractId) => ({ json: { contractId } }));
		const { items } = await act(
			'contract',
			'recall',
			{ contractId: '={{ $json.contractId }}' },
			{ input, continueOnFail: true },
		);
		expect(items.map(({ json }) => json)).toEqual([
			{
				error: {
					message: '业务处理失败,合同id：404数据不存在 [Item 0]',
					code: '31000',
					hint: expect.stringContaining('Kaifangqian answered with code 31000.'),
				},
			},
			{ contractId: good },
			{
				error: expect.objectContaining({ message: '业务处理失败,合同id：405数据不存在 [Item 2]' }),
			},
		]);
	});

	it('go to the error output together with their input, where there is one', async () => {
		const good = await contract();
		const input = ['404', good].map((contractId) => ({ json: { contractId, row: 7 } }));
		const { run } = await act(
			'contract',
			'recall',
			{ contractId: '={{ $json.contractId }}' },
			{ input, node: { onError: 'continueErrorOutput' } },
		);
		const [succeeded, failed] = run.data.resultData.runData['E-Sign'][0].data!.main;
		expect(succeeded?.map(({ json }) => json)).toEqual([{ contractId: good }]);
		expect(failed?.map(({ json }) => json)).toEqual([
			{
				contractId: '404',
				row: 7,
				error: {
					message: '业务处理失败,合同id：404数据不存在 [Item 0]',
					code: '31000',
					hint: expect.any(String),
				},
			},
		]);
	});

	it('stop at the first without it, and say what is already done', async () => {
		const { items, error, run } = await upload(await twenty(), { itemsInParallel: 1 });
		expect(run.status).toBe('error');
		expect(items).toEqual([]);
		expect(error?.message).toContain('[Item 3]');
		expect(error?.context.itemIndex).toBe(3);
		const arrived = sent('/document/file');
		expect(arrived.map((request) => bodyOf(request).fileName)).toEqual(['0', '1', '2']);
		expect(error?.description).toMatch(
			/Already carried out: item 0 \(docId \d+\), item 1 \(docId \d+\), item 2 \(docId \d+\)\. Not started: 16\./,
		);
		expect(error?.description).toContain("'Continue'");
		for (const [id] of error!.description!.matchAll(/(?<=docId )\d+/g))
			expect(sandbox.control.documentBytes(id)).toEqual(pdf);
	});

	it('wait for what is under way before they stop', async () => {
		sandbox.switches.latencyMs = 30;
		const { error } = await upload(await twenty(), { itemsInParallel: 5 });
		const arrived = sent('/document/file').length;
		expect(error?.message).toContain('[Item 3]');
		const listed = [...error!.description!.matchAll(/item \d+ \(docId/g)].length;
		expect(listed).toBe(arrived);
		expect(error?.description).toContain(`Not started: ${19 - arrived}.`);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(sent('/document/file')).toHaveLength(arrived);
	});
});

describe('the order of the output', () => {
	const ids = async (itemsInParallel: number | undefined) => {
		const contracts: string[] = [];
		for (let count = 0; count < 20; count += 1)
			contracts.push(await contract({ options: { send: '0' } }));
		sandbox.requests.length = 0;
		sandbox.switches.latencyMs = 10;
		// Later ones are answered sooner.
		for (let place = 0; place < 10; place += 1)
			sandbox.failNext('/contract/tasks', { delayMs: 60 - place * 6 });
		const { items, error } = await act(
			'contract',
			'getStatus',
			{
				contractId: '={{ $json.contractId }}',
				options: itemsInParallel === undefined ? {} : { itemsInParallel },
			},
			{ input: contracts.map((contractId) => ({ json: { contractId } })) },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.contractId)).toEqual(contracts);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			contracts.map((_, item) => ({ item })),
		);
	};

	it.each([
		[1, 1],
		[5, 5],
		[undefined, 10],
		[20, 20],
	])(
		'is that of the input with %s items in parallel, and at most %i are under way',
		async (chosen, most) => {
			const before = sandbox.maxInFlight;
			expect(before).toBeLessThanOrEqual(1);
			await ids(chosen);
			expect(sandbox.maxInFlight).toBe(most);
		},
	);

	it('holds where an item gives several', async () => {
		const contacts = [sandbox.operator.contact, sandbox.visitor.contact, sandbox.colleague.contact];
		const { items } = await act(
			'businessLine',
			'getAll',
			{ contact: '={{ $json.contact }}' },
			{ input: contacts.map((contact) => ({ json: { contact } })) },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2].map((item) => ({ item })),
		);
	});
});

describe('parameters', () => {
	it('are read for each item', async () => {
		const input = await Promise.all(['甲', '乙'].map(async (name) => await pdfItem({ name })));
		await upload(input);
		const { items } = await act(
			'document',
			'upload',
			{ options: { fileName: '={{ $json.name }}-{{ $itemIndex }}.pdf' } },
			{ input },
		);
		expect(items.map(({ json }) => json.fileName)).toEqual(['甲-0', '乙-1']);
	});

	it('make a message name the item only where there are several', async () => {
		const one = await act('contract', 'recall', { contractId: '404' });
		expect(one.error?.message).toBe('业务处理失败,合同id：404数据不存在');
		expect(one.error?.description).not.toContain('Already carried out');
	});

	it('of no item at all give no call', async () => {
		const { items, error } = await act('contract', 'recall', { contractId: '404' }, { input: [] });
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
		expect(sent()).toEqual([]);
	});
});
