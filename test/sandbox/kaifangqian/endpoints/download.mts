import { zipSync } from 'fflate';
import { deterministicBytes } from '../../shared/bytes.mjs';
import { businessRefusal } from '../answers.mjs';
import { isParty, type Contract } from '../contract/model.mjs';
import { asDownload, endpoint, ownContract } from '../endpoint.mjs';
import { schemas } from '../schemas.mjs';
import { stampedDocuments } from '../stamp/documents.mjs';
import { findMember, type World } from '../world.mjs';

/** GET /contract/document/download (api/kaifangqian.md §6.13). */
export const downloadContract = endpoint<{ contact: string; contractId: string }>({
	method: 'GET',
	path: '/contract/document/download',
	schema: schemas.download,
	throttled: true,
	async run(call) {
		const { world, params } = call;
		const contract = ownContract(call, params.contractId);
		if (!mayDownload(world, contract, params.contact)) return businessRefusal('无下载权限');
		const { downloadFileName, downloadBytes } = world.switches;
		if (downloadBytes !== undefined) {
			return asDownload({
				fileName: downloadFileName ?? `${titleOf(contract)}.zip`,
				content: deterministicBytes(downloadBytes, Buffer.from('PK\x03\x04', 'latin1')),
				length: downloadBytes,
			});
		}
		const documents = await stampedDocuments(world, contract);
		if (documents.length === 0) return businessRefusal('签约文件不存在');
		if (documents.length === 1) {
			const [{ bytes, suffix }] = documents;
			const fileName = downloadFileName ?? `${titleOf(contract)}${suffix}`;
			return asDownload({ fileName, content: bytes, length: bytes.length });
		}
		// PDFs are compressed already, so the archive only stores them.
		const archive = zipSync(Object.fromEntries(unique(documents)), { level: 0 });
		const fileName = downloadFileName ?? `${titleOf(contract)}.zip`;
		return asDownload({ fileName, content: archive, length: archive.length });
	},
});

/** The file is named after the contract; what the platform does without a subject is not known. */
const titleOf = (contract: Contract): string =>
	contract.subject?.trim() || contract.sn?.trim() || '合同';

/** A party, the starter, or someone the business line lets view or download. */
function mayDownload(world: World, contract: Contract, contact: string): boolean {
	if (contract.status === 'DELETED' || contract.status === 'CLEAN_UP') return false;
	const line = Object.values(world.lines).find(({ signReId }) => signReId === contract.signReId);
	const member = findMember(world, contract.company, contact);
	return isParty(contract, contact) || Boolean(member && line?.viewers.includes(member.mobile));
}

/** Two files of one name in an archive: the later gets a number. */
function unique(
	documents: Array<{ fileName: string; bytes: Uint8Array }>,
): Array<[string, Uint8Array]> {
	const used = new Set<string>();
	return documents.map(({ fileName, bytes }) => {
		let name = fileName;
		for (let number = 2; used.has(name); number += 1) {
			name = fileName.replace(/(\.[^.]*)?$/, (suffix) => ` (${number})${suffix}`);
		}
		used.add(name);
		return [name, bytes];
	});
}
