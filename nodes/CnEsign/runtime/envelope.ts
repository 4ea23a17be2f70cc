import { howToFindOut, UNKNOWN, type Refusal } from './errors';
import type { Answer } from './exchange';
import { parseLosslessly } from './json';

/** The envelope of an answer, or `undefined` when it is no JSON object. */
export const envelopeOf = (text: string): Record<string, unknown> | undefined => {
	try {
		const parsed = parseLosslessly(text);
		const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
		return isObject ? (parsed as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
};

const looksLikeHtml = ({ text, headers }: Answer): boolean =>
	(headers['content-type'] ?? '').includes('html') || /^\s*</.test(text.slice(0, 200));

export interface Foreign {
	platformName: string;
	/** How the platform's base URL ends. */
	ending: string;
	/** Whether the call that got this answer changes nothing. */
	readsOnly: boolean;
}

/**
 * What to say about an answer that is no envelope. A gateway that gives up (5xx) or an answer that
 * nobody can read leaves open whether the platform behind it has done its work.
 */
export const foreignAnswer = (answer: Answer, foreign: Foreign): Refusal => {
	const refusal = refusalOf(answer, foreign);
	const isOpen = answer.status < 300 || answer.status >= 500;
	if (foreign.readsOnly || !isOpen) return refusal;
	return {
		...refusal,
		message: `${refusal.message}: ${UNKNOWN}`,
		description: `${howToFindOut(foreign.platformName)} ${refusal.description}`,
		outcomeUnknown: true,
	};
};

const refusalOf = (answer: Answer, { platformName, ending }: Foreign): Refusal => {
	const { status, text } = answer;
	const html = looksLikeHtml(answer);
	const code = String(status);
	if (status >= 300 && status < 400) {
		return {
			message: 'The address in the credential redirects to another one',
			description:
				"Nothing was sent there, so that the secrets do not end up elsewhere. Put the final address into 'Base URL' of the credential; often only https:// is missing.",
			code,
		};
	}
	if (status === 500 && html) {
		return {
			message: `${platformName} could not handle the request and answered with a web page`,
			description:
				'This happens when its own handling of a refusal stops. Check the values of this item, above all the persons in it; then ask its support.',
			code,
		};
	}
	const kind = html ? 'a web page' : text.trim() === '' ? 'empty' : 'no JSON';
	return {
		message: `The answer did not come from ${platformName}'s API (${kind}, HTTP ${status})`,
		description: `Check 'Base URL' in the credential: it ends in ${ending}. A proxy or login page in between answers like this as well.`,
		code,
	};
};

const ID_NAME = /(?:^id|Ids?|IDs?)$/;

const asText = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(asText);
	return typeof value === 'number' ? String(value) : withTextIds(value);
};

/** Ids as text, whatever the platform made of them: a number of 19 digits would not survive. */
export const withTextIds = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(withTextIds);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name,
			ID_NAME.test(name) ? asText(entry) : withTextIds(entry),
		]),
	);
};
