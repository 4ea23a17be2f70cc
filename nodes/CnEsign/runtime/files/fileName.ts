import { uriDecoded } from '../items/values';

// Invisible characters that change how a name reads: control characters, marks of writing direction,
// zero-width characters, separators of lines.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;
const FORBIDDEN = /[<>:"/\\|?*]/g;
const RESERVED_ON_WINDOWS = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
// In bytes: what every disk takes, with room for a number behind the name.
const LONGEST = 200;

/** Cut to at most `max` UTF-8 bytes, never inside a character. */
const cut = (text: string, max: number): string => {
	let result = '';
	let used = 0;
	for (const character of text) {
		used += Buffer.byteLength(character);
		if (used > max) break;
		result += character;
	}
	return result;
};

/** A file name from outside, made safe to write to any disk: no path, nothing invisible, not too long. */
export function safeFileName(name: string, fallback = 'document', longest = LONGEST): string {
	const clean = name
		.normalize('NFC')
		.replace(INVISIBLE, '')
		.replace(FORBIDDEN, '_')
		.replace(/^[.\s]+|[.\s]+$/g, '');
	if (clean === '' || /^_+$/.test(clean)) return fallback;
	const guarded = RESERVED_ON_WINDOWS.test(clean) ? `_${clean}` : clean;
	const dot = guarded.lastIndexOf('.');
	const suffix = dot > 0 && guarded.length - dot <= 10 ? guarded.slice(dot) : '';
	const stem = cut(
		guarded.slice(0, guarded.length - suffix.length),
		longest - Buffer.byteLength(suffix),
	);
	// Where it was cut, the last character may again be one that no name ends with.
	return stem.replace(/[.\s]+$/, '') + suffix;
}

/** Lower-case suffix with its dot, or `''`. */
export function suffixOf(name: string): string {
	return /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? '';
}

/** UTF-8 that was read as Latin-1, put right; every other text as it is. */
export function repairedUtf8(text: string): string {
	if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
	return textIn(Buffer.from(text, 'latin1'), 'utf-8') ?? text;
}

const textIn = (bytes: Uint8Array, charset: string): string | undefined => {
	try {
		return new TextDecoder(charset, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
};

/** Percent signs as the bytes that they stand for. */
const bytesOf = (encoded: string): Buffer =>
	Buffer.from(
		encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1',
	);

/** `=?UTF-8?B?…?=`, which mail knows and some servers write for browsers. */
export const mailWord = (text: string): string =>
	text.replace(
		/=\?([\w-]+)\?([BQ])\?([^?]*)\?=/gi,
		(word, charset: string, form: string, content: string) => {
			const bytes = /b/i.test(form)
				? Buffer.from(content, 'base64')
				: bytesOf(content.replace(/_/g, ' ').replace(/=(?=[0-9a-f]{2})/gi, '%'));
			return textIn(bytes, charset) ?? word;
		},
	);

/** A value as RFC 5987 has it: charset, language, and the text with percent signs. */
const extendedName = (value: string): string | undefined => {
	const [, charset, text] = /^([\w-]+)'[^']*'(.*)$/s.exec(value) ?? [];
	return charset === undefined ? uriDecoded(value) : textIn(bytesOf(text), charset);
};

// Each match begins where the one before it ended, so that text inside quotes is not taken for a parameter.
const PARAMETER = /(?:^|;)\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/gs;

/** The file name in a `Content-Disposition` header, or `''`. `filename*` wins, as RFC 6266 has it. */
export function dispositionName(header = ''): string {
	const given = new Map<string, string>();
	for (const [, name, quoted, plain] of header.matchAll(PARAMETER)) {
		const key = name.toLowerCase();
		if (!given.has(key)) given.set(key, quoted?.replace(/\\(.)/g, '$1') ?? (plain ?? '').trim());
	}
	const extended = given.get('filename*');
	const name = extended === undefined ? undefined : extendedName(extended);
	return name ?? uriDecoded(mailWord(repairedUtf8(given.get('filename') ?? '')));
}

/** A form-encoded name: a blank is a plus. */
export function formDecoded(name: string): string {
	return uriDecoded(name.replace(/\+/g, ' '));
}
