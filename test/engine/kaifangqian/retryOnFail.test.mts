/** n8n's own retries start no contract twice. */
import { describe, expect, it } from 'vitest';
import { retryRun } from '../engine.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { chain, esignNode, startNode } from '../node.mjs';
import { bodyOf, fromList, operatorOf, pdfItem, personSigner, stage } from './support.mjs';
import { row, rows, sendFilesParameters, sending, three } from './sendFiles.support.mjs';

const setting = await stage();
const { sandbox, act, sent, upload, contract: startContract } = setting;
const send = sending(setting);

const contracts = () => sandbox.control.contracts();
const uploads = () => sent('/document/file');
const refused = { status: 200, body: '{"code":31000,"message":"业务处理失败,稍后"}' };
const files = { binaryPropertyNames: 'a,b,c' };

describe("n8n's setting Retry On Fail, which runs all items anew", () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('starts no second contract for the item that was done', async () => {
		const input = [await pdfItem({ who: '李四' }), await pdfItem({ who: '王五' })];
		sandbox.failNext('/contract/draft', { delayMs: 0 }, 1);
		sandbox.failNext('/contract/draft', refused, 1);
		const { items, error } = await send(
			input,
			{ signers: rows(row({ name: '={{ $json.who }}' })), options: { itemsInParallel: 1 } },
			{ node },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(new Set(items.map(({ json }) => json.contractId)).size).toBe(2);
		expect(contracts()).toHaveLength(2);
		expect(uploads()).toHaveLength(2);
	});

	it('nor where an expression gives something else with every attempt, such as a number made of the time', async () => {
		const input = [await pdfItem(), await pdfItem()];
		const parameters = {
			subject: '={{ "合同 " + Math.random() }}',
			options: { sn: '={{ "HT-" + Math.random() }}', itemsInParallel: 1 },
		};
		sandbox.failNext('/contract/draft', { delayMs: 0 }, 1);
		sandbox.failNext('/contract/draft', refused, 1);
		const { items, error } = await send(input, parameters, { node });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.contractId).sort()).toEqual(
			contracts()
				.map(({ contractId }) => contractId)
				.sort(),
		);
		expect([uploads().length, contracts().length]).toEqual([2, 2]);
		// The first item was done by then, with another subject.
		expect(items.map(({ json }) => 'note' in json)).toEqual([true, false]);
		expect(items[0].json.note).toMatch(
			/^Nothing was sent now: an earlier attempt of this execution has done this item \(subject '合同 0\.\d+'; files 服务合同\)/,
		);

		sandbox.requests.length = 0;
		sandbox.failNext('/contract/draft', 'dropAfter');
		const lost = await send([await pdfItem()], parameters, { node });
		expect(lost.error?.message).toContain('is unknown');
		expect(sent('/contract/draft')).toHaveLength(1);
	});

	it('does not send a contract again of which nobody knows whether it was started', async () => {
		sandbox.failNext('/contract/draft', 'dropAfter');
		const { error } = await send([await pdfItem()], {}, { node });
		expect(error?.message).toContain('is unknown');
		expect([sent('/contract/draft').length, contracts().length]).toEqual([1, 1]);
	});

	it('goes on where an upload was refused', async () => {
		sandbox.failNext('/document/file', { delayMs: 0 }, 1);
		sandbox.failNext('/document/file', refused, 1);
		const { items, error } = await send([await three()], files, { node });
		expect(error).toBeUndefined();
		expect(items[0].json.documents).toMatchObject([
			{ fileName: 'a' },
			{ fileName: 'b' },
			{ fileName: 'c' },
		]);
		expect([uploads().length, contracts().length]).toEqual([4, 1]);
	});

	it.each(['0', '1'])('starts no second contract with Create either (send %s)', async (choice) => {
		const signDocumentList = await upload();
		sandbox.failNext('/contract/draft', { delayMs: 0 }, 1);
		sandbox.failNext('/contract/draft', refused, 1);
		const { items, error } = await act(
			'contract',
			'create',
			{
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				signDocumentList,
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner()]),
				options: { itemsInParallel: 1, send: choice },
			},
			{ input: [{ json: {} }, { json: {} }], node },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(contracts()).toHaveLength(2);
		const sends = sent('/contract/draft').map((request) => bodyOf(request).send);
		expect(sends).toEqual([choice, choice, choice]);
	});

	it('repeats no other call that was carried out, and gives its answer again', async () => {
		const ids = [await startContract(), await startContract()];
		sandbox.failNext('/contract/recall', { delayMs: 0 });
		sandbox.failNext('/contract/recall', refused);
		const { items, error } = await act(
			'contract',
			'recall',
			{ contractId: '={{ $json.id }}', options: { itemsInParallel: 1 } },
			{ input: ids.map((id) => ({ json: { id } })), node },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual(ids.map((contractId) => ({ contractId })));
		const recalls = sent('/contract/recall').map((request) => bodyOf(request).contractId);
		expect(recalls).toEqual([ids[0], ids[1], ids[1]]);
	});

	it('does not take a contract that it has just finished for one that cannot be finished', async () => {
		const open = { options: { autoFinish: false } };
		const ids = [await startContract(open), await startContract(open)];
		for (const id of ids) sandbox.control.signAll(id);
		sandbox.failNext('/contract/finish', { delayMs: 0 });
		sandbox.failNext('/contract/finish', refused);
		const parameters = { contractId: '={{ $json.id }}', options: { itemsInParallel: 1 } };
		const input = ids.map((id) => ({ json: { id } }));
		const { items, error } = await act('contract', 'finish', parameters, { input, node });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual(ids.map((contractId) => ({ contractId })));
		const finished = sent('/contract/finish').map((request) => bodyOf(request).contractId);
		expect(finished).toEqual([ids[0], ids[1], ids[1]]);
	});

	it('says of a call without an answer that it was sent before, whatever the call', async () => {
		const contractId = await startContract();
		sandbox.failNext('/contract/recall', 'dropAfter');
		const { error } = await act('contract', 'recall', { contractId }, { node });
		expect(error?.message).toBe(
			'An earlier attempt was sent off, and whether it was carried out is unknown',
		);
		expect(error?.context.outcomeUnknown).toBe(true);
		expect(sent('/contract/recall')).toHaveLength(1);
	});

	it('repeats no upload of the same file, and sends one of other content', async () => {
		sandbox.failNext('/document/file', { delayMs: 0 });
		sandbox.failNext('/document/file', refused);
		const input = [await pdfItem(), await pdfItem()];
		const options = { itemsInParallel: 1 };
		const { items, error } = await act('document', 'upload', { options }, { input, node });
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.docId)).size).toBe(2);
		expect(uploads()).toHaveLength(3);

		sandbox.requests.length = 0;
		sandbox.failNext('/document/file', { delayMs: 0 });
		sandbox.failNext('/document/file', refused);
		const fileName = '={{ "合同 " + Math.random() }}';
		const renamed = { options: { itemsInParallel: 1, fileName } };
		const again = await act('document', 'upload', renamed, { input, node });
		expect(again.error).toBeUndefined();
		expect(uploads()).toHaveLength(4);
		expect(again.items[0].json.fileName).toBe(bodyOf(uploads()[2]).fileName);
	});
});

