import {
	decodePDFRawStream,
	PDFArray,
	PDFDict,
	PDFName,
	PDFNumber,
	PDFRawStream,
	StandardFontEmbedder,
	StandardFonts,
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
type Widths = (code: number, text: string) => number | undefined;

/** How to read strings shown in a font of these resources. */
export function decoderOf(resources: PDFDict | undefined, name: string): Decoder {
	const font = resources
		?.lookupMaybe(PDFName.of('Font'), PDFDict)
		?.lookupMaybe(PDFName.of(name), PDFDict);
	const isComposite = font?.lookupMaybe(PDFName.of('Subtype'), PDFName) === PDFName.of('Type0');
	const unicode = unicodeOf(font);
	// Without a map of its own, a composite font is only readable when its codes are Unicode.
	const encoding = font?.get(PDFName.of('Encoding'))?.toString() ?? '';
	const isUnicode = /UCS2|UTF16/.test(encoding);
	const ownText = isComposite && !isUnicode ? () => '\ufffd' : String.fromCharCode;
	const widths = isComposite ? compositeWidths(font, isUnicode) : simpleWidths(font);
	const step = isComposite ? 2 : 1;
	return (bytes) => {
		const codes: DecodedCode[] = [];
		for (let at = 0; at + step <= bytes.length; at += step) {
			const part = bytes.slice(at, at + step);
			const code = step === 2 ? (part.charCodeAt(0) << 8) | part.charCodeAt(1) : part.charCodeAt(0);
			const text = unicode.get(code) ?? ownText(code);
			codes.push({ bytes: part, text, width: widths(code, text) ?? estimate(text) });
		}
		return codes;
	};
}

/** Chinese characters are as wide as high, letters about half. */
const estimate = (text: string): number => (/^[\x00-\xff]*$/.test(text) ? 520 : 1000);

function simpleWidths(font: PDFDict | undefined): Widths {
	const widths = font?.lookupMaybe(PDFName.of('Widths'), PDFArray);
	const first = font?.lookupMaybe(PDFName.of('FirstChar'), PDFNumber)?.asNumber() ?? 0;
	if (!widths) return standardWidths(font);
	return (code) => {
		const index = code - first;
		return index >= 0 && index < widths.size()
			? widths.lookupMaybe(index, PDFNumber)?.asNumber()
			: undefined;
	};
}

type StandardFont = Parameters<typeof StandardFontEmbedder.for>[0];
const STANDARD = new Set<string>(Object.values(StandardFonts));
const isStandard = (name: string | undefined): name is StandardFont =>
	name !== undefined && STANDARD.has(name);

/** The fourteen fonts that every reader has come without widths. */
function standardWidths(font: PDFDict | undefined): Widths {
	const base = font?.lookupMaybe(PDFName.of('BaseFont'), PDFName)?.decodeText();
	if (!isStandard(base)) return () => undefined;
	const embedder = StandardFontEmbedder.for(base);
	return (_code, text) => {
		try {
			return embedder.widthOfTextAtSize(text, 1000);
		} catch {
			// A character that the font lacks.
			return undefined;
		}
	};
}

/** `W` of the descendant: `first [w …]` and `first last w`, by character ids. */
function compositeWidths(font: PDFDict | undefined, isUnicode: boolean): Widths {
	const descendant = font
		?.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)
		?.lookupMaybe(0, PDFDict);
	const standard = descendant?.lookupMaybe(PDFName.of('DW'), PDFNumber)?.asNumber() ?? 1000;
	const listed = descendant?.lookupMaybe(PDFName.of('W'), PDFArray);
	const widths = new Map<number, number>();
	for (let at = 0; listed && at + 1 < listed.size();) {
		const first = listed.lookupMaybe(at, PDFNumber)?.asNumber() ?? 0;
		const next = listed.lookup(at + 1);
		if (next instanceof PDFArray) {
			next.asArray().forEach((_, index) => {
				const width = next.lookupMaybe(index, PDFNumber)?.asNumber();
				if (width !== undefined) widths.set(first + index, width);
			});
			at += 2;
			continue;
		}
		const last = Math.min(next instanceof PDFNumber ? next.asNumber() : first, first + 0xffff);
		const width = listed.lookupMaybe(at + 2, PDFNumber)?.asNumber() ?? standard;
		for (let id = first; id <= last; id += 1) widths.set(id, width);
		at += 3;
	}
	// Adobe's Chinese, Japanese and Korean collections begin with the printable letters of ASCII.
	const idOf = (code: number) =>
		isUnicode ? (code >= 0x20 && code < 0x7f ? code - 0x1f : undefined) : code;
	return (code) => {
		const id = idOf(code);
		return (id === undefined ? undefined : widths.get(id)) ?? standard;
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
