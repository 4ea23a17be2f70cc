import { isSameOrigin } from '../../runtime/http/signableRequest';
import type { CredentialDefinition } from '../definition';
import { bodyRules } from '../describe/credentialProperties';
import { hints } from './codes';
import {
	HARMLESS_PATH,
	signKaifangqian,
	TEST_CONTACT,
	type KaifangqianCredential,
} from './signing';

// Codes that mean that token or signature is refused (docs/api/kaifangqian.md, 3.2). 31000 means the opposite:
// the token was accepted, and only the contact, made up here, is unknown (docs/api/kaifangqian.md, 8, trap 7).
const REFUSED = ['40000', '41000', '42000', '26000'];

const NOT_THE_API =
	"The answer did not come from the platform's API. Check 'Base URL': for Kaifangqian it ends in /resrun-paas/kaifangqian/openAPI/V2. Check 'Platform', too.";

// The answer to an unknown path; its own words speak of the token (docs/api/kaifangqian.md, 3.1).
const NO_SUCH_CALL =
	"There is no such call at this address. 'Base URL' of Kaifangqian must end in /openAPI/V2. The token was not looked at.";

const IN_TROUBLE =
	'The platform is there, but could not answer. Wait a moment and test again; whether the token is right is not known yet.';

/** docs/api/kaifangqian.md, 1 and 2. */
export const credential: CredentialDefinition<KaifangqianCredential> = {
	usualUrl: 'https://home.kaifangqian.com/resrun-paas/kaifangqian/openAPI/V2',
	urlMark: '/resrun-paas/',
	ownsUrl: (url, { baseUrl }) => isSameOrigin(url, baseUrl),
	sign: signKaifangqian,
	test: {
		// The business lines of a contact that does not exist.
		url: `${HARMLESS_PATH}?contact=${encodeURIComponent(TEST_CONTACT)}`,
		readsBody: true,
		refused: REFUSED,
		good: ['31000'],
		rules: [
			...REFUSED.flatMap((code) => bodyRules('code', code, hints[code])),
			...bodyRules('code', '401', NO_SUCH_CALL),
			...['403', '404', '405'].flatMap((code) => bodyRules('code', code, NOT_THE_API)),
			...['502', '503', '504', '91000', '999999'].flatMap((code) =>
				bodyRules('code', code, IN_TROUBLE),
			),
			...['0', null].flatMap((code) => bodyRules('code', code, NOT_THE_API)),
			// "操作失败，…" is how it begins where no endpoint took the call (form 2).
			...bodyRules('message[0]', '操', NOT_THE_API),
		],
	},
	fields: [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://home.kaifangqian.com/resrun-paas/kaifangqian/openAPI/V2',
			placeholder: 'e.g. https://sign.your-domain.com/resrun-paas/kaifangqian/openAPI/V2',
			description:
				'On your own server replace only the part before /resrun-paas, with its port. Where Test says EPROTO, begin with http://.',
		},
		{
			displayName: 'App Auth Token (应用授权凭证)',
			name: 'appAuthToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'In the admin console (运营后台): 接口授权 → 点击复制token',
			description: 'Authorization token of your company',
		},
		{
			displayName: 'Sender Name (经办人)',
			name: 'senderName',
			type: 'string',
			default: '',
			placeholder: 'e.g. 张三',
			description:
				'Optional. In whose name contracts are started where a node does not say it: a member of your company.',
		},
		{
			displayName: 'Sender Phone or Email',
			name: 'senderContact',
			type: 'string',
			default: '',
			placeholder: 'e.g. 13800138000 or name@email.com',
			description: 'Optional. The account of the sender on the platform.',
		},
		{
			displayName: 'RSA Private Key',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			description:
				'Optional; signs the requests. Its public key is registered in the admin console (运营后台): 接口授权 → 公钥.',
		},
		{
			displayName: 'Platform Public Key',
			name: 'platformPublicKey',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description:
				"The platform's RSA public key, with which the trigger checks callbacks; optional. PEM text or only its Base64.",
		},
	],
};
