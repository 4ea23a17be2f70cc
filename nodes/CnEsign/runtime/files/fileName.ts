// Invisible characters that change how a name reads: control characters, marks of writing direction,
// zero-width characters, separators of lines.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
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

const decoded = (name: string): string => {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
};

/** The file name in a `Content-Disposition` header, or `''`. `filename*` wins, as RFC 6266 has it. */
export function dispositionName(header = ''): string {
	const extended = /(?:^|;)\s*filename\*\s*=\s*(?:UTF-8|ISO-8859-1)'[^']*'([^;\s]+)/i.exec(
		header,
	)?.[1];
	if (extended !== undefined) return decoded(extended);
	const [, quoted, plain] =
		/(?:^|;)\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/i.exec(header) ?? [];
	return decoded((quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '').trim());
}

/** A form-encoded name: a blank is a plus. */
export function formDecoded(name: string): string {
	return decoded(name.replace(/\+/g, ' '));
}
