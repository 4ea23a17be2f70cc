import { relative } from 'node:path';

const started = Date.now();

export const seconds = (since = started): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

export const heading = (text: string): void => console.log(`\n${text}\n`);

/** One line of the demo: which step, and what came out of it. */
export const line = (mark: '✓' | '✗' | '·', step: string, text: string): void =>
	console.log(`  ${mark} ${step.padEnd(18)} ${text}`);

/** What went wrong, in words that are enough. */
export class DemoFault extends Error {}

/** A file as a person at this prompt would name it. */
export const shown = (file: string): string => relative(process.cwd(), file) || file;
