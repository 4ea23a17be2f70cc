import {
	decodePDFRawStream,
	PDFArray,
	PDFDict,
	PDFName,
	PDFNumber,
	PDFRawStream,
	type PDFPage,
} from 'pdf-lib';

export interface DecodedCode {
	/** The bytes in the content stream, as Latin-1. */
	bytes: string;
	/** What they say. */
	text: string;
	/** In thousandths of the font size. */
	width: number;
}

export type Decoder = (bytes: string) => DecodedCode[];

/** How to read strings shown in a page's font. */
export function decoderOf(page: PDFPage, name: string): Decoder {
	const font = page.node
		.Resources()
		?.lookupMaybe(PDFName.of('Font'), PDFDict)
		?.lookupMaybe(PDFName.of(name), PDFDict);
	const isComposite = font?.lookupMaybe(PDFName.of('Subtype'), PDFName) === PDFName.of('Type0');
	const unicode = unicodeOf(font);
	const widths = isComposite ? undefined : simpleWidths(font);
	// Without a map of its own, a composite font is only readable when its codes are Unicode.
	const encoding = font?.get(PDFName.of('Encoding'))?.toString() ?? '';
	const ownText =
		isComposite && !/UCS2|UTF16/.test(encoding) ? () => '\ufffd' : String.fromCharCode;
	const step = isComposite ? 2 : 1;
	return (bytes) => {
		const codes: DecodedCode[] = [];
		for (let at = 0; at + step <= bytes.length; at += step) {
			const part = bytes.slice(at, at + step);
			const code = step === 2 ? (part.charCodeAt(0) << 8) | part.charCodeAt(1) : part.charCodeAt(0);
			const text = unicode.get(code) ?? ownText(code);
			codes.push({ bytes: part, text, width: widths?.(code) ?? estimate(text) });
		}
		return codes;
	};
}

/** Chinese characters are as wide as high, letters about half. */
const estimate = (text: string): number => (/^[\x00-\xff]*$/.test(text) ? 520 : 1000);

function simpleWidths(
	font: PDFDict | undefined,
): ((code: number) => number | undefined) | undefined {
	const widths = font?.lookupMaybe(PDFName.of('Widths'), PDFArray);
	const first = font?.lookupMaybe(PDFName.of('FirstChar'), PDFNumber)?.asNumber() ?? 0;
	if (!widths) return undefined;
	return (code) => {
		const index = code - first;
		return index >= 0 && index < widths.size()
			? widths.lookupMaybe(index, PDFNumber)?.asNumber()
			: undefined;
	};
}

/** The font's ToUnicode map: lists of `<code> <text>` and ranges `<from> <to> <text>`. */
function unicodeOf(font: PDFDict | undefined): Map<number, string> {
	const map = new Map<number, string>();
	const stream = font?.lookup(PDFName.of('ToUnicode'));
	if (!(stream instanceof PDFRawStream)) return map;
	const cmap = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
	for (const [, block] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
		for (const [, code, text] of block.matchAll(/<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>/g)) {
			map.set(parseInt(code, 16), utf16(text));
		}
	}
	for (const [, block] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) addRanges(map, block);
	return map;
}

function addRanges(map: Map<number, string>, block: string): void {
	const range = /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])/g;
	for (const [, from, to, start, list] of block.matchAll(range)) {
		const texts = list?.match(/[0-9A-Fa-f]+/g);
		const first = parseInt(from, 16);
		const last = Math.min(parseInt(to, 16), first + 0xffff);
		for (let code = first; code <= last; code += 1) {
			if (texts) map.set(code, utf16(texts[code - first] ?? ''));
			else map.set(code, String.fromCodePoint(parseInt(start, 16) + code - first));
		}
	}
}

const utf16 = (hex: string): string =>
	Buffer.from(hex.replace(/\s/g, ''), 'hex').swap16().toString('utf16le');
