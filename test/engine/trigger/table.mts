/** Event → state change that caused it → items emitted, of Kaifangqian: what the tests check, and what docs/events.md shows. */
import type { CallbackType } from '../../sandbox/kaifangqian/index.mjs';
import { approvedBy, lisi, person, signaturePlace, type KaifangqianStage } from './support.mjs';

export interface KaifangqianRow {
	/** What happens on the platform. */
	change: string;
	/** A contract right before it; nothing of this is heard by the trigger. `''`: there is none yet. */
	before(stage: KaifangqianStage): Promise<string>;
	/** May give the id of a contract that it has made. */
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

const running = async (stage: KaifangqianStage) => await stage.contract();
const withApproval = async (stage: KaifangqianStage) =>
	await stage.contract({
		signerList: [approvedBy(stage.sandbox.colleague), person(lisi, '2')],
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
const nothing = async () => '';
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
			await stage.contract((docId) => ({ send: '0', ...stage.sealed(docId) })),
		act: ({ sandbox }, id) => sandbox.control.start(id),
		sent: ['SUBMIT_SIGN', 'SEND_SIGNING'],
		events: ['contract.signed', 'contract.sent'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'a contract of a business line that demands an approval is sent',
		before: nothing,
		act: async (stage) => await stage.contract({ signReId: stage.sandbox.lines.approving }),
		sent: ['SEND_SIGNING'],
		events: ['contract.sent'],
		status: 'APPROVING',
		fields: [],
	},
	{
		change: 'a start is mixed up with another one, and the contract is stuck in START',
		before: nothing,
		async act(stage) {
			stage.sandbox.switches.spoilNext = ['stuckInStart'];
			return await stage.contract();
		},
		sent: ['SEND_SIGNING', 'COMPLETE'],
		events: ['contract.sent', 'contract.statusChanged'],
		status: 'START',
		fields: [],
	},
	{
		change: 'a contract is sent whose receiver has to fill in',
		before: nothing,
		act: withWriting,
		sent: ['SEND_SIGNING'],
		events: ['contract.sent'],
		status: 'WRITING',
		fields: [],
	},
	{
		change: 'the receiver, who is the last, fills in its part',
		before: withWriting,
		act: ({ sandbox }, id) => sandbox.control.write(id),
		sent: ['SUBMIT_WRITE'],
		events: ['contract.filled'],
		status: 'SIGNING',
		fields: ['taskId'],
	},
	{
		change: 'the receiver declines to fill in',
		before: withWriting,
		act: ({ sandbox }, id) => sandbox.control.refuseWrite(id, undefined, '信息有误'),
		sent: ['REFUSAL_WRITE'],
		events: ['contract.fillRefused'],
		status: 'REFUSAL_WRIT',
		fields: ['reason', 'taskId'],
	},
	{
		change: 'one of two signers signs',
		before: twoSigners,
		act: ({ sandbox }, id) => sandbox.control.sign(id),
		sent: ['SUBMIT_SIGN'],
		events: ['contract.signed'],
		status: 'SIGNING',
		fields: ['taskId'],
	},
	{
		change: 'the last signer signs',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.sign(id),
		sent: ['SUBMIT_SIGN', 'COMPLETE'],
		events: ['contract.signed', 'contract.completed'],
		status: 'COMPLETE',
		fields: ['taskId'],
	},
	{
		change: 'the last signer signs, of a contract that does not finish automatically',
		before: openEnded,
		act: ({ sandbox }, id) => sandbox.control.sign(id),
		sent: ['SUBMIT_SIGN', 'COMPLETE'],
		events: ['contract.signed', 'contract.allSigned'],
		status: 'SIGNING',
		fields: ['taskId'],
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
		change: 'the last signature is made on behalf of a person (contract/sign/personal/proxy)',
		before: running,
		async act(stage, contractId) {
			const [docId] = stage.sandbox.control.contract(contractId).documents;
			await stage.post('/contract/sign/personal/proxy', {
				contractId,
				signatureSubjectType: 'PERSON',
				signer: lisi,
				...signaturePlace(docId),
			});
		},
		// No COMPLETE comes (docs/api/kaifangqian.md, 7.5).
		sent: ['SUBMIT_SIGN'],
		events: ['contract.signed'],
		status: 'COMPLETE',
		fields: ['taskId'],
	},
	{
		change: 'a signer declines',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.refuseSign(id, undefined, '条款不同意'),
		sent: ['REFUSAL_SIGN'],
		events: ['contract.signRefused'],
		status: 'REFUSAL_SIGN',
		fields: ['reason', 'taskId'],
	},
	{
		change: 'an approver approves the contract',
		before: withApproval,
		act: ({ sandbox }, id) => sandbox.control.approve(id),
		sent: ['SUBMIT_APPROVE'],
		events: ['contract.approved'],
		status: 'SIGNING',
		fields: ['signerName', 'taskId'],
	},
	{
		change: 'an approver rejects the contract',
		before: withApproval,
		act: ({ sandbox }, id) => sandbox.control.refuseApprove(id),
		sent: ['REFUSAL_APPROVE'],
		events: ['contract.approvalRefused'],
		status: 'REFUSAL_SIGN',
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
		change: 'the signing deadline passes, where the installation runs its expiry job',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.expire(id),
		sent: ['EXPIRED'],
		events: ['contract.expired'],
		status: 'EXPIRED',
		// Queued before the status is saved (docs/api/kaifangqian.md, 7.5): the body still says SIGNING.
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
		fields: ['taskId'],
	},
	{
		change: 'a running contract that had no signing deadline gets one',
		before: running,
		act: ({ sandbox }, id) => sandbox.control.delay(id, '2099-12-31'),
		sent: ['DOCUMENT_DELAY'],
		events: ['contract.deadlineChanged'],
		status: 'SIGNING',
		fields: [],
	},
	{
		change: 'the signing deadline of a draft is set or moved',
		before: async (stage) => await stage.contract({ send: '0' }),
		act: ({ sandbox }, id) => sandbox.control.delay(id, '2099-12-31'),
		sent: ['DOCUMENT_DELAY'],
		events: ['contract.deadlineChanged'],
		status: 'DRAFT',
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
