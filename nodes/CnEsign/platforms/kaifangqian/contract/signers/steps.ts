import type { Raw } from './wireReader';

/** One step of a signer list, flat: who does what for whom. */
export interface SigningStep {
	/** Of the company that sends the contract. */
	isSender: boolean;
	/** `''` where the list names nobody. */
	name: string;
	contact: string;
	/** Only of companies, as it was sent. */
	company: string;
	taskType: 'SIGN' | 'APPROVE';
	/** Done by the platform itself. */
	automatic: boolean;
}

const listOf = (value: unknown): Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
const textOf = (value: unknown): string => String(value ?? '').trim();

/** Contacts are compared without regard to capitals: an email address is one person's however it is written. */
export function contactKey(contact: unknown): string {
	return textOf(contact).toLowerCase();
}

/** `signerList` as it is sent (docs/api/kaifangqian.md, 5.2), in its order. */
export function stepsOf(signerList: unknown): SigningStep[] {
	return listOf(signerList).flatMap((signer) => {
		const own = signer.signerType === 'SENDER';
		const step = (person: unknown, node: Raw = {}): SigningStep => {
			const { name, contact } = (person ?? {}) as Raw;
			return {
				isSender: own,
				name: textOf(name),
				contact: textOf(contact),
				company: signer.signerType === 'RECEIVER_PERSONAL' ? '' : textOf(signer.signerName),
				// Anywhere but under the sender it becomes a signature, and a seal is never automatic (5.3).
				taskType: own && node.nodeType === 'APPROVER_CHECK' ? 'APPROVE' : 'SIGN',
				automatic: own && node.nodeType === 'ENTERPRISE_SEAL' && node.autoSign === 'AUTO_SIGN',
			};
		};
		if (signer.signerType === 'RECEIVER_PERSONAL') return [step(signer.receiver)];
		return listOf(signer.internalNodeList).map((node) => step(node.signer, node));
	});
}
