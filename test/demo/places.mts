import type { Place } from './contract-pdf.mjs';

// Sizes that the platform gives where the workflow names none (docs/api/kaifangqian.md, 5.4).
const KINDS: Record<string, { label: string; width: number; height: number }> = {
	SEAL: { label: 'Party A seal', width: 120, height: 120 },
	SIGNATURE: { label: 'Party B signature', width: 112, height: 52 },
	SIGN_DATE: { label: 'Date', width: 120, height: 30 },
};

interface SignerRow {
	details?: {
		nodeType?: string;
		positions?: { position: Array<{ controlType?: string; x: string; y: string }> };
	};
}

/** Every position of the workflow's signers: the PDF shows the same places. */
export const placesOf = (signers: unknown): Place[] =>
	(signers as { signer: SignerRow[] }).signer.flatMap(({ details = {} }) => {
		const usual = details.nodeType === undefined ? 'SIGNATURE' : 'SEAL';
		return (details.positions?.position ?? []).map(({ controlType, x, y }) => ({
			...KINDS[controlType || usual],
			offsetX: Number(x) / 100,
			offsetY: Number(y) / 100,
		}));
	});
