import { lazily } from '../../../../runtime/lazily';
import { resultItems } from '../../../../runtime/results';
import type { KaifangqianOperation } from '../operation';
import { uploadProperties, type UploadKind } from '../uploadFields';

const uploading = lazily(async () => await import('../upload.js'));

export const documentKind: UploadKind = {
	path: '/document/file',
	suffixes: ['.pdf', '.doc', '.docx', '.xls', '.xlsx'],
	sizeLimit: 30,
	suffixHint:
		'Files to sign are PDF. Word and Excel files (.doc, .docx, .xls, .xlsx) work only where the installation can convert them.',
};

/** POST /document/file (api/kaifangqian.md §6.2). */
export const upload: KaifangqianOperation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload document',
	description: 'Upload a file that is to be signed (上传本地签约文件). Returns its document ID.',
	properties: uploadProperties(documentKind),
	async run(call) {
		const { uploadFile } = await uploading();
		const { result, fileName } = await uploadFile(call, documentKind);
		return resultItems(result).map(({ json }) => ({ json: { ...json, fileName } }));
	},
};
