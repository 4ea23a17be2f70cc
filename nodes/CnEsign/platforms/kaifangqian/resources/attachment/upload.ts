import { lazily } from '../../../../runtime/lazily';
import { resultItems } from '../../../../runtime/results';
import type { KaifangqianOperation } from '../operation';
import { uploadProperties, type UploadKind } from '../uploadFields';

const uploading = lazily(async () => await import('../upload.js'));

export const annexKind: UploadKind = {
	path: '/annex/file',
	suffixes: ['.doc', '.docx', '.wps', '.jpg', '.png', '.pdf', '.xlsx', '.zip', '.rar'],
	sizeLimit: 20,
	suffixHint: 'Attachments may be .doc, .docx, .wps, .jpg, .png, .pdf, .xlsx, .zip or .rar.',
};

/** POST /annex/file (api/kaifangqian.md §6.3). */
export const upload: KaifangqianOperation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload attachment',
	description:
		'Upload a file that goes along with a contract without being signed (上传附件). Returns its file ID.',
	properties: uploadProperties(annexKind),
	async run(call) {
		const { uploadFile } = await uploading();
		const { result, fileName } = await uploadFile(call, annexKind);
		return resultItems(result).map(({ json }) => ({ json: { ...json, fileName } }));
	},
};
