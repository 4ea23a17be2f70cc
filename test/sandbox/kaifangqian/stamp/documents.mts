import type { Contract } from '../contract/model.mjs';
import { workOf } from '../contract/model.mjs';
import type { World } from '../world.mjs';
import { stampPdf } from './pdf.mjs';
import { templatePdf } from './template.mjs';

export interface StampedDocument {
	id: string;
	/** The file is stored as its name and `.pdf`, whatever the name ends with. */
	fileName: string;
	bytes: Uint8Array;
}

/** The contract's documents with the signatures made so far. */
export async function stampedDocuments(
	world: World,
	contract: Contract,
): Promise<StampedDocument[]> {
	const { stamped } = workOf(contract);
	const documents: StampedDocument[] = [];
	for (const id of contract.documents) {
		const original = await originalOf(world, contract, id);
		if (!original) continue;
		const bytes = stamped.get(id) ?? (await stampPdf(contract, id, original.bytes));
		stamped.set(id, bytes);
		documents.push({ id, fileName: `${original.name}.pdf`, bytes });
	}
	return documents;
}

async function originalOf(
	world: World,
	{ template, values }: Contract,
	id: string,
): Promise<{ name: string; bytes: Uint8Array } | undefined> {
	if (template?.templateId === id)
		return { name: template.name, bytes: await templatePdf(template, values) };
	const file = world.files.get(id);
	return file && { name: file.fileName, bytes: file.bytes };
}