describe('an execution that somebody retries', () => {
	const secrets = credentialFor(sandbox);
	const workflow = (subject: string) =>
		chain(
			startNode,
			esignNode({
				platform: 'kaifangqian',
				resource: 'contract',
				operation: 'sendFiles',
				...sendFilesParameters(setting),
				subject,
				options: { itemsInParallel: 1, callsPerSecond: 0 },
			}),
		);

	it.each([
		['as it was', '服务合同', undefined],
		['with a node that was changed meanwhile', '劳动合同', /subject '服务合同'/],
	])('%s starts only what it has not started', async (_what, subject, note) => {
		sandbox.failNext('/contract/draft', { delayMs: 0 });
		sandbox.failNext('/contract/draft', refused);
		const { run } = await send([await pdfItem(), await pdfItem()], {
			subject: '服务合同',
			options: { itemsInParallel: 1 },
		});
		expect(run.status).toBe('error');
		expect(contracts()).toHaveLength(1);
		const [first] = contracts();

		const again = await retryRun(workflow(subject), run, { secrets });
		expect(again.data.resultData.error).toBeUndefined();
		const items = again.data.resultData.runData['E-Sign'][0].data!.main[0]!;
		expect(contracts()).toHaveLength(2);
		expect(items.map(({ json }) => json.contractId)).toEqual(
			contracts().map(({ contractId }) => contractId),
		);
		expect(items[0].json.contractId).toBe(first.contractId);
		if (note) expect(items[0].json.note).toMatch(note);
		else expect(items[0].json.note).toBeUndefined();
		expect(items[1].json.note).toBeUndefined();
	});

	it('does not send again what may have been carried out', async () => {
		sandbox.failNext('/contract/draft', 'dropAfter');
		const { run } = await send([await pdfItem()]);
		expect(run.status).toBe('error');
		const again = await retryRun(workflow('服务合同'), run, { secrets });
		expect(again.data.resultData.error?.message).toBe(
			'An earlier attempt was sent off, and whether it was carried out is unknown',
		);
		expect(contracts()).toHaveLength(1);
	});
});
