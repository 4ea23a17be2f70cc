/** What the two upload endpoints take (docs/api/kaifangqian.md, 6.2, 6.3). */
export interface UploadKind {
	path: string;
	/** Key of the ID in the answer. */
	idKey: 'docId' | 'fileId';
	suffixes: string[];
	/** Megabytes that the vendor names as the limit (docs/api/kaifangqian.md, 3.3). */
	sizeLimit: number;
	/** What to do when the suffix does not fit. */
	suffixHint: string;
	/** The bytes decide what a file is, and it is stored as its name and `.pdf`. */
	becomesPdf: boolean;
}

export const documentKind: UploadKind = {
	path: '/document/file',
	idKey: 'docId',
	suffixes: ['.pdf', '.doc', '.docx', '.xls', '.xlsx'],
	sizeLimit: 30,
	suffixHint:
		'Files to sign are PDF. Word and Excel files (.doc, .docx, .xls, .xlsx) work only where the installation can convert them.',
	becomesPdf: true,
};

export const annexKind: UploadKind = {
	path: '/annex/file',
	idKey: 'fileId',
	suffixes: ['.doc', '.docx', '.wps', '.jpg', '.png', '.pdf', '.xlsx', '.zip', '.rar'],
	sizeLimit: 20,
	suffixHint: 'Attachments may be .doc, .docx, .wps, .jpg, .png, .pdf, .xlsx, .zip or .rar.',
	becomesPdf: false,
};
