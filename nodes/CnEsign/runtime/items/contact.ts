import { withoutInvisible } from './cleanText';

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
