import type { Contract } from '../contract/model.mjs';
import type { StoredFile, World } from '../world.mjs';
import { stampPdf } from './pdf.mjs';
import { templatePdf } from './template.mjs';

export interface StampedDocument {
	id: string;
	fileName: string;
	suffix: string;
	bytes: Uint8Array;
}

/** The contract's documents with the signatures made so far. */
export async function stampedDocuments(
	world: World,
	contract: Contract,
): Promise<StampedDocument[]> {
	const stamped: StampedDocument[] = [];
	for (const id of contract.documents) {
		const file = await originalOf(world, contract, id);
		if (file) stamped.push({ ...file, bytes: await stampOnce(world, contract, file) });
	}
	return stamped;
}

async function originalOf(
	world: World,
	contract: Contract,
	id: string,
): Promise<StoredFile | undefined> {
	if (id !== world.template.templateId) return world.documents.get(id);
	const { name } = world.template;
	const bytes = await templatePdf(contract);
	return {
		id,
		fileName: `${name}.pdf`,
		suffix: '.pdf',
		bytes: Buffer.from(bytes),
		company: contract.company,
	};
}

async function stampOnce(world: World, contract: Contract, file: StoredFile): Promise<Uint8Array> {
	// A converter would make a PDF of an Office file; there is none here, so it stays as it came.
	if (file.suffix !== '.pdf') return file.bytes;
	const { positionOrigin, swapEvenOddPages } = world.switches;
	const key = `${file.id} ${positionOrigin} ${swapEvenOddPages}`;
	const known = contract.stamped.get(key);
	if (known) return known;
	const bytes = await stampPdf(world, contract, file);
	contract.stamped.set(key, bytes);
	return bytes;
}
