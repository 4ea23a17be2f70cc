import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import type { BaseCredential } from '../runtime/http/credential';
import { cleanBaseUrl, targetOf, type SigningClock } from '../runtime/http/signableRequest';
import type { PlatformDefinition } from './definition';

/** n8n's editor keeps the address of the first platform when another one is chosen. */
const refuseUrlOfAnother = (
	platform: PlatformDefinition,
	platforms: PlatformDefinition[],
	baseUrl: string,
): void => {
	if (baseUrl.includes(platform.credential.urlMark)) return;
	const other = platforms.find(({ credential }) => baseUrl.includes(credential.urlMark));
	if (!other) return;
	throw new UserError(`'Base URL' in the credential is the address of ${other.name}`, {
		description: `For ${platform.name} it is for instance ${platform.credential.usualUrl}. Nothing was sent.`,
	});
};

/** Signed requests go only where the credential belongs: elsewhere the secrets would be given away. */
const refuseForeignUrl = (
	platform: PlatformDefinition,
	credential: BaseCredential,
	request: IHttpRequestOptions,
): void => {
	if (platform.credential.ownsUrl(targetOf(request), credential)) return;
	throw new UserError(`This credential is only for ${new URL(credential.baseUrl).origin}`, {
		description:
			"The request goes to another host, so it was not sent. Change the address, or 'Base URL' in the credential.",
	});
};

/** What the credential does with every request of n8n: checks where it goes, and has the platform sign it. */
export async function authenticate(
	platforms: PlatformDefinition[],
	given: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	clock: SigningClock,
): Promise<IHttpRequestOptions> {
	const platform = platforms.find(({ value }) => value === given.platform) ?? platforms[0];
	const credential: BaseCredential = { ...given, baseUrl: cleanBaseUrl(given.baseUrl) };
	refuseUrlOfAnother(platform, platforms, credential.baseUrl);
	refuseForeignUrl(platform, credential, request);
	return await platform.credential.sign(credential, request, clock);
}
