import { createHash, timingSafeEqual } from 'crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares in a time that says nothing about how much is right, nor about the length. */
export function sameSecret(given: unknown, expected: string): boolean {
	return (
		timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(expected)) &&
		typeof given === 'string'
	);
}

/** Whether a secret reads the same in an address as it is written: `+`, `&`, `#` and others do not. */
export function fitsIntoUrl(secret: string): boolean {
	return /^[A-Za-z0-9._~-]*$/.test(secret);
}
