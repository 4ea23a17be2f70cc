import {
	updateDisplayOptions,
	type ICredentialTestRequest,
	type INodeProperties,
} from 'n8n-workflow';
import { UNENCRYPTED } from '../../runtime/http/credential';
import type { PlatformDefinition } from '../definition';
import { platformProperty } from './platformProperty';

type TestRule = NonNullable<ICredentialTestRequest['rules']>[number];

/**
 * n8n fails the test when the value under `key` of the answer is exactly `value`. The rules of all platforms
 * stand in one list, so no value may mean something else on another platform. A code may come as a number or
 * as a text, so numbers are looked for in both forms.
 */
export function bodyRules(
	key: string,
	value: string | null | undefined,
	message: string,
): TestRule[] {
	const isNumber = typeof value === 'string' && /^\d+$/.test(value);
	const values: unknown[] = isNumber ? [Number(value), value] : [value];
	return values.map((wanted) => ({
		type: 'responseSuccessBody',
		properties: { key, value: wanted, message },
	}));
}

/** n8n fails the test with this message when the answer has this HTTP status. */
export function statusRule(value: number, message: string): TestRule {
	return { type: 'responseCode', properties: { value, message } };
}

// Without a pattern: n8n gives those a time limit that a busy machine exceeds. What this does not see,
// such as HTTP:// in capitals, the node still says when it runs.
const unencryptedNotice: INodeProperties = {
	displayName: UNENCRYPTED.replace("'Base URL' in the credential", 'The base URL'),
	name: 'plainHttpNotice',
	type: 'notice',
	default: '',
	displayOptions: {
		show: { baseUrl: [{ _cnd: { startsWith: 'http://' } }] },
		hide: {
			baseUrl: ['localhost', '127.0.0.1', '[::1]'].flatMap((host) =>
				[`http://${host}/`, `http://${host}:`].map((start) => ({ _cnd: { startsWith: start } })),
			),
		},
	},
};

/** n8n keeps the base URL when the platform is changed, because the fields of all platforms have one name. */
const wrongUrlNotices = (
	platform: PlatformDefinition,
	platforms: PlatformDefinition[],
): INodeProperties[] =>
	platforms
		.filter((other) => other !== platform)
		.map((other) => ({
			displayName: `This looks like ${other.name}'s base URL. Replace it with ${platform.name}'s, such as ${platform.credential.usualUrl}.`,
			name: `${other.value}UrlNotice`,
			type: 'notice',
			default: '',
			displayOptions: {
				show: {
					platform: [platform.value],
					baseUrl: [{ _cnd: { includes: other.credential.urlMark } }],
				},
			},
		}));

/** All fields of the credential, each shown for its platform. */
export function credentialProperties(platforms: PlatformDefinition[]): INodeProperties[] {
	return [
		platformProperty(platforms, 'The e-signature platform that you have an account with'),
		...platforms.flatMap((platform) =>
			updateDisplayOptions(
				{ show: { platform: [platform.value] } },
				platform.credential.fields,
			).flatMap((field) =>
				field.name === 'baseUrl' ? [field, ...wrongUrlNotices(platform, platforms)] : [field],
			),
		),
		unencryptedNotice,
	];
}

const NOT_AN_API =
	"The answer did not come from the platform's API. Check 'Base URL', and 'Platform', too.";

/** `={{ … }}` that gives each platform its own value. */
const byPlatform = (
	platforms: PlatformDefinition[],
	valueOf: (p: PlatformDefinition) => unknown,
) => {
	const values = platforms.map((platform) => [platform.value, valueOf(platform)]);
	return `={{ (${JSON.stringify(Object.fromEntries(values))})[$credentials.platform ?? "${platforms[0].value}"] }}`;
};

/** The rules stand in one list, so what one platform takes for a failure may be another one's success. */
const isGoodElsewhere = (
	{ properties }: TestRule,
	{ value: platformValue }: PlatformDefinition,
	platforms: PlatformDefinition[],
): boolean =>
	'key' in properties &&
	properties.key === 'code' &&
	platforms.some(
		({ value, credential }) =>
			value !== platformValue && credential.test.good.includes(String(properties.value)),
	);

/** The test of the credential: one harmless call, and the rules of all platforms in one list. */
export function credentialTest(platforms: PlatformDefinition[]): ICredentialTestRequest {
	return {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: byPlatform(platforms, ({ credential }) => credential.test.url),
			method: 'GET',
			// n8n reads the expression, though the type wants the value.
			ignoreHttpStatusErrors: byPlatform(
				platforms,
				({ credential }) => credential.test.readsBody,
			) as unknown as boolean,
		},
		// n8n reads rules of both kinds in one list; its type says one or the other. The first that fits speaks.
		rules: [
			...platforms.flatMap((platform) =>
				platform.credential.test.rules.filter(
					(rule) => !isGoodElsewhere(rule, platform, platforms),
				),
			),
			// A web page, or JSON from something else, has no code at all.
			...bodyRules('code', undefined, NOT_AN_API),
		] as ICredentialTestRequest['rules'],
	};
}
