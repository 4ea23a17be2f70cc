/** What real spreadsheets, forms and keyboards deliver with a text. */

// Zero-width characters, marks of writing direction, fillers and variation selectors, control characters
// other than line breaks and tabs.
const INVISIBLE = /\p{Cf}|\p{Default_Ignorable_Code_Point}|\u2800|(?![\t\n\v\f\r])\p{Cc}/gu;

/** Line breaks of every kind: word processors and databases have their own. */
const LINE_BREAK = /[\n\v\f\r\u2028\u2029]/;

/** Trimmed, and without invisible characters; line breaks and tabs inside the text stay. */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '').trim();
}

export function hasLineBreak(text: string): boolean {
	return LINE_BREAK.test(text);
}

/** What is wrong with a text of one line that holds a tab. */
export function joinedCells(text: string): { reason: string; hint: string } | undefined {
	if (!text.includes('\t')) return undefined;
	return {
		reason: 'holds a tab',
		hint: 'Two cells of a spreadsheet have come together: enter one.',
	};
}

// Commas, semicolons and the comma of lists 、 in every width and position, line breaks, and the tab
// between the cells of a spreadsheet.
const SEPARATORS = /[,，﹐︐،;；﹔︔、､﹑︑\t\n\v\f\r\u2028\u2029]/;

/** Entries of a list in one text. */
export function splitList(text: string): string[] {
	return text.split(SEPARATORS);
}

// What JavaScript and n8n's dates write where a value was missing. Words may end in the shorter ones.
const NO_VALUE =
	/(?:^|[^A-Za-z])(null|NaN)$|(undefined|\[object [A-Z][A-Za-z]*\]|Invalid Date(?:Time)?)$/;

/** The same in front, where an expression joins texts: 'undefined的合同'. */
const NO_VALUE_FIRST = /^(undefined|\[object [A-Z][A-Za-z]*\])(?![A-Za-z\s,，、;；])/;

// What a spreadsheet shows where it could not reckon.
const SHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/;

// What n8n replaces only where the field is switched to an expression.
const BRACED = /\{\{[^{}]*\}\}/g;

/** Why a text cannot be what was meant. */
export function spoiltBy(text: string): { reason: string; hint: string } | undefined {
	if (text.includes('\ufffd'))
		return {
			reason: 'holds characters that were lost',
			hint: 'The text was read in the wrong character set. Read the file again in its own, often GBK.',
		};
	if (SHEET_ERROR.test(text))
		return {
			reason: `is '${text}', an error of the spreadsheet`,
			hint: 'Correct the cell there, or leave it empty.',
		};
	if (text.match(BRACED)?.some((braced) => braced.includes('$')))
		return {
			reason: 'holds an expression that was not evaluated',
			hint: "Switch the field from 'Fixed' to 'Expression'.",
		};
	const last = NO_VALUE.exec(text);
	const first = NO_VALUE_FIRST.exec(text);
	if (!last && !first) return undefined;
	return {
		reason: last ? `ends in '${last[1] ?? last[2]}'` : `begins with '${first?.[1]}'`,
		hint: 'An expression in it found no value: look at the input on the left.',
	};
}

/** A mobile number of mainland China. */
export const MOBILE = /^1[3-9]\d{9}$/;

/** The address in `张三 <name@email.com>` and in a link, as mail programs and forms give it. */
const addressIn = (text: string): string =>
	(/^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text).trim().replace(/^mailto:\s*/i, '');

/**
 * A phone number or an email address as people write it, in the form that the platforms need: Kaifangqian
 * takes anything and then reaches nobody (docs/api/kaifangqian.md, 5.1).
 */
export function cleanContact(text: string): string {
	const given = withoutInvisible(text.normalize('NFKC'));
	// A blank elsewhere in an address may stand between two things: without it, somebody else gets the mail.
	if (given.includes('@')) return addressIn(given).replace(/\s*([@.])\s*/g, '$1');
	const plain = given.replace(/\s+/g, '');
	const number = plain
		// Dashes of every kind, and the minus sign.
		.replace(/[\p{Pd}\u2212·().]/gu, '')
		.replace(/^(?:\+|00)?86(?=1[3-9]\d{9}$)/, '');
	return MOBILE.test(number) ? number : plain;
}
