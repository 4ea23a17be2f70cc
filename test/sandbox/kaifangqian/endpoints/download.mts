import { zipSync } from 'fflate';
import { deterministicBytes } from '../../shared/bytes.mjs';
import { businessRefusal, missing, plainRefusal } from '../answers.mjs';
import { isParty, type Contract } from '../contract/model.mjs';
import { asDownload, endpoint, ownContract } from '../endpoint.mjs';
import { isFilled } from '../java.mjs';
import { requests } from '../shapes.mjs';
import { stampedDocuments } from '../stamp/documents.mjs';
import { accountOf, lineById, type World } from '../world.mjs';

/** GET /contract/document/download (docs/api/kaifangqian.md 6.13): the file as it is, in nearly any state. */
export const downloadContract = endpoint({
	method: 'GET',
	path: '/contract/document/download',
	fields: requests.download,
	throttled: true,
	async run(call) {
		const { world, params } = call;
		const { contractId, contact } = params;
		if (!isFilled(contractId)) return missing('contractId');
		const contract = ownContract(call, contractId, 'contractId');
		if (contact === undefined || !accountOf(world, contact)) return businessRefusal('账号不存在');
		if (!mayDownload(world, contract, contact))
			businessRefusal('operator不是合同参与人或业务线中指定的签约文件下载人，无下载权限');
		if (['DELETED', 'START'].includes(contract.status)) plainRefusal('签章数据不存在');

		const { downloadFileName, downloadBytes } = world.switches;
		const zipName = downloadFileName ?? `${contract.subject}${world.now()}.zip`;
		if (downloadBytes !== undefined) {
			const head = Buffer.from('PK\x03\x04', 'latin1');
			return asDownload({ fileName: zipName, content: deterministicBytes(downloadBytes, head) });
		}
		const documents = await stampedDocuments(world, contract);
		if (documents.length === 0) return plainRefusal('签章数据不存在');
		if (documents.length === 1) {
			const [{ bytes, fileName }] = documents;
			return asDownload({ fileName: downloadFileName ?? fileName, content: bytes });
		}
		const entries: Record<string, Uint8Array> = {};
		for (const { fileName, bytes } of documents) {
			if (Object.hasOwn(entries, fileName)) plainRefusal(`duplicate entry: ${fileName}`);
			entries[fileName] = bytes;
		}
		// PDFs are compressed already, so the archive only stores them.
		return asDownload({ fileName: zipName, content: zipSync(entries, { level: 0 }) });
	},
});

/** Who started it always; the parties and those who may view, as far as the line lets them. */
function mayDownload(world: World, contract: Contract, contact: string): boolean {
	if (contract.operator.contact === contact) return true;
	const line = lineById(world, contract.signReId);
	const isOpenTo = (group: number) => line?.downloaders === group || line?.downloaders === 3;
	if (isOpenTo(1) && isParty(contract, contact)) return true;
	return isOpenTo(2) && (line?.viewers.includes(contact) ?? false);
}
