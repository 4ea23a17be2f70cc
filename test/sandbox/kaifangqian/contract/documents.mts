import { internalRefusal, refuse } from '../answers.mjs';
import type { ContractDocument } from '../fields/place.mjs';
import { pagesOf } from '../pdf/pages.mjs';
import type { Template } from '../seeds.mjs';
import { templatePdf } from '../stamp/template.mjs';
import type { World } from '../world.mjs';

/** What a contract's fields can stand on: the line's template, then the files of the call. */
export async function documentsOf(
	world: World,
	company: string,
	docIds: Array<string | undefined>,
	template: Template | undefined,
): Promise<ContractDocument[]> {
	const files = docIds.map((docId) => {
		const file = docId === undefined ? undefined : world.files.get(docId);
		// An attachment can be named as document: both are kept in one place.
		return file?.company === company ? file : refuse(21000, '签约文件不存在');
	});
	const documents: ContractDocument[] = [];
	if (template) {
		const pages = await pagesOf(await templatePdf(template, {}));
		if (pages) documents.push({ docId: template.templateId, docType: '2', pages });
	}
	for (const { id, bytes } of files) {
		const pages = (await pagesOf(bytes)) ?? internalRefusal('pdf文件异常');
		documents.push({ docId: id, docType: '1', pages });
	}
	return documents;
}
