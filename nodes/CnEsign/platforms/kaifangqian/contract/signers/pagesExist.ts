import type { Parameters } from '../../../../runtime/items/parameters';
import type { ContractFile } from '../../files/contractFiles';
import { pdfFacts } from '../../files/pdf';
import type { SignerRow } from './rows';

const highestOf = (pages: string): number =>
	Math.max(0, ...pages.split(/[,-]/).map(Number).filter(Number.isFinite));

/**
 * Refuses a page beyond a file's last, where the file tells how many it has. The platform answers such a page
 * with an unexpected exception (docs/api/kaifangqian.md, 5.4).
 */
export async function checkPagesExist(
	{ fail }: Parameters,
	rows: SignerRow[],
	files: ContractFile[],
): Promise<void> {
	const counted = new Map<number, number | undefined>();
	const pagesOf = async (index: number): Promise<number | undefined> => {
		const file = files[index];
		if (!counted.has(index))
			counted.set(
				index,
				'id' in file || file.suffix !== '.pdf' ? undefined : (await pdfFacts(file.file)).pages,
			);
		return counted.get(index);
	};
	for (const { row, positions } of rows)
		for (const { wire, documents } of positions) {
			const highest =
				wire.controlType === 'CHOP_STAMP' ? 0 : highestOf(String(wire.pageConfig ?? ''));
			// Every file has a first page; the file is read only for the others.
			if (highest <= 1) continue;
			for (const document of documents) {
				if (!('file' in document)) continue;
				const pages = await pagesOf(document.file);
				if (pages !== undefined && highest > pages)
					fail(
						`Signer ${row} is to sign on page ${highest}, but file ${document.file + 1} has ${pages} page${pages === 1 ? '' : 's'}`,
						'Nothing was sent. Correct the pages of the position.',
					);
			}
		}
}
