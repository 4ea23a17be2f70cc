import { breakDown } from './answers.mjs';

// Numbers as the server's Java reads them.

const INTEGER = /^[+-]?\d+$/;
const FLOAT = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?\s*$/;

/** Anything but an integer of 32 bits breaks the call. */
export function parseInteger(text: string | undefined): number {
	if (text === undefined) return breakDown('Cannot parse null string');
	// Java takes the digits of every script; those of full width are the ones that people type here.
	const plain = text.replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
	const value = INTEGER.test(plain) ? Number(plain) : NaN;
	if (!(value >= -(2 ** 31) && value < 2 ** 31)) return breakDown(`For input string: "${text}"`);
	return value;
}

export const parseFloating = (text: string): number | undefined =>
	FLOAT.test(text) ? Number.parseFloat(text) : undefined;

/** Text that splits as Java's `split` does: empty parts at the end are dropped. */
export function splitAt(text: string, separator: string): string[] {
	const parts = text.split(separator);
	while (parts.length > 1 && parts[parts.length - 1] === '') parts.pop();
	return parts;
}

/** As a float is printed: with a fraction. */
export const printFloat = (value: number): string =>
	Number.isInteger(value) ? `${value}.0` : String(value);

/** Neither left out nor blank. */
export const isFilled = (text: string | undefined): text is string =>
	text !== undefined && text.trim() !== '';
