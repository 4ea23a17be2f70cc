import type { ICredentialTestRequest } from 'n8n-workflow';
import { hints } from './platforms/kaifangqian/codes';
import { HARMLESS_PATH, TEST_CONTACT } from './platforms/kaifangqian/signing';

type Rules = NonNullable<ICredentialTestRequest['rules']>;
type BodyRule = Extract<Rules[number], { type: 'responseSuccessBody' }>;

/**
 * n8n fails the test when the value under `key` is exactly `value`. The rules of both platforms are in
 * one list, so no value may mean something else on the other platform. The first rule that fits speaks.
 */
const bodyRule = (key: string, value: unknown, message: string): BodyRule => ({
	type: 'responseSuccessBody',
	properties: { key, value, message },
});

/** A code may come as a number or as a text. */
const codeRules = (code: string, message: string): BodyRule[] =>
	[Number(code), code].map((value) => bodyRule('code', value, message));

// Codes that mean the token itself is refused (docs/api/kaifangqian.md, 3.2). 31000 means the opposite: the
// token was accepted, and only the contact, made up here, is unknown (trap 7).
const REFUSED = ['40000', '41000', '42000', '26000'];

const kaifangqianRules = REFUSED.flatMap((code) => codeRules(code, hints[code]));

const checkBaseUrl =
	"Check 'Base URL': for Kaifangqian it ends in /resrun-paas/kaifangqian/openAPI/V2, for Qiandun in /api. Check 'Platform', too.";

const notTheApi = `The answer did not come from the platform's API. ${checkBaseUrl}`;

// Kaifangqian's answer to an unknown path; its own words speak of the token (docs/api/kaifangqian.md, 3.1).
const noSuchCall =
	"There is no such call at this address. For Kaifangqian 'Base URL' must end in /openAPI/V2. The token was not looked at.";

// Not by `success: false`: Qiandun says that of the seal that is asked for here, too, which is good news.
// "操作失败，…" is how Kaifangqian begins where no endpoint took the call (docs/api/kaifangqian.md, 3.1, form 2).
const unhandled = bodyRule('message[0]', '操', notTheApi);

// In which form Qiandun's gateway refuses is not known (docs/api/qiandun.md, 9). oc_20001, no such seal,
// means that it let the call through.
const qiandunRefusal =
	"The platform refused the call. Check 'App Key' and 'App Secret', that 'Base URL' is of the same environment (sandbox or production), and the clock of the machine that runs n8n: it may be wrong by at most 15 minutes.";

const busy = 'The platform is busy. Wait a little and test again.';

const statusRule = (value: number, message: string) => ({
	type: 'responseCode' as const,
	properties: { value, message },
});

const statusRules = [
	...[400, 401, 403].map((status) =>
		statusRule(
			status,
			`The platform refused the call with HTTP ${status}. Check the key or token and the secret, that 'Base URL' is of the same environment, and the clock of the machine that runs n8n.`,
		),
	),
	statusRule(404, `There is nothing at this address (HTTP 404). ${checkBaseUrl}`),
];

/**
 * One harmless call. Kaifangqian: the business lines of a contact that does not exist (trap 7).
 * Qiandun: a seal that does not exist.
 */
export const credentialTest: ICredentialTestRequest = {
	request: {
		baseURL: '={{ $credentials.baseUrl }}',
		url: `={{ $credentials.platform === "qiandun" ? "/open/seal/detail?sealId=1" : "${HARMLESS_PATH}?contact=${encodeURIComponent(TEST_CONTACT)}" }}`,
		method: 'GET',
		// Then the rules see the body whatever the status. Qiandun's gateway refuses in a header, so there
		// the status has to speak. n8n reads the expression, though the type wants the value.
		ignoreHttpStatusErrors: '={{ $credentials.platform !== "qiandun" }}' as unknown as boolean,
	},
	rules: [
		...statusRules,
		...kaifangqianRules,
		...codeRules('401', noSuchCall),
		unhandled,
		...codeRules('400', qiandunRefusal),
		...codeRules('500', busy),
		// A web page, or JSON from something else, has no code at all.
		bodyRule('code', undefined, notTheApi),
		// Both kinds in one list is what n8n reads, though its type says one or the other.
	] as Rules,
};
