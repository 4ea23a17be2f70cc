import { isSameOrigin } from '../../runtime/http/signableRequest';
import type { CredentialDefinition } from '../definition';
import { bodyRules, statusRule } from '../describe/credentialProperties';
import { signQiandun, type QiandunCredential } from './signing';

const CHECK_URL = "Check 'Base URL': for Qiandun it ends in /api. Check 'Platform', too.";

// In which form the gateway refuses is not known (docs/api/qiandun.md, 3 and 9.6). oc_20001, no such seal,
// means that it let the call through; success: false says nothing, because it comes with that code, too.
const REFUSED =
	"The platform refused the call. Check the key or token and the secret, that 'Base URL' is of the same environment (sandbox or production), and the clock of the machine that runs n8n: it may be wrong by at most 15 minutes.";

const refusedWith = (status: number): string =>
	`The platform refused the call with HTTP ${status}. Check the key or token and the secret, that 'Base URL' is of the same environment, and the clock of the machine that runs n8n.`;

/** docs/api/qiandun.md, 1 and 2. */
export const credential: CredentialDefinition<QiandunCredential> = {
	usualUrl: 'https://api.pre-qiandun365.com/api',
	urlMark: 'qiandun365.com',
	ownsUrl: (url, { baseUrl }) => isSameOrigin(url, baseUrl),
	sign: signQiandun,
	test: {
		// A seal that does not exist.
		url: '/open/seal/detail?sealId=1',
		readsBody: false,
		refused: ['400', '401', '403'],
		good: ['oc_20001'],
		rules: [
			...[400, 401, 403].map((status) => statusRule(status, refusedWith(status))),
			statusRule(404, `There is nothing at this address (HTTP 404). ${CHECK_URL}`),
			...bodyRules('code', '400', REFUSED),
			...bodyRules('code', '500', 'The platform is busy. Wait a little and test again.'),
		],
	},
	fields: [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.pre-qiandun365.com/api',
			placeholder: 'e.g. https://api.pre-qiandun365.com/api',
			description:
				"The default is the vendor's sandbox: its contracts have no legal force. Production is probably https://api.qiandun365.com/api; ask the vendor.",
		},
		{
			displayName: 'App Key',
			name: 'appKey',
			type: 'string',
			required: true,
			default: '',
			description:
				'Handed out in the company console (签盾企业控制台); sandbox and production have different ones',
		},
		{
			displayName: 'App Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Signs the requests; handed out together with the app key',
		},
	],
};
