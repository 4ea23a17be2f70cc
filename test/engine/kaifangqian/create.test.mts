import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileItem } from '../engine.mjs';
import { fullExample, fullSignerFields, fullSignerRows, type Files } from './fullExample.mjs';
import {
	bodyOf,
	fromList,
	hintsOf,
	operatorOf,
	personSigner,
	rawText,
	stage,
	wangwu,
} from './support.mjs';

const { sandbox, act, refused, sent, upload } = await stage();
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
	subject: '服务合同',
	signDocumentList: `${files.docId},${files.otherDocId}`,
	options: {
		send: '1',
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

	it.each(['fields', 'rows'])('sends the same from %s as from JSON', async (signersInput) => {
		const { error } = await create({
			...rest(),
			signersInput,
			signers: fullSignerFields(sandbox, files),
			rowsJson: fullSignerRows(sandbox, files),
		});
		expect(error).toBeUndefined();
		const [request] = sent('/contract/draft');
		expect(bodyOf(request)).toEqual(fullExample(sandbox, files));
		expect(request.unknownFields).toEqual([]);
	});

	it('sends only what was given, and `send` and the signers in any case', async () => {
		const { error } = await create({
			...operatorOf(sandbox),
			signReId: fromList(lines.free),
			options: { send: '0' },
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

	/** The row that stands there from the beginning, and what else holds no signer. */
	const without: IDataObject[] = [
		{},
		{ signers: { signer: [{ name: '', contact: '', details: {} }] } },
		{ signersInput: 'rows' },
		{ signersInput: 'rows', rowsJson: '' },
		{ signersInput: 'json' },
		{ signersInput: 'json', signersJson: '' },
	];

	it.each(without)('starts nothing without a signer: %j', async (parameters) => {
		const { message, description } = await refused('contract', 'create', {
			...operatorOf(sandbox),
			signReId: fromList(lines.free),
			signDocumentList: files.docId,
			...parameters,
		});
		expect(message).toBe('There is no signer');
		expect(description).toContain('Nothing was sent. Add at least one signer');
	});

	it.each(without)('saves a draft without a signer: %j', async (parameters) => {
		const { error } = await create({
			...operatorOf(sandbox),
			signReId: fromList(lines.free),
			signDocumentList: files.docId,
			options: { send: '0' },
			...parameters,
		});
		expect(error).toBeUndefined();
		// Left out it would be refused (docs/api/kaifangqian.md, 6.4).
		expect(bodyOf(sent('/contract/draft')[0]).signerList).toEqual([]);
		expect(sandbox.control.contracts()).toMatchObject([{ status: 'DRAFT', signers: [] }]);
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
				signDocumentList: '={{ $json.docs }}',
				...signers,
				options: {
					send: '0',
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
			...signers,
			options: {
				send: '0',
				expireDate: "={{ DateTime.fromISO('2099-02-28').startOf('day') }}",
			},
		});
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0])).toMatchObject({ expireDate: '2099-02-28' });
	});

	it.each([
		[101, undefined, false],
		[102, undefined, true],
		[110, '1', true],
		[200, '0', false],
	])(
		'says of a subject of %i characters what it may be too long for (send %s)',
		async (length, send, isSaid) => {
			const { run, error } = await create({
				...operatorOf(sandbox),
				signReId: fromList(lines.free),
				signDocumentList: files.docId,
				subject: '合'.repeat(length),
				...signers,
				options: send === undefined ? {} : { send },
			});
			expect(error).toBeUndefined();
			const hint = `'Subject' has ${length} characters. With the name of the sender's account the platform takes 112: a long name may be too much.`;
			expect(hintsOf({ run })).toEqual(isSaid ? [hint] : []);
		},
	);

	it('brings template values into the form that the platform takes', async () => {
		const png = `iVBORw0KGgo${'A'.repeat(300)}=`;
		const value = [
			{ paramKey: 'amount', paramValue: 1000 },
			{ paramKey: 'day', paramValue: '2030-06-28T16:00:00.000Z' },
			{ paramKey: 'when', paramValue: "={{ DateTime.fromISO('2030-06-29') }}" },
			{ templateId: 'tpl-2', paramKey: 'stamp', paramValue: `data:image/png;base64,${png}` },
			{ templateId: 'tpl-2', templateName: '附件模板', paramKey: 'note', paramValue: '' },
		];
		const { error } = await create({
			...operatorOf(sandbox),
			signReId: fromList(lines.template),
			...signers,
			options: { send: '0', signTemplateParamList: { value } },
		});
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0]).signTemplateParamList).toEqual([
			{
				templateParamList: [
					{ paramKey: 'amount', paramValue: '1000' },
					{ paramKey: 'day', paramValue: '2030-06-29' },
					{ paramKey: 'when', paramValue: '2030-06-29' },
				],
			},
			{
				templateId: 'tpl-2',
				templateName: '附件模板',
				templateParamList: [
					{ paramKey: 'stamp', paramValue: png },
					{ paramKey: 'note', paramValue: '' },
				],
			},
		]);
	});
});
