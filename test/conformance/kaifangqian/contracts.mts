import type { IDataObject } from 'n8n-workflow';
import { binaryBytes } from '../../engine/engine.mjs';
import { expectThat, textIn, NotTried } from '../suite.mjs';
import { pdfItem } from './files.mjs';
import {
	approvalByOperator,
	automaticSeal,
	isMissing,
	made,
	personSigner,
	startContract,
	type KaifangqianTrial,
	type State,
} from './state.mjs';
import type { KaifangqianTarget } from './target.mjs';

/** A contract that waits for its signer, or one that was there before. */
const running = (state: State, target: KaifangqianTarget) =>
	made(state.signing ?? target.contractId, 'contract.create');

const canRead = (target: KaifangqianTarget) =>
	target.contractId || target.mayWrite
		? undefined
		: 'needs CN_ESIGN_ALLOW_WRITES=yes, or a contract to read in CN_ESIGN_CONTRACT_ID';

const forSigning = (target: KaifangqianTarget) =>
	isMissing(target, 'operator', 'signer', 'signReId');

/** The first contract: it waits for a person, whom nobody needs to disturb: it is recalled. */
const signing: KaifangqianTrial[] = [
	{
		operation: 'contract.create',
		creates: { contract: 1 },
		impossible: forSigning,
		async run({ operate, target, state }) {
			const signer = personSigner(target.signer!, made(state.docId, 'document.upload'), '1');
			const annex = state.fileId ? { annexList: state.fileId } : {};
			state.signing = await startContract(operate, target, state, [signer], annex);
			return 'sent to one person';
		},
	},
	{
		operation: 'contract.getStatus',
		impossible: canRead,
		async run({ operate, target, state }) {
			const [item] = await operate('contract.getStatus', { contractId: running(state, target) });
			const status = textIn(item?.json, 'status');
			expectThat(typeof item.json.isFinal === 'boolean', "the answer has no 'isFinal'");
			const tasks = item.json.tasks as IDataObject[];
			// It only reads: asked once more for everything that the platform says.
			const contractId = textIn(item.json, 'contractId');
			const [raw] = await operate('contract.getStatus', { contractId, simplify: false });
			const all = raw?.json.todoTaskList as IDataObject[];
			expectThat(all.length === tasks.length, 'the whole answer has other tasks');
			return `${status}, open tasks: ${tasks.length}`;
		},
	},
	{
		operation: 'contract.getTaskLink',
		changes: true,
		impossible: forSigning,
		async run({ operate, state }) {
			const contractId = made(state.signing, 'contract.create');
			const [status] = await operate('contract.getStatus', { contractId });
			const [task] = status.json.tasks as IDataObject[];
			const taskId = textIn(task, 'taskId');
			const [item] = await operate('contract.getTaskLink', { contractId, taskId });
			return linkNote(textIn(item?.json, 'signingLink'));
		},
	},
	{
		operation: 'contract.getPageLink',
		changes: true,
		impossible: forSigning,
		async run({ operate, target, state }) {
			const contractId = made(state.signing, 'contract.create');
			const { contact } = target.operator!;
			const [item] = await operate('contract.getPageLink', { contractId, contact });
			return linkNote(textIn(item?.json, 'contractLink'));
		},
	},
	{
		operation: 'contract.addSigners',
		changes: true,
		impossible: (target) => forSigning(target) ?? isMissing(target, 'secondSigner'),
		async run({ operate, target, state }) {
			const contractId = made(state.signing, 'contract.create');
			const docId = made(state.docId, 'document.upload');
			await operate('contract.addSigners', {
				contractId,
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner(target.secondSigner!, docId, '2')]),
			});
			return 'one person more';
		},
	},
	{
		operation: 'contract.recall',
		changes: true,
		impossible: forSigning,
		async run({ operate, state }) {
			const contractId = made(state.signing, 'contract.create');
			await operate('contract.recall', { contractId });
			state.open.delete(contractId);
			return 'the first contract is over';
		},
	},
];

/** A link is a secret: what it looks like is said, not what it is. */
const linkNote = (link: string): string => `a page on ${new URL(link).host}`;

