/** Signers as rows where documents are named by their IDs: Create and Add Signers. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { row, rows } from './sendFiles.support.mjs';
import { bodyOf, fromList, lisi, operatorOf, stage, wangwu } from './support.mjs';

const { sandbox, act, refused, sent, upload, contract } = await stage();

const signersOf = (path = '/contract/draft') =>
	bodyOf(sent(path).at(-1)!).signerList as IDataObject[];
const positionsOf = (signer: number) => signersOf()[signer].positionParamList as IDataObject[];

const create = async (parameters: IDataObject) =>
	await act('contract', 'create', {
		...operatorOf(sandbox),
		signReId: fromList(sandbox.lines.free),
		...parameters,
	});

describe('Create', () => {
	it('gives each row a place in the documents that are named, and takes their IDs', async () => {
		const [one, two] = [await upload(), await upload()];
		const { error } = await create({
			signDocumentList: `${one},${two}`,
			signers: rows(row(), row(wangwu, { docIds: two, x: 50, y: 50 })),
		});
		expect(error).toBeUndefined();
		const first = { docType: '1', docId: one };
		const second = { docType: '1', docId: two };
		expect(positionsOf(0)).toMatchObject([
			{ relationDocList: [first, second], offsetX: '0.1', offsetY: '0.8' },
		]);
		expect(positionsOf(1)).toMatchObject([{ relationDocList: [second], offsetX: '0.5' }]);
	});

	it('gives no place where no document is named', async () => {
		const { error } = await create({ signers: rows(row()), options: { send: '0' } });
		expect(error).toBeUndefined();
		expect(signersOf()).toEqual([
			{ signerType: 'RECEIVER_PERSONAL', signerName: '李四', signerOrder: '1', receiver: lisi },
		]);
	});

	it('takes the values by expression, item by item', async () => {
		const docId = await upload();
		const people = [lisi, wangwu];
		const { error } = await act(
			'contract',
			'create',
			{
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				signDocumentList: docId,
				options: { itemsInParallel: 1 },
				signers: rows(row({ name: '={{ $json.name }}', contact: '={{ $json.contact }}' })),
			},
			{ input: people.map((json) => ({ json })) },
		);
		expect(error).toBeUndefined();
		const receivers = sent('/contract/draft').map(
			(request) => (bodyOf(request).signerList as IDataObject[])[0].receiver,
		);
		expect(receivers).toEqual(people);
	});
});

describe('Add Signers', () => {
	it('takes rows: without a place, or in the documents that they name', async () => {
		const contractId = await contract({ options: { autoFinish: false } });
		const [docId] = sandbox.control.contract(contractId).documents;
		const { items, error } = await act('contract', 'addSigners', {
			contractId,
			signers: rows(
				row({ ...wangwu, order: '2' }),
				row({ order: '3' }, { docIds: docId, x: 1, y: 2 }),
			),
		});
		expect(error).toBeUndefined();
		expect(signersOf('/contract/signer/add')).toEqual([
			{ signerType: 'RECEIVER_PERSONAL', signerName: '王五', signerOrder: '2', receiver: wangwu },
			{
				signerType: 'RECEIVER_PERSONAL',
				signerName: '李四',
				signerOrder: '3',
				receiver: lisi,
				positionParamList: [
					{
						controlType: 'SIGNATURE',
						signPositionType: 'POSITION',
						relationDocList: [{ docType: '1', docId }],
						pageConfig: '1',
						offsetX: '0.01',
						offsetY: '0.02',
					},
				],
			},
		]);
		expect(items[0].json).toMatchObject({ contractId, status: 'SIGNING' });
	});

	it('wants to be told the document of a place', async () => {
		const { message, description } = await refused('contract', 'addSigners', {
			contractId: '1',
			signers: rows(row({}, { x: 10, y: 10 })),
		});
		expect(message).toBe(
			"'Signers 1 → Positions 1 → Document IDs' and 'Signers 1 → Positions 1 → Template IDs' are empty, and no document is named above",
		);
		expect(description).toBe('Say in which document the position is.');
	});

	it('wants a signer', async () => {
		for (const given of [{}, { signersInput: 'rows', rowsJson: '[]' }]) {
			const { message } = await refused('contract', 'addSigners', { contractId: '1', ...given });
			expect(message).toBe('There is no signer');
		}
	});
});
