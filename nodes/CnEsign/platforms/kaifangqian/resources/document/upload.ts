import { documentKind } from '../../files/kinds';
import { uploadOperation } from '../../files/uploadOperation';

/** POST /document/file (docs/api/kaifangqian.md, 6.2). */
export const upload = uploadOperation(documentKind, {
	action: 'Upload document',
	description: 'Upload a file that is to be signed (上传本地签约文件). Returns its document ID.',
});
