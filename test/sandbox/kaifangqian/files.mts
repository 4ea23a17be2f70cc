// The server tells the type from the bytes (api/kaifangqian.md §6.2).

type Kind = 'pdf' | 'ole' | 'zip' | 'docx' | 'xlsx' | 'png' | 'jpg' | 'rar' | 'other';

const startsWith = (bytes: Buffer, ...head: number[]): boolean =>
	bytes.length >= head.length && head.every((byte, index) => bytes[index] === byte);

export function sniff(bytes: Buffer): Kind {
	if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'pdf';
	if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'ole';
	if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
	if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpg';
	if (bytes.subarray(0, 6).toString('latin1') === 'Rar!\x1a\x07') return 'rar';
	// 03 04: a file follows; 05 06: an archive without files.
	if (startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0x50, 0x4b, 5, 6))
		return officeKind(bytes);
	return 'other';
}

/** Office files are ZIPs whose parts give them away. */
function officeKind(bytes: Buffer): Kind {
	if (bytes.includes('word/')) return 'docx';
	if (bytes.includes('xl/')) return 'xlsx';
	return 'zip';
}

const ACCEPTED: Record<string, Kind[]> = {
	'.pdf': ['pdf'],
	'.doc': ['ole'],
	'.xls': ['ole'],
	'.wps': ['ole'],
	'.docx': ['docx'],
	'.xlsx': ['xlsx'],
	'.zip': ['zip', 'docx', 'xlsx'],
	'.rar': ['rar'],
	'.jpg': ['jpg'],
	'.png': ['png'],
};

export const OFFICE_SUFFIXES = ['.doc', '.docx', '.xls', '.xlsx'];
export const DOCUMENT_SUFFIXES = ['.pdf', ...OFFICE_SUFFIXES];
export const ANNEX_SUFFIXES = [
	'.doc',
	'.docx',
	'.wps',
	'.jpg',
	'.png',
	'.pdf',
	'.xlsx',
	'.zip',
	'.rar',
];

export const bytesMatch = (suffix: string, bytes: Buffer): boolean =>
	ACCEPTED[suffix]?.includes(sniff(bytes)) ?? false;

/** Undefined when the text is not Base64: Node's decoder would quietly skip what it cannot read. */
export function decodeBase64(text: string): Buffer | undefined {
	if (text.includes('-') || text.includes('_')) return undefined;
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const bytes = Buffer.from(text, 'base64');
	return bytes.length === Math.floor(((text.length - padding) * 3) / 4) ? bytes : undefined;
}
