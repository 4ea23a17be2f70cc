import { omitEmpty } from '../../../../runtime/items/values';
import type { DocumentRef } from './positions';
import { sameParty, type SignerRow } from './rows';
import type { Raw } from './wireReader';

const idOf = (document: DocumentRef, docIds: string[]): Raw =>
	'file' in document
		? { docType: '1', docId: docIds[document.file] }
		: { docType: document.docType, docId: document.docId };

const positionsOf = ({ positions }: SignerRow, docIds: string[]): Raw[] | undefined =>
	positions.length === 0
		? undefined
		: positions.map(({ wire, documents }) => ({
				...wire,
				relationDocList: documents.map((document) => idOf(document, docIds)),
			}));

/** The rows of one party together. */
export function partiesOf(rows: SignerRow[]): SignerRow[][] {
	const found: SignerRow[][] = [];
	for (const row of rows) {
		const last = found.at(-1);
		if (last && sameParty(last[0], row)) last.push(row);
		else found.push([row]);
	}
	return found;
}

/**
 * `signerList` (docs/api/kaifangqian.md, 5.2): one party per person or company, in the order of the rows.
 * `docIds`: the IDs of the files that were uploaded, in the order of sending.
 */
export function toSignerList(rows: SignerRow[], docIds: string[] = []): Raw[] {
	let latest = 0;
	return partiesOf(rows).map((party) => {
		const [first] = party;
		latest = party.find(({ order }) => order !== undefined)?.order ?? latest + 1;
		const signerOrder = String(latest);
		if (first.signerType === 'RECEIVER_PERSONAL')
			return omitEmpty({
				signerType: first.signerType,
				signerName: first.signer?.name,
				signerOrder,
				...first.step,
				positionParamList: positionsOf(first, docIds),
			});
		return omitEmpty({
			signerType: first.signerType,
			signerName: party.map(({ company }) => company).find((company) => company !== ''),
			signerOrder,
			internalNodeList: party.map((row, index) =>
				omitEmpty({
					...row.step,
					signerOrder: String(index + 1),
					positionParamList: positionsOf(row, docIds),
				}),
			),
		});
	});
}
