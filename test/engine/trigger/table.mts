/** Event → state change that caused it → items emitted: what the tests check, and what the note shows. */
import type { IDataObject } from 'n8n-workflow';
import type { CallbackType } from '../../sandbox/kaifangqian/index.mjs';
import type { QiandunSandbox } from '../qiandun.mjs';
import { autoSeal, company, lisi, person, type KaifangqianStage } from './support.mjs';

export interface KaifangqianRow {
	/** What happens on the platform. */
	change: string;
	/** A contract right before it; nothing of this is heard by the trigger. */
	before(stage: KaifangqianStage): Promise<string>;
	act(stage: KaifangqianStage, contractId: string): unknown;
	/** What the platform then sends. */
	sent: CallbackType[];
	/** What then starts the workflow. */
	events: string[];
	/** Status of the last item when the platform is asked, and when only the signature is checked. */
	status: string;
	signedStatus?: string;
	/** Fields of the first simplified item beside the common ones. */
	fields: string[];
}

const approver = { nodeType: 'APPROVER_CHECK', signerOrder: '1', signer: lisi };
const running = async (stage: KaifangqianStage) => await stage.contract();
const withApproval = async (stage: KaifangqianStage) =>
	await stage.contract({
		signerList: [company('SENDER', '1', approver), person(lisi, '2')],
	});
const withWriting = async (stage: KaifangqianStage) =>
	await stage.contract({ signReId: stage.sandbox.lines.writing });
const twoSigners = async (stage: KaifangqianStage) =>
	await stage.contract({
		signerList: [
			person(lisi, '1'),
			person({ name: '王五', contactType: 'MOBILE', contact: '13700137000' }, '2'),
		],
	});
const openEnded = async (stage: KaifangqianStage) => await stage.contract({ autoFinish: 0 });
const openEndedSigned = async (stage: KaifangqianStage) => {
	const contractId = await openEnded(stage);
	stage.sandbox.control.sign(contractId);
	return contractId;
};

export const kaifangqianRows: KaifangqianRow[] = [
	{
		change: 'a saved draft is sent',
		before: async (stage) => await stage.contract({ send: '0' }),
		act: ({ sandbox }, id) => sandbox.control.start(id),
		sent: ['SEND_SIGNING'],
		events: ['contract.sent'],
		status: 'SIGNING',
		fields: [],
	},
	{
		change: 'a contract with an automatic seal is sent',
		before: async (stage) =>
			await stage.contract({
				send: '0',
				signerList: [company('SENDER', '1', autoSeal()), person(lisi, '2')],
			}),
		act: ({ sandbox }, id) => sandbox.control.start(id),
		sent: ['SUBMIT_SIGN', 'SEND_SIGNING'],
		events: ['contract.signed', 'contract.sent'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'the receiver fills in its part',
		before: withWriting,
		act: ({ sandbox }, id) => sandbox.control.write(id),
		sent: ['SUBMIT_WRITE', 'SEND_SIGNING'],
		events: ['contract.filled', 'contract.sent'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'the receiver refuses to fill in',
		before: withWriting,
		act: ({ sandbox }, id) => sandbox.control.refuseWrite(id, undefined, '信息有误'),
		sent: ['REFUSAL_WRITE'],
		events: ['contract.fillRefused'],
		status: 'REFUSAL_WRIT',
		fields: ['reason', 'signerName', 'taskId'],
	},
	{
		change: 'one of two signers signs',
		before: twoSigners,
		act: ({ sandbox }, id) => sandbox.control.sign(id),
		sent: ['SUBMIT_SIGN'],
		events: ['contract.signed'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'the last signer signs',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.sign(id),
		sent: ['SUBMIT_SIGN', 'COMPLETE'],
		events: ['contract.signed', 'contract.completed'],
		status: 'COMPLETE',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'the last present signer signs, the contract is not finished automatically',
		before: openEnded,
		act: ({ sandbox }, id) => sandbox.control.sign(id),
		sent: ['SUBMIT_SIGN', 'COMPLETE'],
		events: ['contract.signed', 'contract.statusChanged'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'such a contract is finished (contract/finish)',
		before: openEndedSigned,
		act: async (stage, contractId) => await stage.post('/contract/finish', { contractId }),
		sent: ['COMPLETE'],
		events: ['contract.completed'],
		status: 'COMPLETE',
		fields: [],
	},
	{
		change: 'a signer refuses',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.refuseSign(id, undefined, '条款不同意'),
		sent: ['REFUSAL_SIGN'],
		events: ['contract.signRefused'],
		status: 'REFUSAL_SIGN',
		fields: ['reason', 'signerName', 'taskId'],
	},
	{
		change: 'an approver passes the contract',
		before: withApproval,
		act: ({ sandbox }, id) => sandbox.control.approve(id),
		sent: ['SUBMIT_APPROVE'],
		events: ['contract.approved'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'an approver refuses',
		before: withApproval,
		act: ({ sandbox }, id) => sandbox.control.refuseApprove(id),
		sent: ['REFUSAL_APPROVE'],
		events: ['contract.approvalRefused'],
		status: 'APPROVE_FAILED',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'the sender recalls the contract (contract/recall)',
		before: running,
		act: async (stage, contractId) => await stage.post('/contract/recall', { contractId }),
		sent: ['RECALLED'],
		events: ['contract.recalled'],
		status: 'RECALLED',
		fields: ['reason'],
	},
	{
		change: 'the contract is deleted',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.remove(id),
		sent: ['DELETE'],
		events: ['contract.deleted'],
		status: 'DELETED',
		fields: [],
	},
	{
		change: 'the signing deadline passes',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.expire(id),
		sent: ['EXPIRED'],
		events: ['contract.expired'],
		status: 'EXPIRED',
		// Queued before the status is saved (§7.5): the body still says SIGNING.
		signedStatus: 'SIGNING',
		fields: [],
	},
	{
		change: 'a signature cannot be made',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.failSign(id),
		sent: ['SIGN_FAILED'],
		events: ['contract.signFailed'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'the signing deadline is moved',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.delay(id, '2099-12-31'),
		sent: ['DOCUMENT_DELAY'],
		events: ['contract.deadlineChanged'],
		status: 'SIGNING',
		fields: [],
	},
	{
		change: 'a signing step is added (never sent by the public server)',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.addSignNode(id),
		sent: ['ADD_SIGN_NODE'],
		events: ['contract.signerAdded'],
		status: 'SIGNING',
		fields: [],
	},
	{
		change: 'something this version has not heard of',
		before: running,
		act({ sandbox }, id) {
			sandbox.switches.unknownCallbackType = 'CONTRACT_ARCHIVED';
			sandbox.control.delay(id, '2099-12-31');
		},
		sent: ['CONTRACT_ARCHIVED' as CallbackType],
		events: ['unknown'],
		status: 'SIGNING',
		fields: ['callbackType', 'raw'],
	},
];

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

export interface EventLine {
	platform: string;
	change: string;
	'the platform sends': string;
	'items emitted': string;
	verified: string;
}

/** Prints the table when asked for: PRINT_EVENTS=1. */
export const printTable = (lines: EventLine[]): void => {
	if (process.env.PRINT_EVENTS === '1') console.table(lines);
};
