import { annexKind } from '../../files/kinds';
import { uploadOperation } from '../../files/uploadOperation';

/** POST /annex/file (docs/api/kaifangqian.md, 6.3). */
export const upload = uploadOperation(annexKind, {
	action: 'Upload attachment',
	description:
		'Upload a file that goes along with a contract without being signed (上传附件). Returns its file ID.',
});
