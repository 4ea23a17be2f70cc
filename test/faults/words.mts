/** What the node's words for an item amount to. */
import type { Said } from './fault.mjs';

export interface Words {
	message: string;
	hint: string;
}

const KNOWN: Array<[Said, RegExp]> = [
	['unknown', /whether (?:the call|it) was carried out is unknown/],
	[
		'not sent',
		/could not be reached|does not answer in TLS|^The certificate of \S+ is not trusted/,
	],
	['held back', /did not answer the last calls, so this one was not sent/],
	['mixed up', /^Kaifangqian has mixed up contract \d+: /],
	[
		'nobody asked',
		/^Nobody was asked to sign, twice in a row|started this contract three times without asking/,
	],
	['no answer', /did not answer in time|was lost before the answer was complete/],
	['broke off', /^The download broke off before the file was complete/],
	['redirected', /^The address in the credential redirects to another one/],
	[
		'foreign',
		/^The answer did not come from |^There is nothing at this address|^Something in front of |^\w+ does not take more calls at the moment \(HTTP 429\)/,
	],
];

/** Where the platform itself has said something, that is the message, and the doubt stands in the hint. */
const DOUBT = /The call was not repeated, because that could do it twice/;

export const saidIn = ({ message, hint }: Words): Said =>
	KNOWN.find(([, pattern]) => pattern.test(message))?.[0] ??
	(DOUBT.test(hint) ? 'unknown' : 'refused');

const HINTS: Partial<Record<Said, RegExp>> = {
	unknown:
		/(?:Check on (?:Kaifangqian|Qiandun)'s own pages|Look in the console of the platform) whether it was carried out/,
	'not sent': /^Nothing was sent \(/,
	'held back': /^Nothing was sent\. .* asks the platform first whether it answers again/,
	'mixed up': /Look at it in the company console.* It was not sent again by itself/,
	'nobody asked': /start a new execution/i,
	'no answer': /only reads, so nothing was changed .* Try again/,
	'broke off': /No file was kept\. Run the item again/,
	redirected: /Nothing was sent there/,
};

/** What is missing in the words for somebody who has to know what to do next. */
export const missingIn = ({ message, hint }: Words): string[] => {
	const said = saidIn({ message, hint });
	const missing: string[] = [];
	if (message === '') missing.push('a message');
	if (hint === '') missing.push('what to do');
	if (HINTS[said] && !HINTS[said].test(hint)) missing.push(`the hint for '${said}': ${hint}`);
	if (said !== 'unknown' && /unknown/i.test(message)) missing.push('certainty');
	return missing;
};