/** The second contract: our automatic seal is the only signature, so that it needs no person. */
const sealed: KaifangqianTrial[] = [
	{
		operation: 'contract.finish',
		creates: { contract: 1 },
		impossible: (target) => isMissing(target, 'operator', 'signReId', 'sealId'),
		async run({ operate, target, state }) {
			const docId = made(state.docId, 'document.upload');
			const signers = [automaticSeal(target, docId)];
			state.sealed = await startContract(operate, target, state, signers);
			await operate('contract.finish', { contractId: state.sealed });
			state.open.delete(state.sealed);
			return 'sealed automatically';
		},
	},
	{
		operation: 'contract.waitForStatus',
		impossible: canRead,
		async run({ operate, target, state }) {
			const contractId = state.sealed ?? running(state, target);
			const [item] = await operate('contract.waitForStatus', {
				contractId,
				targetStatuses: ['COMPLETE'],
				maxWait: 10,
			});
			expectThat(typeof item?.json.reached === 'boolean', "the answer has no 'reached'");
			// A contract of somebody else may have ended in any way.
			if (state.sealed)
				expectThat(item.json.reached, `the status stays ${String(item.json.status)}`);
			return textIn(item.json, 'status');
		},
	},
	{
		operation: 'contract.download',
		impossible: (target) => canRead(target) ?? isMissing(target, 'operator'),
		async run({ operate, target, state }) {
			const contractId = made(state.sealed ?? target.contractId, 'contract.finish');
			const { contact } = target.operator!;
			const [item] = await operate('contract.download', { contractId, contact });
			const start = (await binaryBytes(item)).subarray(0, 4).toString('latin1');
			expectThat(start === '%PDF' || start.startsWith('PK'), 'the file is neither PDF nor ZIP');
			return `${item.binary!.data.mimeType}, ${item.binary!.data.fileSize}`;
		},
	},
];

/** The third contract: an approval by the operator, then a signature on behalf of a person. */
const approved: KaifangqianTrial[] = [
	{
		operation: 'contract.approve',
		creates: { contract: 1 },
		impossible: forSigning,
		async run({ operate, target, state }) {
			const docId = made(state.docId, 'document.upload');
			const signers = [approvalByOperator(target), personSigner(target.signer!, docId, '2')];
			// Completed with its last signature, so that nothing is left to be ended.
			const more = { autoFinish: true };
			state.approving = await startContract(operate, target, state, signers, more);
			await operate('contract.approve', {
				contractId: state.approving,
				signerName: target.operator!.name,
				signerContact: target.operator!.contact,
				approval: 1,
			});
			return 'approved by the operator';
		},
	},
	{
		operation: 'contract.signOnBehalf',
		changes: true,
		impossible: (target) =>
			forSigning(target) ??
			(target.hasSealAuthorization
				? undefined
				: 'needs a person: the signer authorizes their seal in the console (then CN_ESIGN_SEAL_AUTHORIZED=yes)'),
		async run({ operate, target, state }) {
			const contractId = made(state.approving, 'contract.approve');
			const { name, contact } = target.signer!;
			if (target.signReId === undefined) throw new NotTried('needs a business line');
			target.people?.grantSealAuthorization(contact, target.signReId);
			await operate('contract.signOnBehalf', {
				contractId,
				signatureSubjectType: 'PERSON',
				signerName: name,
				signerContact: contact,
			});
			return 'signed for the person';
		},
	},
];

/** The fourth contract: everything in one step. It waits for a person and is recalled at the end. */
const inOneStep: KaifangqianTrial[] = [
	{
		operation: 'contract.sendFiles',
		creates: { document: 1, contract: 1 },
		impossible: forSigning,
		async run({ operate, target, state }) {
			const parameters: IDataObject = {
				operatorName: target.operator!.name,
				operatorContact: target.operator!.contact,
				signReId: { __rl: true, mode: 'id', value: target.signReId },
				subject: 'n8n conformance test',
				signers: { signer: [{ ...target.signer! }] },
			};
			const input = [await pdfItem('n8n-send.pdf')];
			const [item] = await operate('contract.sendFiles', parameters, input);
			const contractId = textIn(item?.json, 'contractId');
			state.open.add(contractId);
			const tasks = item.json.tasks as IDataObject[];
			expectThat(tasks.length > 0, `no open task: ${String(item.json.note ?? 'without a reason')}`);
			// Once more for the contract that is there, which only reads: an item for each who has to sign.
			const options = { contractId, output: 'signer' };
			const signers = await operate('contract.sendFiles', { ...parameters, options }, input);
			expectThat(
				signers.length === tasks.length,
				`${signers.length} items for ${tasks.length} open tasks`,
			);
			return linkNote(textIn(signers[0].json, 'signingLink'));
		},
	},
];

export const contractTrials: KaifangqianTrial[] = [
	...signing,
	...sealed,
	...approved,
	...inOneStep,
];
