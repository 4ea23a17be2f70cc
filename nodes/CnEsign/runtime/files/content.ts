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

/** What a file is, in words that complete "It contains …". */
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

// What cameras, phones, scanners and programs write.
const PICTURES: Array<(head: Buffer) => boolean> = [
	(head) => signatureOf(head)?.kind.endsWith('picture') === true,
	(head) => /^(?:GIF8|BM|II\*\0|MM\0\*)/.test(head.toString('latin1', 0, 4)),
	(head) => /^RIFF[^]{4}WEBP/.test(head.toString('latin1', 0, 12)),
	// HEIC and AVIF.
	(head) => /^[^]{4}ftyp(?:hei|hev|mif|msf|avi)/.test(head.toString('latin1', 0, 12)),
];

/** What the content is instead of a picture. */
export function insteadOfPicture(head: Buffer): string | undefined {
	return PICTURES.some((fits) => fits(head)) ? undefined : kindOf(head);
}
