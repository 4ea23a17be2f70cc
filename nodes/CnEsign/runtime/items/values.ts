import { withoutInvisible } from './cleanText';
import type { TextRule } from './parameters';

/** Leaves out what is empty, so that the platform's own defaults hold. */
export function omitEmpty(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).filter(
			([, value]) =>
				value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
		),
	);
}

/** The same; `undefined` where nothing is left. */
export function omitEmptyOrUndefined(
	values: Record<string, unknown>,
): Record<string, unknown> | undefined {
	const found = omitEmpty(values);
	return Object.keys(found).length === 0 ? undefined : found;
}

export const webAddress: TextRule = {
	pattern: /^https?:\/\/\S+$/i,
	expected: 'is not a web address',
	hint: 'Start it with https://.',
};

/** Number of an ID document, a company or a card as people write it: in groups, or in full-width digits. */
export const idNumberRule: TextRule = {
	singleLine: true,
	clean: (text) =>
		withoutInvisible(text.normalize('NFKC'))
			.replace(/[^\S\r\n]+/g, '')
			.replace(/^(\d{17})x$/, '$1X'),
};
