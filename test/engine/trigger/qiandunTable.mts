/** Event → state change that caused it → items emitted, of Qiandun. */
import type { IDataObject } from 'n8n-workflow';
import type { QiandunSandbox } from '../qiandun.mjs';

export interface QiandunRow {
	change: string;
	act(sandbox: QiandunSandbox): string | null;
	businessType: string;
	event: string;
	/** Of the item, when the content is fetched. */
	contractId?: (sandbox: QiandunSandbox) => string;
	accountId?: (sandbox: QiandunSandbox) => string;
	/** Part of the fetched content. */
	details: IDataObject;
}

export const qiandunRows: QiandunRow[] = [
	{
		change: "a company's letter of authorization is reviewed",
		act: ({ control, seeds }) =>
			control.authorizationReviewed({ accountId: seeds.unauthenticatedCompany.accountId }),
		businessType: 'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
		event: 'identity.authorizationReviewed',
		accountId: ({ seeds }) => seeds.unauthenticatedCompany.accountId,
		details: { verifyStatus: 'passed' },
	},
	{
		change: 'a face check is done',
		act: ({ control }) => control.faceDone({ businessCode: 'B9', verifyStatus: 'un_passed' }),
		businessType: 'OPEN_PSN_FACE_RECOGNITION_RESULT',
		event: 'identity.faceChecked',
		details: { businessCode: 'B9', verifyStatus: 'un_passed' },
	},
	{
		change: 'a person passes the identity page',
		act: ({ control, seeds }) =>
			control.passPerson({ accountId: seeds.unauthenticatedPerson.accountId }),
		businessType: 'OPEN_PSN_CERT_RESULT',
		event: 'identity.personVerified',
		accountId: ({ seeds }) => seeds.unauthenticatedPerson.accountId,
		details: { verifyStatus: 'passed' },
	},
	{
		change: 'a company passes its verification',
		act: ({ control, seeds }) =>
			control.passCompany({ accountId: seeds.unauthenticatedCompany.accountId }),
		businessType: 'OPEN_CORP_CERT_RESULT',
		event: 'identity.companyVerified',
		accountId: ({ seeds }) => seeds.unauthenticatedCompany.accountId,
		details: { verifyStatus: 'passed' },
	},
	{
		change: 'the status of a contract changes',
		act: ({ control, seeds }) => control.contractStatusChanged(seeds.contract.contractId),
		businessType: 'OPEN_CONTRACT_STATUS_CHANGED',
		event: 'contract.statusChanged',
		contractId: ({ seeds }) => seeds.contract.contractId,
		details: { businessCode: 'BIZ-0001' },
	},
	{
		change: 'one signer signs',
		act: ({ control, seeds }) =>
			control.contractSigned(seeds.contract.contractId, seeds.contract.unfinishedAccountId),
		businessType: 'OPEN_CONTRACT_SIGNED',
		event: 'contract.signed',
		contractId: ({ seeds }) => seeds.contract.contractId,
		accountId: ({ seeds }) => seeds.contract.unfinishedAccountId,
		details: { signStatus: 'finished' },
	},
	{
		change: 'silent signing with a seal is authorized',
		act: ({ control, seeds }) => control.authorise(seeds.sealIds.company),
		businessType: 'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH',
		event: 'seal.silentSignAuthorized',
		accountId: ({ seeds }) => seeds.company.accountId,
		details: { authorizeStatus: 'authorized' },
	},
	{
		change: 'somebody drags seals to their places',
		act: ({ control, seeds }) =>
			control.positionsDragged(seeds.files.onePage, [
				{
					fileCode: seeds.files.onePage,
					signFieldPosition: { positionPage: 1, positionX: 5, positionY: 6 },
				},
			]),
		businessType: 'OPEN_GET_SEAL_POSITION',
		event: 'seal.positionsSet',
		details: {},
	},
	{
		change: 'something this version has not heard of',
		act: ({ control }) => control.unknownType('OPEN_SOMETHING_NEW', { fresh: true }),
		businessType: 'OPEN_SOMETHING_NEW',
		event: 'unknown',
		details: { fresh: true },
	},
];
