import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileItem } from '../engine.mjs';
import { fullExample, fullSignerFields, type Files } from './fullExample.mjs';
import { bodyOf, fromList, operatorOf, personSigner, rawText, stage, wangwu } from './support.mjs';

const { sandbox, act, sent, upload } = await stage();
const { operator, lines, templateId, companyName } = sandbox;

let files: Files;

beforeEach(async () => {
	const [docId, otherDocId] = [await upload(), await upload()];
	const zip = Buffer.from('504b0506'.padEnd(44, '0'), 'hex');
	const input = [await fileItem(zip, '报价.zip', 'application/zip')];
	const { items } = await act('attachment', 'upload', {}, { input });
	files = { docId, otherDocId, fileId: items[0].json.fileId as string };
	// That makes 王五 a member of the company, as its signers have to be.
	const { error } = await act('account', 'registerCompany', {
		accountName: wangwu.name,
		accountContact: wangwu.contact,
		companyName,
	});
	expect(error).toBeUndefined();
	sandbox.requests.length = 0;
});

/** Everything but the signers, as parameters of the node. */
const rest = (): IDataObject => ({
	...operatorOf(sandbox),
	signReId: fromList(lines.template),
	send: '1',
	subject: '服务合同',
	signDocumentList: `${files.docId},${files.otherDocId}`,
	additionalFields: {
		annexList: files.fileId,
		sn: 'HT-2030-0001',
		autoFinish: true,
		controlChangeFlag: 'NECESSARY_AND_ADD',
		enterpriseName: companyName,
		expireDate: '2099-06-29T00:00:00.000+08:00',
		signOrderType: 'ORDER',
		operatorAccount: 'your-account-001',
		signTemplateParamList: {
			value: [{ templateId, templateName: '服务合同模板', paramKey: 'amount', paramValue: '1000' }],
		},
	},
});

const signers = {
	signersInput: 'json',
	signersJson: JSON.stringify([personSigner()]),
};

const create = async (parameters: IDataObject) => await act('contract', 'create', parameters);

describe('contract.create', () => {
	it('sends every documented field of the JSON form, in the order of the API', async () => {
		const signersJson = JSON.stringify(fullExample(sandbox, files).signerList, null, '\t');
		const { items, error } = await create({ ...rest(), signersInput: 'json', signersJson });
		expect(error).toBeUndefined();
		const [request] = sent('/contract/draft');
		expect(JSON.stringify(bodyOf(request))).toBe(JSON.stringify(fullExample(sandbox, files)));
		expect(rawText(request)).not.toContain('\n');
		expect(request.unknownFields).toEqual([]);
		const [contract] = sandbox.control.contracts();
		expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
			{ json: { contractId: contract.contractId }, pairedItem: { item: 0 } },
		]);
		expect(contract).toMatchObject({
			status: 'SIGNING',
			sn: 'HT-2030-0001',
			annexes: [files.fileId],
		});
	});

	it('gives the same bytes from fields as from JSON', async () => {
		const signersJson = fullExample(sandbox, files).signerList as unknown as IDataObject[];
		const fromJson = await create({ ...rest(), signersInput: 'json', signersJson });
		const fromFields = await create({
			...rest(),
			signersInput: 'fields',
			signers: fullSignerFields(sandbox, files),
		});
		expect([fromJson.error, fromFields.error]).toEqual([undefined, undefined]);
		const [a, b] = sent('/contract/draft').map((request) => {
			const text = rawText(request);
			return text.replace(JSON.parse(text).uniqueCode as string, '');
		});
		expect(b).toBe(a);
	});

	it('sends only what was given, and `send` in any case', async () => {
		const { error } = await create({
			...operatorOf(sandbox),
			signReId: fromList(lines.free),
			send: '0',
			...signers,
		});
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0])).toEqual({
			operator: { name: operator.name, contactType: 'MOBILE', contact: operator.contact },
			signReId: lines.free,
			send: '0',
			signerList: [personSigner()],
		});
		expect(sandbox.control.contracts()[0].status).toBe('DRAFT');
	});

	it('says that signers are missing, and that nothing was done', async () => {
		const { error } = await create({ ...operatorOf(sandbox), signReId: fromList(lines.free) });
		expect(error?.message).toContain('"signerList" is null');
		expect(error?.description).toContain('Add at least one signer.');
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0])).not.toHaveProperty('signerList');
		expect(sandbox.control.contracts()).toEqual([]);
	});

	it('turns autoFinish off and takes lists of IDs by expression', async () => {
		const { docId, fileId } = files;
		const input = [{ json: { docs: [docId], files: [{ fileId }], day: '2099-01-31' } }];
		const { error } = await act(
			'contract',
			'create',
			{
				...operatorOf(sandbox),
				signReId: fromList(lines.free),
				send: '0',
				signDocumentList: '={{ $json.docs }}',
				...signers,
				additionalFields: {
					annexList: '={{ $json.files }}',
					autoFinish: false,
					expireDate: '={{ $json.day }}',
				},
			},
			{ input },
		);
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0])).toMatchObject({
			signDocumentList: [{ docId }],
			annexList: [{ fileId }],
			autoFinish: 0,
			expireDate: '2099-01-31',
		});
	});

	it('takes dates that other nodes make', async () => {
		const { error } = await create({
			...operatorOf(sandbox),
			signReId: fromList(lines.free),
			send: '0',
			...signers,
			additionalFields: { expireDate: "={{ DateTime.fromISO('2099-02-28').startOf('day') }}" },
		});
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0])).toMatchObject({ expireDate: '2099-02-28' });
	});
});
