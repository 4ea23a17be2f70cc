import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { ContractSnapshot } from '../../sandbox/kaifangqian/index.mjs';
import { itemWith, row, rows, sending, three, zip } from './sendFiles.support.mjs';
import { bodyOf, fromList, lisi, pdf, pdfItem, stage, wangwu } from './support.mjs';

const setting = await stage();
const { sandbox, sent } = setting;
const send = sending(setting);

const drafts = () => sent('/contract/draft');
const uploads = () => sent('/document/file');
const draft = (index = 0) => bodyOf(drafts()[index]);
/** Of its first open task. */
const linkOf = ({ contractId, openTasks }: ContractSnapshot): string =>
	`${sandbox.origin}/#/contract/detail/base?taskType=sign&phone=${lisi.contact}&signRuId=${contractId}&taskId=${openTasks[0]}`;
const signersOf = (index = 0) => draft(index).signerList as IDataObject[];
const ownSeal = () =>
	row({
		name: '',
		contact: '',
		company: sandbox.companyName,
		side: 'sender',
		nodeType: 'AUTO_SIGN',
		sealId: sandbox.sealId,
	});

describe('contract.sendFiles', () => {
	it('uploads a file, starts the contract and gives the link of whoever has to sign', async () => {
		const { items, error } = await send([await pdfItem()]);
		expect(error).toBeUndefined();
		const [contract] = sandbox.control.contracts();
		const [{ docId }] = draft().signDocumentList as IDataObject[];
		expect(items).toEqual([
			{
				json: {
					contractId: contract.contractId,
					started: true,
					status: 'SIGNING',
					statusName: 'Being Signed (签署中)',
					tasks: [
						{
							signerName: '李四',
							signerContact: lisi.contact,
							taskId: expect.any(String),
							taskType: 'SIGN',
							action: 'Sign (签署)',
							signingLink: linkOf(contract),
						},
					],
					documents: [{ docId, fileName: '服务合同' }],
					attachments: [],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(draft()).toMatchObject({
			send: '1',
			subject: '服务合同',
			signOrderType: 'ORDER',
			operator: { contactType: 'MOBILE', contact: sandbox.operator.contact },
		});
		expect(signersOf()).toEqual([
			{
				signerType: 'RECEIVER_PERSONAL',
				signerName: '李四',
				signerOrder: '1',
				receiver: lisi,
				positionParamList: [
					{
						controlType: 'SIGNATURE',
						signPositionType: 'POSITION',
						relationDocList: [{ docType: '1', docId }],
						pageConfig: '1',
						offsetX: '0.1',
						offsetY: '0.8',
					},
				],
			},
		]);
		expect(sent().flatMap(({ unknownFields }) => unknownFields)).toEqual([]);
		expect(sandbox.control.documentBytes(docId as string)).toEqual(pdf);
	});

	it('sends several files and attachments with everything that a person can fill in', async () => {
		const input = [
			await itemWith({
				data: [pdf, '合同.pdf'],
				more: [pdf, '附录.pdf'],
				price: [zip, '报价.zip', 'application/zip'],
			}),
		];
		const { items, error } = await send(input, {
			subject: '采购',
			binaryPropertyNames: 'data, more',
			signers: rows(
				row({}, { signPositionType: 'KEYWORD', keyword: 'Second', keywordType: '-1', files: '2' }),
				row(wangwu, { signPositionType: 'NONE' }),
			),
			options: {
				send: '0',
				signOrderType: 'NO_ORDER',
				annexBinaryPropertyNames: 'price',
				sn: 'HT-1',
				expireDate: '2099-06-29T00:00:00.000+08:00',
				autoFinish: false,
				controlChangeFlag: 'NECESSARY_NO_ADD',
				enterpriseName: sandbox.companyName,
				operatorAccount: 'your-account-001',
			},
		});
		expect(error).toBeUndefined();
		const [first, second] = (draft().signDocumentList as IDataObject[]).map(({ docId }) => docId);
		const [{ fileId }] = draft().annexList as IDataObject[];
		expect(items[0].json).toMatchObject({
			started: false,
			status: 'DRAFT',
			tasks: [],
			documents: [
				{ docId: first, fileName: '合同' },
				{ docId: second, fileName: '附录' },
			],
			attachments: [{ fileId, fileName: '报价.zip' }],
		});
		expect(draft()).toMatchObject({
			send: '0',
			subject: '采购',
			sn: 'HT-1',
			expireDate: '2099-06-29',
			autoFinish: 0,
			signOrderType: 'NO_ORDER',
			controlChangeFlag: 'NECESSARY_NO_ADD',
			enterpriseName: sandbox.companyName,
			operatorAccount: 'your-account-001',
		});
		const [one, two] = signersOf();
		expect(one.positionParamList).toEqual([
			{
				controlType: 'SIGNATURE',
				signPositionType: 'KEYWORD',
				relationDocList: [{ docType: '1', docId: second }],
				keyword: 'Second',
				keywordType: '-1',
			},
		]);
		expect(two).toEqual({
			signerType: 'RECEIVER_PERSONAL',
			signerName: '王五',
			signerOrder: '2',
			receiver: wangwu,
		});
		const accounts = sent().map((request) =>
			request.method === 'GET' ? request.query.operatorAccount : bodyOf(request).operatorAccount,
		);
		expect(new Set(accounts)).toEqual(new Set(['your-account-001']));
	});

	it('lets companies seal and sign, ours by itself', async () => {
		const { items, error } = await send([await pdfItem()], {
			signers: rows(
				ownSeal(),
				row({ company: '乙方公司' }),
				row({ ...wangwu, company: '乙方公司', nodeType: 'LEGAL_PERSON_SIGN' }),
				row({ name: '赵六', contact: '13700137000' }),
			),
		});
		expect(error).toBeUndefined();
		expect(signersOf()).toMatchObject([
			{
				signerType: 'SENDER',
				signerName: sandbox.companyName,
				signerOrder: '1',
				internalNodeList: [
					{
						nodeType: 'ENTERPRISE_SEAL',
						signerOrder: '1',
						autoSign: 'AUTO_SIGN',
						sealId: sandbox.sealId,
						positionParamList: [{ controlType: 'SEAL', offsetX: '0.1', offsetY: '0.8' }],
					},
				],
			},
			{
				signerType: 'RECEIVER_ENT',
				signerName: '乙方公司',
				signerOrder: '2',
				internalNodeList: [
					{
						nodeType: 'ENTERPRISE_SEAL',
						signerOrder: '1',
						signer: lisi,
						positionParamList: [{ controlType: 'SEAL', offsetX: '0.4' }],
					},
					{
						nodeType: 'LEGAL_PERSON_SIGN',
						signerOrder: '2',
						signer: wangwu,
						positionParamList: [{ controlType: 'SIGNATURE', offsetX: '0.7', offsetY: '0.8' }],
					},
				],
			},
			{
				signerType: 'RECEIVER_PERSONAL',
				signerOrder: '3',
				positionParamList: [{ offsetX: '0.1', offsetY: '0.64' }],
			},
		]);
		expect(signersOf()[0]).not.toHaveProperty('internalNodeList[0].signer');
		expect(items[0].json.tasks).toMatchObject([{ signerCompany: '乙方公司', signerName: '李四' }]);
	});

	it('names the person of the sender, whom the platform does not name at all', async () => {
		const { name, contact } = sandbox.colleague;
		const { items, error } = await send([await pdfItem()], {
			signers: rows(row({ name, contact, side: 'sender', nodeType: 'PERSONAL_SIGN' })),
		});
		expect(error).toBeUndefined();
		expect(items[0].json.tasks).toMatchObject([
			{ signerName: name, signerContact: contact, signerCompany: sandbox.companyName },
		]);
	});

	it('starts one contract per item, and keeps their order', async () => {
		const input = [
			await itemWith({ data: [pdf, 'one.pdf'] }, { who: lisi.name, at: lisi.contact }),
			await itemWith({ data: [pdf, 'two.pdf'] }, { who: wangwu.name, at: wangwu.contact }),
		];
		const { items, error } = await send(input, {
			signers: rows(row({ name: '={{ $json.who }}', contact: '={{ $json.at }}' })),
		});
		expect(error).toBeUndefined();
		expect(sandbox.control.contracts()).toHaveLength(2);
		expect(items.map(({ json }) => json.documents)).toMatchObject([
			[{ fileName: 'one' }],
			[{ fileName: 'two' }],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('makes one contract from all items, and says from which', async () => {
		const input = [await pdfItem(), await three(), await pdfItem({ ignored: true })];
		const { items, error } = await send(input, {
			binaryPropertyNames: '*',
			options: { contracts: 'allItems' },
		});
		expect(error).toBeUndefined();
		expect(uploads()).toHaveLength(5);
		expect(drafts()).toHaveLength(1);
		expect(items).toHaveLength(1);
		expect(items[0].pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect((items[0].json.documents as IDataObject[]).map(({ fileName }) => fileName)).toEqual([
			'服务合同',
			'a',
			'b',
			'c',
			'服务合同 (2)',
		]);
		const [{ relationDocList }] = signersOf()[0].positionParamList as IDataObject[];
		expect(relationDocList).toHaveLength(5);
	});

	it('sends the values of a line with a template, given as rows', async () => {
		const value = { templateId: sandbox.templateId, paramKey: 'amount', paramValue: '1000' };
		const { items, error } = await send([await pdfItem()], {
			signReId: fromList(sandbox.lines.template),
			// Whoever fills in for the sender has to be among the signers (docs/api/kaifangqian.md, 6.4a).
			signers: rows(ownSeal(), row()),
			options: { signTemplateParamList: { value: [value] } },
		});
		expect(error).toBeUndefined();
		expect(items[0].json.status).toBe('SIGNING');
		expect(draft().signTemplateParamList).toEqual([
			{
				templateId: sandbox.templateId,
				templateParamList: [{ paramKey: 'amount', paramValue: '1000' }],
			},
		]);
	});

	it('makes the links as asked', async () => {
		await send([await pdfItem()], {
			options: { linkType: 'pc', callbackPage: 'https://your-domain.com/done' },
		});
		expect(sent('/contract/taskUrl')[0].query).toMatchObject({
			linkType: 'pc',
			callbackPage: 'https://your-domain.com/done',
		});
	});
});
