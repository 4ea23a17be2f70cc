import type { IDataObject } from 'n8n-workflow';
import type { Place } from './contract-pdf.mjs';

// Sizes that the platform gives where the workflow names none (api/kaifangqian.md §5.4).
const KINDS: Record<string, { label: string; width: number; height: number }> = {
	SEAL: { label: 'Party A seal', width: 120, height: 120 },
	SIGNATURE: { label: 'Party B signature', width: 112, height: 52 },
	SIGN_DATE: { label: 'Date', width: 120, height: 30 },
};

/** Every position of the workflow, wherever in the signers it stands: the PDF shows the same places. */
export const placesOf = (value: unknown): Place[] => {
	if (typeof value !== 'object' || value === null) return [];
	const { controlType, offsetX, offsetY } = value as IDataObject;
	if (typeof controlType !== 'string') return Object.values(value).flatMap(placesOf);
	return [{ ...KINDS[controlType], offsetX: Number(offsetX), offsetY: Number(offsetY) }];
};
