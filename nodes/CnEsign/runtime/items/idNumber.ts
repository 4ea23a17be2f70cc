import { withoutInvisible } from './cleanText';
import type { TextRule } from './parameters';

/** Number of an ID document, a company or a card as people write it: in groups, or in full-width digits. */
export const idNumberRule: TextRule = {
	singleLine: true,
	clean: (text) =>
		withoutInvisible(text.normalize('NFKC'))
			.replace(/[^\S\r\n]+/g, '')
			.replace(/^(\d{17})x$/, '$1X'),
};
