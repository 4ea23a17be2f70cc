/** What a file is, told by its first bytes. */

// A zip container can be one of several formats.
const SIGNATURES: Array<{ kind: string; suffixes: string[]; bytes: Buffer }> = [
	{ kind: 'a PDF file', suffixes: ['.pdf'], bytes: Buffer.from('%PDF-') },
	{ kind: 'a PNG picture', suffixes: ['.png'], bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
	{ kind: 'a JPEG picture', suffixes: ['.jpg'], bytes: Buffer.from([0xff, 0xd8, 0xff]) },
	{ kind: 'a RAR archive', suffixes: ['.rar'], bytes: Buffer.from('Rar!') },
	{
		kind: 'an Office document or ZIP archive',
		suffixes: ['.docx', '.xlsx', '.zip'],
		bytes: Buffer.from('PK'),
	},
	{
		kind: 'an older Office document',
		suffixes: ['.doc', '.xls', '.wps'],
		bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
	},
];

const signatureOf = (head: Buffer) =>
	SIGNATURES.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes));

/** Where the PDF begins: 0 for most, -1 where there is none. Some programs put bytes in front. */
export function pdfStart(head: Buffer): number {
	return head.indexOf('%PDF-');
}

export function isPdf(head: Buffer): boolean {
	return pdfStart(head) === 0;
}

export function kindOf(head: Buffer): string {
	return signatureOf(head)?.kind ?? 'something else, such as text or a web page';
}

/** What the content is instead of what the suffix says; `undefined` where the two may fit. */
export function contentMismatch(head: Buffer, suffix: string): string | undefined {
	const found = signatureOf(head);
	const expected = SIGNATURES.find(({ suffixes }) => suffixes.includes(suffix));
	if (!expected || found === expected) return undefined;
	// WPS writes both kinds of container.
	if (suffix === '.wps' && found?.suffixes.includes('.docx')) return undefined;
	return kindOf(head);
}

const isText = (head: Buffer): boolean =>
	head.length > 0 &&
	head
		.subarray(0, 64)
		.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));

/** What the content plainly is instead of a picture: text, a web page, a document. */
export function insteadOfPicture(head: Buffer): string | undefined {
	if (isText(head)) return kindOf(head);
	const found = signatureOf(head);
	return found && !found.kind.endsWith('picture') ? found.kind : undefined;
}
