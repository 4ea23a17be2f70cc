/** What real spreadsheets, forms and keyboards deliver with a text. */

// Zero-width characters, marks of writing direction, control characters other than line breaks and tabs.
const INVISIBLE = /\p{Cf}|(?![\t\n\r])\p{Cc}/gu;

export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '').trim();
}

/** Entries of a list in one text. */
export function splitList(text: string): string[] {
	return text.split(/[,，、;；\r\n]/);
}

// What JavaScript writes where a value was missing.
const NO_VALUE = /(?:^|[^A-Za-z])(undefined|null|NaN)$|(\[object Object\])$/;

/** Why a text cannot be what was meant. */
export function spoiltBy(text: string): { reason: string; hint: string } | undefined {
	if (text.includes('\ufffd'))
		return {
			reason: 'holds characters that were lost',
			hint: 'The text was read in the wrong character set. Read the file again in its own, often GBK.',
		};
	const missing = NO_VALUE.exec(text);
	if (!missing) return undefined;
	return {
		reason: `ends in '${missing[1] ?? missing[2]}'`,
		hint: 'An expression in it found no value: look at the input on the left.',
	};
}
