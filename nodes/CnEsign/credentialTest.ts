import type { ICredentialTestRequest } from 'n8n-workflow';
import { hints } from './platforms/kaifangqian/codes';

type Rules = NonNullable<ICredentialTestRequest['rules']>;

// Codes that mean the token itself is refused (api/kaifangqian.md §3.2). 31000 means the opposite: the
// token was accepted, and only the contact, made up here, is unknown (§8, trap 7).
const REFUSED: Record<string, string> = {
	'40000': 'The platform got no token',
	'41000': 'The platform does not know this token',
	'42000': 'This token is switched off',
	'26000': 'The platform did not accept the signature',
};

// n8n fails the test when the value under `key` is exactly `value`; the code may be a number or a text.
const refusals: Rules = Object.entries(REFUSED).flatMap(([code, what]) =>
	[Number(code), code].map((value) => ({
		type: 'responseSuccessBody' as const,
		properties: { key: 'code', value, message: `${what}. ${hints[code]}` },
	})),
);

const notTheApi =
	"The answer did not come from Kaifangqian's API. Check 'Base URL': it ends in /resrun-paas/kaifangqian/openAPI/V2.";

/** One harmless call: asks for the business lines of a contact that does not exist (trap 7). */
export const credentialTest: ICredentialTestRequest = {
	request: {
		baseURL: '={{ $credentials.baseUrl }}',
		url: '/signRes',
		method: 'GET',
		qs: { contact: 'n8n-credential-test@example.com' },
	},
	rules: [
		...refusals,
		{
			type: 'responseSuccessBody',
			properties: { key: 'success', value: false, message: notTheApi },
		},
		// A web page, or JSON from something else, has no code at all.
		{
			type: 'responseSuccessBody',
			properties: { key: 'code', value: undefined, message: notTheApi },
		},
	],
};
