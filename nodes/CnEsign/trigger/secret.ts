import { createHash, timingSafeEqual } from 'crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares in a time that says nothing about how much is right, nor about the length. */
export const sameSecret = (given: unknown, expected: string): boolean =>
	timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(expected)) &&
	typeof given === 'string';
