import { given } from '../../../fields';
import type { Raw } from '../../../wire';
import { AUTOMATIC } from './signerRowFields';
import type { SignerRow } from './signerRows';

/** Whether a row is another step of the party that the row before it belongs to. */
export const sameParty = (one: SignerRow, other: SignerRow): boolean =>
	one.signerType === other.signerType &&
	(one.signerType === 'SENDER' ||
		(one.signerType === 'RECEIVER_ENT' && one.company === other.company));

const positionsOf = ({ position, files }: SignerRow, docIds: string[]): Raw[] | undefined =>
	position && [
		{
			...position,
			relationDocList: files.map((file) => ({ docType: '1', docId: docIds[file] })),
		},
	];

const nodeOf = (row: SignerRow, index: number, docIds: string[]): Raw =>
	given({
		nodeType: row.nodeType,
		signerOrder: String(index + 1),
		autoSign: row.automatic ? AUTOMATIC : undefined,
		sealId: row.sealId,
		signer: row.signer,
		positionParamList: positionsOf(row, docIds),
	});

/** `signerList` (api/kaifangqian.md §5.2): one party per person or company, in the order of the rows. */
export const signerListOf = (rows: SignerRow[], docIds: string[]): Raw[] => {
	const parties: SignerRow[][] = [];
	for (const row of rows) {
		const last = parties.at(-1);
		if (last && sameParty(last[0], row)) last.push(row);
		else parties.push([row]);
	}
	return parties.map((party, index) => {
		const [first] = party;
		const signerOrder = String(index + 1);
		if (first.signerType === 'RECEIVER_PERSONAL')
			return given({
				signerType: first.signerType,
				signerName: first.signer?.name,
				signerOrder,
				receiver: first.signer,
				positionParamList: positionsOf(first, docIds),
			});
		return given({
			signerType: first.signerType,
			signerName: party.map(({ company }) => company).find((company) => company !== ''),
			signerOrder,
			internalNodeList: party.map((row, step) => nodeOf(row, step, docIds)),
		});
	});
};
