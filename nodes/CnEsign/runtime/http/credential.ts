import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { ApiCaller } from './apiTypes';
import { cleanBaseUrl } from './signableRequest';
import { warnIfUnencrypted } from './unencrypted';

/** The one credential type of the package. */
export const CREDENTIAL = 'cnEsignApi';

/** What the credentials of all platforms have. */
export interface BaseCredential {
	/** Missing where it is that of the first platform. */
	platform?: string;
	baseUrl: string;
}

export interface NamedPlatform {
	value: string;
	name: string;
}

/**
 * The credential, with a clean base URL; one of another platform is refused before anything is sent.
 * `platforms` are all there are: a credential that names none belongs to the first.
 */
export async function readCredential<Credential extends BaseCredential>(
	exec: ApiCaller,
	platform: NamedPlatform,
	platforms: NamedPlatform[],
): Promise<Credential> {
	const credential = await exec.getCredentials<Credential & IDataObject>(CREDENTIAL);
	const credentialPlatform = credential.platform ?? platforms[0].value;
	if (credentialPlatform !== platform.value) {
		const credentialPlatformName =
			platforms.find(({ value }) => value === credentialPlatform)?.name ?? credentialPlatform;
		throw new NodeOperationError(
			exec.getNode(),
			`The credential is for ${credentialPlatformName}, but this node is set to ${platform.name}`,
			{
				description: `Choose a credential for ${platform.name}, or change 'Platform' in this node. Nothing was sent.`,
			},
		);
	}
	const baseUrl = cleanBaseUrl(credential.baseUrl);
	warnIfUnencrypted(exec, baseUrl);
	return { ...credential, baseUrl };
}
