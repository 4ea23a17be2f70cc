import type { IDataObject } from 'n8n-workflow';
import type { KaifangqianSandbox } from '../kaifangqian.mjs';
import { lisi, wangwu } from './support.mjs';

export interface Files {
	/** Both hold the keyword of the seal. */
	docId: string;
	otherDocId: string;
	fileId: string;
}

/**
 * The request of docs/api/kaifangqian.md, 6.4, with the ids of the stand-in. 王五 has to be a member of its
 * company.
 */
export const fullExample = (sandbox: KaifangqianSandbox, { docId, otherDocId, fileId }: Files) => {
	const { operator, lines, templateId, sealId, companyName } = sandbox;
	const relationDocList = [
		{ docType: '1', docId },
		{ docType: '1', docId: otherDocId },
	];
	return {
		operator: { name: operator.name, contactType: 'MOBILE', contact: operator.contact },
		signReId: lines.template,
		send: '1',
		sn: 'HT-2030-0001',
		subject: '服务合同',
		expireDate: '2099-06-29',
		signDocumentList: [{ docId }, { docId: otherDocId }],
		annexList: [{ fileId }],
		signTemplateParamList: [
			{
				templateId,
				templateName: '服务合同模板',
				templateParamList: [{ paramKey: 'amount', paramValue: '1000' }],
			},
		],
		signOrderType: 'ORDER',
		signerList: [
			{
				signerType: 'SENDER',
				signerName: companyName,
				signerOrder: '1',
				internalNodeList: [
					{
						nodeType: 'ENTERPRISE_SEAL',
						signerOrder: '1',
						autoSign: 'AUTO_SIGN',
						sealId,
						positionParamList: [
							{
								controlType: 'SEAL',
								signPositionType: 'KEYWORD',
								relationDocList,
								keyword: 'Contract',
								keywordType: '1',
								offsetX: '0',
								offsetY: '0',
								controlWidth: '120',
								controlHeight: '120',
							},
							{
								controlType: 'CHOP_STAMP',
								signPositionType: 'POSITION',
								relationDocList,
								pageConfig: 'ALL',
								offsetY: '0.5',
							},
						],
					},
					{
						nodeType: 'PERSONAL_SIGN',
						signerOrder: '2',
						signer: wangwu,
						positionParamList: [
							{
								controlType: 'SIGNATURE',
								signPositionType: 'POSITION',
								relationDocList,
								pageConfig: '2',
								offsetX: '0.2',
								offsetY: '0.8',
							},
						],
						verifyType: 'CAPTCHA',
						signConfirm: 'FACE',
						agreeSkipWillingness: 1,
						personalSignAuth: 'required',
						sealType: 'HAND',
					},
				],
			},
			{
				signerType: 'RECEIVER_PERSONAL',
				signerName: '李四',
				signerOrder: '2',
				receiver: lisi,
				positionParamList: [
					{
						controlType: 'SIGNATURE',
						signPositionType: 'POSITION',
						relationDocList: [
							{ docType: '1', docId: otherDocId },
							{ docType: '1', docId },
						],
						pageConfig: '1,2',
						offsetX: '0.62',
						offsetY: '0.81',
						controlWidth: '112',
						controlHeight: '52',
					},
					{
						controlType: 'SIGN_DATE',
						signPositionType: 'POSITION',
						relationDocList: [{ docType: '2', docId: templateId }],
						pageConfig: '1',
						offsetX: '0.62',
						offsetY: '0.9',
						signDateFormat: 'LINE',
					},
				],
				verifyType: 'FACE',
				signConfirm: 'FACE',
				personalSignAuth: 'not_required',
				sealType: 'NOLIMIT',
			},
		],
		controlChangeFlag: 'NECESSARY_AND_ADD',
		autoFinish: 1,
		enterpriseName: companyName,
		// Stands among the common fields at the beginning; `bodyOf` puts it here.
		operatorAccount: 'your-account-001',
	};
};

/** The signers of the example as a person fills them in: rows, with places in per cent. */
export const fullSignerFields = (
	{ templateId, sealId, companyName }: KaifangqianSandbox,
	{ docId, otherDocId }: Files,
): IDataObject => ({
	signer: [
		{
			details: {
				side: 'sender',
				company: companyName,
				nodeType: 'AUTO_SIGN',
				sealId,
				positions: {
					position: [
						{
							signPositionType: 'KEYWORD',
							docIds: `${docId},${otherDocId}`,
							keyword: 'Contract',
							keywordType: '1',
							xOffset: '0',
							yOffset: 0,
							controlWidth: '120',
							controlHeight: 120,
						},
						{
							signPositionType: 'POSITION',
							controlType: 'CHOP_STAMP',
							pageConfig: 'ALL',
							y: '50.0',
						},
					],
				},
			},
		},
		{
			name: wangwu.name,
			contact: wangwu.contact,
			details: {
				side: 'sender',
				nodeType: 'PERSONAL_SIGN',
				verifyType: 'CAPTCHA',
				signConfirm: 'FACE',
				agreeSkipWillingness: true,
				personalSignAuth: 'required',
				sealType: 'HAND',
				positions: { position: [{ pageConfig: '2', x: '20', y: 80 }] },
			},
		},
		{
			name: lisi.name,
			contact: lisi.contact,
			details: {
				order: '2',
				verifyType: 'FACE',
				signConfirm: 'FACE',
				agreeSkipWillingness: false,
				personalSignAuth: 'not_required',
				sealType: 'NOLIMIT',
				positions: {
					position: [
						{
							signPositionType: 'POSITION',
							docIds: `${otherDocId}, ${docId}`,
							pageConfig: '1, 2',
							x: '62',
							y: '81',
							controlWidth: '112',
							controlHeight: '52',
						},
						{
							controlType: 'SIGN_DATE',
							templateIds: templateId,
							pageConfig: '1',
							x: 62,
							y: 90,
							signDateFormat: 'LINE',
						},
					],
				},
			},
		},
	],
});

/** The same rows as JSON, in which all fields of a row stand side by side. */
export const fullSignerRows = (...example: Parameters<typeof fullSignerFields>): IDataObject[] =>
	(fullSignerFields(...example).signer as IDataObject[]).map(({ details, ...person }) => {
		const { positions, ...others } = details as IDataObject;
		const { position } = positions as IDataObject;
		return { ...person, ...others, positions: position };
	});
