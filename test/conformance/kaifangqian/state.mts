import type { IDataObject } from 'n8n-workflow';
import { NotTried, textIn, type Operate, type Trial } from '../suite.mjs';
import type { KaifangqianTarget, Person } from './target.mjs';

export type Kind =
	'document' | 'attachment' | 'contract' | 'personAccount' | 'companyAccount' | 'verificationLink';

/** What earlier trials have made for later ones. */
export interface State {
	docId?: string;
	fileId?: string;
	/** Waits for a person; more signers may be added; recalled in the end. */
	signing?: string;
	/** Our automatic seal is its only signature, so that it can be finished. */
	sealed?: string;
	/** Waits for an approval, then for a person. */
	approving?: string;
	/** Contracts that are still running. */
	open: Set<string>;
}

export type KaifangqianTrial = Trial<KaifangqianTarget, State, Kind>;

export const isMissing = (
	target: KaifangqianTarget,
	...names: Array<keyof KaifangqianTarget & keyof typeof VARIABLES>
): string | undefined => {
	const missing = names.filter((name) => !target[name]).map((name) => VARIABLES[name]);
	return missing.length > 0 ? `needs ${missing.join(', ')}` : undefined;
};

const VARIABLES = {
	operator: 'CN_ESIGN_OPERATOR_NAME/_CONTACT',
	signer: 'CN_ESIGN_SIGNER_NAME/_CONTACT',
	secondSigner: 'CN_ESIGN_SECOND_SIGNER_NAME/_CONTACT',
	signReId: 'CN_ESIGN_SIGN_RE_ID',
	sealId: 'CN_ESIGN_SEAL_ID',
	account: 'CN_ESIGN_NEW_ACCOUNT_NAME/_CONTACT',
	company: 'CN_ESIGN_NEW_COMPANY_NAME/_CREDIT_CODE',
};

/** Something that an earlier trial should have made. */
export const made = (value: string | undefined, by: string): string => {
	if (value === undefined) throw new NotTried(`needs what '${by}' makes`);
	return value;
};

const place = (docId: string, controlType: string, offsetX: string) => ({
	controlType,
	signPositionType: 'POSITION',
	relationDocList: [{ docType: '1', docId }],
	pageConfig: '1',
	offsetX,
	offsetY: '0.7',
});

const user = ({ name, contact }: Person) => ({ name, contact });

export const personSigner = (person: Person, docId: string, signerOrder: string) => ({
	signerType: 'RECEIVER_PERSONAL',
	signerName: person.name,
	signerOrder,
	receiver: user(person),
	positionParamList: [place(docId, 'SIGNATURE', '0.6')],
});

const senderWith = (target: KaifangqianTarget, node: object) => ({
	signerType: 'SENDER',
	...(target.companyName ? { signerName: target.companyName } : {}),
	signerOrder: '1',
	internalNodeList: [{ signerOrder: '1', ...node }],
});

export const automaticSeal = (target: KaifangqianTarget, docId: string) =>
	senderWith(target, {
		nodeType: 'ENTERPRISE_SEAL',
		autoSign: 'AUTO_SIGN',
		sealId: target.sealId,
		positionParamList: [place(docId, 'SEAL', '0.2')],
	});

export const approvalByOperator = (target: KaifangqianTarget) =>
	senderWith(target, { nodeType: 'APPROVER_CHECK', signer: user(target.operator!) });

/** Starts a contract and returns its id; it counts as running from then on. */
export const startContract = async (
	operate: Operate,
	target: KaifangqianTarget,
	state: State,
	signers: object[],
	more: IDataObject = {},
): Promise<string> => {
	const docId = made(state.docId, 'document.upload');
	const [item] = await operate('contract.create', {
		operatorName: target.operator!.name,
		operatorContact: target.operator!.contact,
		signReId: { __rl: true, mode: 'id', value: target.signReId },
		subject: 'n8n conformance test',
		signDocumentList: docId,
		signersInput: 'json',
		signersJson: JSON.stringify(signers),
		options: { autoFinish: false, ...more },
	});
	const contractId = textIn(item?.json, 'contractId');
	state.open.add(contractId);
	return contractId;
};
