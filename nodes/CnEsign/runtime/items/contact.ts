import { withoutInvisible } from './cleanText';

/** A mobile number of mainland China. */
export const MOBILE = /^1[3-9]\d{9}$/;

/**
 * A phone number or an email address as people write it, in the form that the platforms need: Kaifangqian
 * takes anything and then reaches nobody (docs/api/kaifangqian.md, 5.1).
 */
export function cleanContact(text: string): string {
	const plain = withoutInvisible(text.normalize('NFKC')).replace(/\s+/g, '');
	const number = plain
		// Dashes of every kind, and the minus sign.
		.replace(/[\p{Pd}\u2212·().]/gu, '')
		.replace(/^(?:\+|00)?86(?=1[3-9]\d{9}$)/, '');
	return MOBILE.test(number) ? number : plain;
}
