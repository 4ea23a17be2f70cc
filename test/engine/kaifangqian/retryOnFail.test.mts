/** n8n's own retries start no contract twice. */
import { describe, expect, it } from 'vitest';
import { bodyOf, fromList, operatorOf, pdfItem, personSigner, stage } from './support.mjs';
import { row, rows, sending, three } from './sendFiles.support.mjs';

const setting = await stage();
const { sandbox, act, sent, upload } = setting;
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
			additionalFields: { sn: '={{ "HT-" + Math.random() }}' },
			options: { itemsInParallel: 1 },
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
			{ fileName: 'a.pdf' },
			{ fileName: 'b.pdf' },
			{ fileName: 'c.pdf' },
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
				send: choice,
				signDocumentList,
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner()]),
				options: { itemsInParallel: 1 },
			},
			{ input: [{ json: {} }, { json: {} }], node },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(contracts()).toHaveLength(2);
		const sends = sent('/contract/draft').map((request) => bodyOf(request).send);
		expect(sends).toEqual([choice, choice, choice]);
	});
});
