/** What the node's words for an item amount to. */
import type { Said } from './faults.mjs';

export interface Words {
	message: string;
	hint: string;
}

const KNOWN: Array<[Said, RegExp]> = [
	['unknown', /whether the call was carried out is unknown/],
	['not sent', /could not be reached|^The certificate of \S+ is not trusted/],
	['no answer', /did not answer in time|was lost before the answer was complete/],
	['broke off', /^The download broke off before the file was complete/],
	['redirected', /^The address in the credential redirects to another one/],
	['foreign', /^The answer did not come from |could not handle the request and answered with/],
];

export const saidIn = ({ message }: Words): Said =>
	KNOWN.find(([, pattern]) => pattern.test(message))?.[0] ?? 'refused';

const HINTS: Partial<Record<Said, RegExp>> = {
	unknown: /Look in the (?:Kaifangqian|Qiandun) console whether it was carried out before you run/,
	'not sent': /^Nothing was sent \(/,
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
