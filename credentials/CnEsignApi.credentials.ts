import { randomUUID } from 'crypto';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { credentialTest } from '../nodes/CnEsign/credentialTest';
import type { KaifangqianCredential } from '../nodes/CnEsign/platforms/kaifangqian/signing';
import type { QiandunCredential } from '../nodes/CnEsign/platforms/qiandun/signing';
import { lazily } from '../nodes/CnEsign/runtime/lazily';

const kaifangqianSigning = lazily(
	async () => await import('../nodes/CnEsign/platforms/kaifangqian/signing.js'),
);
const qiandunSigning = lazily(
	async () => await import('../nodes/CnEsign/platforms/qiandun/signing.js'),
);

const source = { now: () => Date.now(), uuid: () => randomUUID() };

const forQiandun = { show: { platform: ['qiandun'] } };
const forKaifangqian = { show: { platform: ['kaifangqian'] } };

// Without a pattern: n8n gives those a time limit that a busy machine exceeds. What this does not see,
// such as HTTP:// in capitals, the node still says when it runs.
const withoutTls = {
	show: { baseUrl: [{ _cnd: { startsWith: 'http://' } }] },
	hide: {
		baseUrl: ['localhost', '127.0.0.1', '[::1]'].flatMap((host) =>
			[`http://${host}/`, `http://${host}:`].map((start) => ({ _cnd: { startsWith: start } })),
		),
	},
};

// n8n keeps the base URL when the platform is changed, because both fields have one name.
const urlOfAnother = (platform: string, part: string) => ({
	show: { platform: [platform], baseUrl: [{ _cnd: { includes: part } }] },
});

export class CnEsignApi implements ICredentialType {
	name = 'cnEsignApi';

	displayName = 'CN E-Sign API';

	icon = { light: 'file:../icons/cnEsign.svg', dark: 'file:../icons/cnEsign.dark.svg' } as const;

	documentationUrl = 'https://github.com/cn-esign/n8n-nodes-cn-esign#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			options: [
				{
					name: 'Kaifangqian',
					value: 'kaifangqian',
					description: '开放签, hosted or on your own server',
				},
				{ name: 'Qiandun', value: 'qiandun', description: '签盾, the open platform for e-signing' },
			],
			default: 'kaifangqian',
			description: 'The e-signature platform that you have an account with',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			displayOptions: forKaifangqian,
			default: 'https://home.kaifangqian.com/resrun-paas/kaifangqian/openAPI/V2',
			placeholder: 'e.g. https://sign.your-domain.com/resrun-paas/kaifangqian/openAPI/V2',
			description:
				'Address of the API. On your own server replace only the part before /resrun-paas, with the port if there is one. Where Test says EPROTO, the server has no TLS: begin with http://.',
		},
		{
			displayName: 'App Auth Token',
			name: 'appAuthToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			displayOptions: forKaifangqian,
			default: '',
			description:
				'Authorization token of your company (应用授权凭证). In the operator console (运营后台) under 接口授权: 点击复制token.',
		},
		{
			displayName: 'RSA Private Key',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: forKaifangqian,
			default: '',
			description:
				'Signs the requests; optional. PKCS#8, as PEM text or only its Base64. The public key that belongs to it is registered in the console under 接口授权 (公钥).',
		},
		{
			displayName: 'Platform Public Key',
			name: 'platformPublicKey',
			type: 'string',
			typeOptions: { rows: 4 },
			displayOptions: forKaifangqian,
			default: '',
			description:
				"The platform's RSA public key, with which the trigger checks callbacks; optional. PEM text or only its Base64.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			displayOptions: forQiandun,
			default: 'https://api.pre-qiandun365.com/api',
			placeholder: 'e.g. https://api.pre-qiandun365.com/api',
			description:
				"Address of the API. The default is the vendor's sandbox, whose contracts have no legal force. The production address is probably https://api.qiandun365.com/api: it is not on the vendor's public pages, so check it with them.",
		},
		{
			displayName:
				'This base URL looks like one of Kaifangqian. Replace it with the one of Qiandun; https://api.pre-qiandun365.com/api is its sandbox.',
			name: 'kaifangqianUrlNotice',
			type: 'notice',
			default: '',
			displayOptions: urlOfAnother('qiandun', '/resrun-paas/'),
		},
		{
			displayName:
				'This base URL looks like one of Qiandun. Replace it with the one of Kaifangqian, which ends in /resrun-paas/kaifangqian/openAPI/V2.',
			name: 'qiandunUrlNotice',
			type: 'notice',
			default: '',
			displayOptions: urlOfAnother('kaifangqian', 'qiandun365.com'),
		},
		{
			displayName:
				'The base URL starts with http://, so the secrets and the contracts can be read by whoever is on the way. Use https:// if the platform has it.',
			name: 'plainHttpNotice',
			type: 'notice',
			default: '',
			displayOptions: withoutTls,
		},
		{
			displayName: 'App Key',
			name: 'appKey',
			type: 'string',
			required: true,
			displayOptions: forQiandun,
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
			displayOptions: forQiandun,
			default: '',
			description: 'Signs the requests; handed out together with the app key',
		},
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const given: unknown = credentials;
		if (credentials.platform === 'qiandun') {
			const { signQiandun } = await qiandunSigning();
			return await signQiandun(given as QiandunCredential, requestOptions, source);
		}
		const { signKaifangqian } = await kaifangqianSigning();
		return await signKaifangqian(given as KaifangqianCredential, requestOptions, source);
	};

	test: ICredentialTestRequest = credentialTest;
}
